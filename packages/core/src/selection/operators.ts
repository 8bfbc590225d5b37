import type { Depth } from './expression.ts';

/** A graph operator in front of what it applies to: `+`, `2+` or `@`. */
export type Prefix =
  | { readonly kind: 'dependencies'; readonly depth: Depth; readonly length: number }
  | { readonly kind: 'closure'; readonly length: number };

/** A graph operator behind: `+` or `+2`. */
export interface Suffix {
  readonly depth: Depth;
  readonly length: number;
}

/** An id with the operators around it. */
export interface OperatorsAroundId {
  readonly prefix?: Prefix;
  readonly id: string;
  readonly suffix?: Suffix;
}

/** The operator at the beginning of `text`. */
export function prefixOf(text: string): Prefix | undefined {
  const [written, digits] = /^(?:@|(\d*)\+)/.exec(text) ?? [];
  if (written === undefined) return undefined;
  if (digits === undefined) return { kind: 'closure', length: 1 };
  return { kind: 'dependencies', depth: depthOf(digits), length: written.length };
}

/** The operator at the end of `text`. */
export function suffixOf(text: string): Suffix | undefined {
  const [written, digits] = /\+(\d*)$/.exec(text) ?? [];
  return written === undefined ? undefined : { depth: depthOf(digits!), length: written.length };
}

/**
 * The existing id in a word, with as few operators around it as possible: none, else one in front, else one behind,
 * else both. So `libc6+1` is that id where it exists, and `libc6` with its nearest dependents where it does not.
 */
export function splitAtKnownId(
  word: string,
  isKnown: (id: string) => boolean,
): OperatorsAroundId | undefined {
  if (isKnown(word)) return { id: word };
  const prefix = prefixOf(word);
  const suffix = suffixOf(word);
  const candidates: OperatorsAroundId[] = [];
  if (prefix !== undefined) candidates.push({ prefix, id: word.slice(prefix.length) });
  if (suffix !== undefined) candidates.push({ id: word.slice(0, -suffix.length), suffix });
  if (
    prefix?.kind === 'dependencies' &&
    suffix !== undefined &&
    prefix.length + suffix.length < word.length
  ) {
    candidates.push({ prefix, id: word.slice(prefix.length, -suffix.length), suffix });
  }
  return candidates.find(({ id }) => isKnown(id));
}

/** More steps than any workflow has jobs are as good as all of them, and stay exact numbers. */
const deepest = 2 ** 31 - 1;

function depthOf(digits: string): Depth {
  return digits === '' ? 'all' : Math.min(Number(digits), deepest);
}
