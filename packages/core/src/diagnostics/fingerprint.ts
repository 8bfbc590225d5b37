import type { Diagnostic } from './diagnostic.ts';

/**
 * For each diagnostic a text of 16 hexadecimal digits by which a finding is recognized from one version of a file to
 * the next: made of its code, file, job and message, and not of its line. The second of two that read the same gets
 * another one. FNV-1a (Fowler, Noll and Vo 1991) in 64 bits; not for cryptography.
 */
export function fingerprints(
  diagnostics: readonly Diagnostic[],
  displayFile: (file: string) => string,
): string[] {
  const seen = new Map<string, number>();
  return diagnostics.map(({ code, file, job, message }) => {
    const key = JSON.stringify([code, file === undefined ? '' : displayFile(file), job ?? '', message]);
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return fnv1a(count === 0 ? key : `${key}${count}`);
  });
}

const offsetBasis = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;

function fnv1a(text: string): string {
  let hash = offsetBasis;
  for (let index = 0; index < text.length; index++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * prime);
  }
  return hash.toString(16).padStart(16, '0');
}
