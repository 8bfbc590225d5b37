import { CommandError } from '@executioner/core';

/**
 * A point of time (milliseconds since 1970) in a time zone: `2026-01-02 03:04:05 UTC`, `2026-01-02 04:04:05 +01:00`.
 *
 * @throws RangeError if there is no such time zone
 */
export function formatTime(timeMs: number, timeZone = 'UTC'): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
  const parts = new Map(format.formatToParts(timeMs).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const zone = timeZone === 'UTC' ? 'UTC' : part('timeZoneName').replace('GMT', '') || '+00:00';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')} ${zone}`;
}

/**
 * The time zone that a person asked for, or the local one where nothing was asked.
 *
 * @throws CommandError TIME_ZONE_UNKNOWN
 */
export function knownTimeZone(asked: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', asked === undefined ? {} : { timeZone: asked }).resolvedOptions()
      .timeZone;
  } catch (cause) {
    throw new CommandError('TIME_ZONE_UNKNOWN', `there is no time zone "${asked}"`, {
      hint: 'use a name such as UTC or Europe/Paris',
      cause,
    });
  }
}
