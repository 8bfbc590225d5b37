/**
 * Reads the stamp that a line begins with: `2026-01-02 03:04:05`, or with milliseconds after a comma. Local time, as the
 * writers use; the last minute is remembered, so that a stamp costs some arithmetic and seldom a calendar.
 */
export function stampReader(): (bytes: Buffer, at: number, withMilliseconds: boolean) => number {
  let minuteKey = -1;
  let minuteMs = 0;
  return (bytes, at, withMilliseconds) => {
    const year = two(bytes, at) * 100 + two(bytes, at + 2);
    const month = two(bytes, at + 5);
    const day = two(bytes, at + 8);
    const hour = two(bytes, at + 11);
    const minute = two(bytes, at + 14);
    const key = (((year * 13 + month) * 32 + day) * 24 + hour) * 60 + minute;
    if (key !== minuteKey) {
      minuteKey = key;
      minuteMs = new Date(year, month - 1, day, hour, minute).getTime();
    }
    const ms = withMilliseconds ? two(bytes, at + 20) * 10 + bytes[at + 22]! - zero : 0;
    return minuteMs + two(bytes, at + 17) * 1000 + ms;
  };
}

/** Whether a stamp stands at `at`, and of which kind; cheap, since every line is asked. */
export function stampKind(bytes: Buffer, at: number, end: number): 'second' | 'millisecond' | undefined {
  if (end - at < 22) return undefined;
  if (bytes[at + 4] !== dash || bytes[at + 7] !== dash || bytes[at + 10] !== blank) return undefined;
  if (bytes[at + 13] !== colon || bytes[at + 16] !== colon) return undefined;
  for (const place of digitPlaces) if (!isDigit(bytes[at + place]!)) return undefined;
  if (bytes[at + 19] === blank) return 'second';
  const isMillisecond =
    bytes[at + 19] === comma &&
    isDigit(bytes[at + 20]!) &&
    isDigit(bytes[at + 21]!) &&
    isDigit(bytes[at + 22]!);
  return isMillisecond ? 'millisecond' : undefined;
}

const digitPlaces = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18] as const;

function isDigit(byte: number): boolean {
  return byte >= zero && byte <= zero + 9;
}

function two(bytes: Buffer, at: number): number {
  return bytes[at]! * 10 + bytes[at + 1]! - 11 * zero;
}

const zero = 0x30;
const dash = 0x2d;
const blank = 0x20;
const colon = 0x3a;
const comma = 0x2c;
