import { isSecretName } from '../secrets/index.ts';

const assignment = /([A-Za-z_][\w.-]*)(?:\\?["'])?[ \t]*[:=][ \t]*/g;
const quotedValue = /\\?(["'])((?:\\.|(?!\1).)*)/y;
const shellValue = /[^\s"'\\;&|]+/y;
const flowValue = /[^\s,}\]"'\\][^,}\]"'\\]*/y;
const restOfLine = /\S.*/y;
const reference = /^\$\{?\w+\}?$/;

/**
 * A line of a configuration with the values of secret keys and variables (`smtp_password: …`, `DB_TOKEN=…`) written as
 * asterisks, character for character, so that places in the line stay where they are. A value that only refers to a
 * variable is left.
 */
export function maskSecrets(line: string, declared: readonly string[] = []): string {
  let masked = '';
  let done = 0;
  for (const match of line.matchAll(assignment)) {
    const valueStart = match.index + match[0].length;
    if (match.index < done || !isSecretName(match[1]!, declared)) continue;
    const value = valueAt(line, match.index, valueStart, match[0].trimEnd().endsWith('='));
    if (value === undefined || reference.test(value.text)) continue;
    masked += line.slice(done, value.start) + '*'.repeat(value.text.length);
    done = value.start + value.text.length;
  }
  return masked + line.slice(done);
}

function valueAt(
  line: string,
  keyStart: number,
  valueStart: number,
  isShellAssignment: boolean,
): { start: number; text: string } | undefined {
  quotedValue.lastIndex = valueStart;
  const quoted = quotedValue.exec(line);
  if (quoted !== null) return { start: quotedValue.lastIndex - quoted[2]!.length, text: quoted[2]! };
  // A plain value of block YAML may hold commas and braces: nothing else stands behind it in its line.
  const isBlockYaml = !isShellAssignment && /^[\s-]*$/.test(line.slice(0, keyStart));
  const pattern = isShellAssignment ? shellValue : isBlockYaml ? restOfLine : flowValue;
  pattern.lastIndex = valueStart;
  const plain = pattern.exec(line);
  return plain === null ? undefined : { start: valueStart, text: plain[0] };
}
