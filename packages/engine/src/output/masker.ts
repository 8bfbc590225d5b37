/** Replaces secrets in a text that is about to be written or shown. */
export type Masker = (text: string) => string;

export const mask = '****';

/** Whether a secret's value can be masked without making texts unreadable. */
export function isMaskable(value: string): boolean {
  return value.length >= 4 && !/^(?:true|false|none|null)$/i.test(value);
}

/**
 * A masker for `values`: each is replaced wherever it stands, several lines of one also line by line. Values that are too
 * short or too common are left out.
 */
export function secretMasker(values: Iterable<string>): Masker {
  const needles = new Set<string>();
  for (const value of values) {
    for (const line of [value, ...value.split(/\r?\n/)]) if (isMaskable(line)) needles.add(line);
  }
  if (needles.size === 0) return unmasked;
  const longestFirst = [...needles].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(escaped).join('|'), 'g');
  return (text) => text.replace(pattern, mask);
}

const unmasked: Masker = (text) => text;

/** Plain data with every string in it masked; keys stay. */
export function maskDeep<T>(value: T, masker: Masker): T {
  if (masker === unmasked) return value;
  if (typeof value === 'string') return masker(value) as T;
  if (Array.isArray(value)) return value.map((item) => maskDeep(item, masker)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskDeep(item, masker)])) as T;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
