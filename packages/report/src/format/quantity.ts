import { formatCount } from '@executioner/core';

export { formatCount };

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A size for people, in powers of 1,024: `512 B`, `1.5 KiB`, `23 MiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.round(value) >= 1024 && unit < binaryUnits.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit > 0 && Math.round(value * 10) < 100 ? value.toFixed(1) : String(Math.round(value));
  return `${digits} ${binaryUnits[unit]}`;
}

/** `1 job`, `12 jobs`; `plural` where an s does not do. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** A share of one as a percentage: 0 and 100 are only said of exactly nothing and exactly all. */
export function formatPercent(share: number): string {
  const percent = Math.round(share * 100);
  if (percent === 0 && share > 0) return '<1%';
  if (percent === 100 && share < 1) return '>99%';
  return `${percent}%`;
}
