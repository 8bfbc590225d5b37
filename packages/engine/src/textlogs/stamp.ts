/**
 * `2026-01-02 03:04:05`, local time: the stamp of the run log, the application log and the terminal. The formatting of
 * a second is remembered, since many lines share one.
 */
export function secondStamp(epochMs: number): string {
  const second = Math.floor(epochMs / 1000);
  if (second !== lastSecond) {
    lastText = format(new Date(second * 1000));
    lastSecond = second;
  }
  return lastText;
}

/** `2026-01-02 03:04:05,678`, local time: the stamp of job logs. */
export function millisecondStamp(epochMs: number): string {
  const milliseconds = Math.floor(epochMs) - Math.floor(epochMs / 1000) * 1000;
  return `${secondStamp(epochMs)},${String(milliseconds).padStart(3, '0')}`;
}

let lastSecond = Number.NaN;
let lastText = '';

function format(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
