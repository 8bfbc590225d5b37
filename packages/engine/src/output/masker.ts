import { type PatternStream, patternMatcher } from './patternMatcher.ts';
import { isMaskable, secretForms } from './secretForms.ts';

/** Replaces secrets in a text that is about to be written or shown. */
export type Masker = (text: string) => string;

export const mask = '****';

/** A masker that also works on text that comes in pieces. */
export interface SecretMasker extends Masker {
  /** For one text in pieces, cut anywhere: `push` each, then `flush`. */
  stream(): PatternStream;
}

/**
 * A masker for `values`: each is replaced wherever it stands, in all its `secretForms`. Values that are too short or too
 * common are left out. Time linear in the text; memory some hundred bytes for each character of the values.
 */
export function secretMasker(values: Iterable<string>): SecretMasker {
  const maskable = [...new Set(values)].filter(isMaskable);
  if (maskable.length === 0) return unmasked;
  const matcher = patternMatcher(formsOf(maskable), mask);
  const whole = matcher.stream();
  return Object.assign((text: string) => whole.push(text) + whole.flush(), { stream: matcher.stream });
}

function* formsOf(values: readonly string[]): Iterable<string> {
  for (const value of values) yield* secretForms(value);
}

const unmasked: SecretMasker = Object.assign((text: string) => text, {
  stream: (): PatternStream => ({ push: (text) => text, flush: () => '' }),
});

/** Plain data with every string in it masked; keys stay. */
export function maskDeep<T>(value: T, masker: Masker): T {
  if (masker === unmasked) return value;
  if (typeof value === 'string') return masker(value) as T;
  if (Array.isArray(value)) return value.map((item) => maskDeep(item, masker)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskDeep(item, masker)])) as T;
}
