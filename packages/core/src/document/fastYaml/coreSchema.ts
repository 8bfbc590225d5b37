/** What a plain scalar means in the core schema of YAML 1.2.2, section 10.3. */
export function resolvePlain(written: string): unknown {
  const first = written.charCodeAt(0);
  // Digits, ".", "+", "-", "~" and the initials of the words below: anything else is a string.
  if (
    first >= 97
      ? !isWordInitial(first) && first !== 126
      : first >= 58
        ? !isWordInitial(first + 32)
        : first < 43
  ) {
    return written;
  }
  if (first === 44 || first === 47) return written;
  const word = wordByText.get(written);
  return word === undefined ? resolveNumber(written, first) : word;
}

function isWordInitial(lowerCaseCode: number): boolean {
  return lowerCaseCode === 110 || lowerCaseCode === 116 || lowerCaseCode === 102;
}

const wordByText: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);

const decimal = /^[-+]?[0-9]+$/;
const octal = /^0o[0-7]+$/;
const hexadecimal = /^0x[0-9a-fA-F]+$/;
const special = /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

function resolveNumber(written: string, first: number): unknown {
  if (first >= 58) return written;
  if (decimal.test(written)) return Number.parseInt(written, 10);
  if (float.test(written)) return Number.parseFloat(written);
  if (octal.test(written)) return Number.parseInt(written.slice(2), 8);
  if (hexadecimal.test(written)) return Number.parseInt(written.slice(2), 16);
  if (!special.test(written)) return written;
  if (written.slice(-3).toLowerCase() === 'nan') return Number.NaN;
  return first === 45 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
