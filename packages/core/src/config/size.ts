/** A number of bytes: a number, or text such as "500MB" (500 · 10⁶) or "2GiB" (2 · 2³⁰). Undefined for anything else. */
export function parseSize(size: unknown): number | undefined {
  if (typeof size === 'number') return Number.isFinite(size) && size >= 0 ? size : undefined;
  if (typeof size !== 'string') return undefined;
  const parts = /^(\d+(?:\.\d+)?)\s*(?:([kKMGT])(i?))?B?$/.exec(size);
  if (parts === null) return undefined;
  const exponent = parts[2] === undefined ? 0 : 'kMGT'.indexOf(parts[2].replace('K', 'k')) + 1;
  return Math.round(Number(parts[1]) * (parts[3] === 'i' ? 1024 : 1000) ** exponent);
}
