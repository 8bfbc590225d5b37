import { readingAfter } from './repeatedHour.ts';

/**
 * The time of a minute in milliseconds since 1970, of local time, as the writers of logs use it. `lastMs` is the time that was
 * read before, NaN where there was none.
 */
export type MinuteClock = (
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  lastMs: number,
) => number;

/** Makes the clock of one text, which knows whether it has come to the second hour of two that are alike. */
export function minuteClock(): MinuteClock {
  let isSecond = false;
  let latestMs = Number.NaN;
  return (year, month, day, hour, minute, lastMs) => {
    const firstMs = new Date(year, month - 1, day, hour, minute).getTime();
    const timeMs = Number.isNaN(lastMs) ? latestMs : lastMs;
    latestMs = readingAfter({ timeMs, isSecond }, firstMs);
    isSecond = latestMs !== firstMs;
    return latestMs;
  };
}
