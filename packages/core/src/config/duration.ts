/** Ten years: a longer time is a slip of the unit. */
export const maximumSeconds = 315_360_000;

const number = '(\\d+(?:\\.\\d+)?)';

/** Weeks down to milliseconds, each at most once: "1d", "2h30m", "1.5s", "200ms". The first digit is looked for ahead, so it is not empty. */
export const durationPattern = `^(?=\\d)(?:${number}w\\s*)?(?:${number}d\\s*)?(?:${number}h\\s*)?(?:${number}m\\s*)?(?:${number}s\\s*)?(?:${number}ms)?$`;

const durationExpression = new RegExp(durationPattern);
const unitMs = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1] as const;

/**
 * The milliseconds of a duration as a configuration writes it: seconds as a number, or text such as "90s", "15m" or
 * "2h30m". Exact to the microsecond. Undefined for anything else, for negative times and for more than ten years.
 */
export function parseDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return inRange(value * 1000);
  if (typeof value !== 'string' || value.length > 100) return undefined;
  const parts = durationExpression.exec(value);
  if (parts === null) return undefined;
  return inRange(unitMs.reduce((total, unit, index) => total + Number(parts[index + 1] ?? 0) * unit, 0));
}

function inRange(milliseconds: number): number | undefined {
  const rounded = Math.round(milliseconds * 1000) / 1000;
  return rounded >= 0 && rounded <= maximumSeconds * 1000 ? rounded : undefined;
}

/** The shortest text that `parseDuration` reads back as `milliseconds` (a whole number): "2h30m", "0s". */
export function formatDuration(milliseconds: number): string {
  const names = ['w', 'd', 'h', 'm', 's', 'ms'] as const;
  let rest = Math.round(milliseconds);
  let text = '';
  unitMs.forEach((unit, index) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    // Weeks read worse than days: "14d" rather than "2w".
    if (index === 0) rest += count * unit;
    else if (count > 0) text += `${count}${names[index]}`;
  });
  return text === '' ? '0s' : text;
}
