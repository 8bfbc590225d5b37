/** A number of bytes: a number, or text such as "500MB" (500 · 10⁶) or "2GiB" (2 · 2³⁰). Undefined for anything else. */
export function parseSize(size: unknown): number | undefined {
  if (typeof size === 'number') return Number.isFinite(size) && size >= 0 ? size : undefined;
  if (typeof size !== 'string') return undefined;
  const parts = /^(\d+(?:\.\d+)?)\s*(?:([kKMGT])(i?))?B?$/.exec(size);
  if (parts === null) return undefined;
  const exponent = parts[2] === undefined ? 0 : 'kMGT'.indexOf(parts[2].replace('K', 'k')) + 1;
  return Math.round(Number(parts[1]) * (parts[3] === 'i' ? 1024 : 1000) ** exponent);
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** `81.52 GB`: in the largest decimal unit that leaves at least one, with at most two digits behind the point. */
export function formatSize(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toFixed(2))} ${bytes === 1 ? 'byte' : units[power]}`;
}
