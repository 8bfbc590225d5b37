const units: readonly (readonly [RegExp, string])[] = [
  [/^(ms|msecs?|milliseconds?)$/, 'ms'],
  [/^(s|secs?|seconds?)$/, 's'],
  [/^(m|mins?|minutes?)$/, 'm'],
  [/^(h|hrs?|hours?)$/, 'h'],
  [/^(d|days?)$/, 'd'],
  [/^(w|weeks?)$/, 'w'],
];

/** The duration that text such as "5 minutes", "2 Hours" or "30" was probably meant to be. */
export function likelyDuration(value: unknown): string | number | undefined {
  const parts = typeof value === 'string' ? /^\s*(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]*)\s*$/i.exec(value) : null;
  if (parts === null) return undefined;
  const [, count, word] = parts;
  if (word === '') return Number(count);
  const unit = units.find(([names]) => names.test(word!.toLowerCase()))?.[1];
  return unit && `${count}${unit}`;
}
