import type { Palette } from '@executioner/core';
import type { Forecast } from './forecast.ts';
import type { Progress } from './progressFold.ts';
import { fitted, textWidth } from './textWidth.ts';

export interface StatusLineOptions {
  readonly elapsedMs: number;
  readonly forecast: Forecast | undefined;
  /** Columns that the line may take. */
  readonly columns: number;
  readonly colors: Palette;
}

export interface StatusLine {
  readonly text: string;
  /** In columns. */
  readonly width: number;
}

interface Part {
  readonly text: string;
  readonly color?: (text: string) => string;
}

const namedMax = 3;
const longestName = 24;

/**
 * How far a run has come, in one line: `▸ 12/40 done · 3 running: load, index, … · 1 failed · 0:42 elapsed ·
 * about 1:10 left`. Where it does not fit, names go first, then the parts that matter less.
 */
export function statusLine(progress: Progress, options: StatusLineOptions): StatusLine {
  const { columns, colors } = options;
  for (let named = namedMax; named >= 0; named--) {
    const parts = partsOf(progress, named, options);
    if (textWidth(joined(parts)) <= columns) return painted(parts, colors);
  }
  const parts = partsOf(progress, 0, options);
  while (parts.length > 1 && textWidth(joined(parts)) > columns) parts.pop();
  if (textWidth(joined(parts)) <= columns) return painted(parts, colors);
  const text = fitted(joined(parts), columns);
  return { text, width: textWidth(text) };
}

function partsOf(
  progress: Progress,
  named: number,
  { elapsedMs, forecast, colors }: StatusLineOptions,
): Part[] {
  const { done, total, failed, running, locking, retrying, approving, state } = progress;
  return [
    { text: `${done}/${total} done` },
    ...(state === 'going' ? [] : [{ text: state, color: colors.yellow }]),
    ...(running.length > 0 ? [{ text: runningText(running, named) }] : []),
    ...(failed > 0 ? [{ text: `${failed} failed`, color: colors.red }] : []),
    ...(locking > 0 ? [{ text: `${locking} waiting for a lock` }] : []),
    ...(retrying > 0 ? [{ text: `${retrying} to be retried` }] : []),
    ...(approving > 0 ? [{ text: `${approving} waiting for approval`, color: colors.yellow }] : []),
    { text: `${clock(elapsedMs)} elapsed` },
    ...(forecast === undefined ? [] : [{ text: remainingText(forecast) }]),
  ];
}

function runningText(running: readonly string[], named: number): string {
  if (named === 0) return `${running.length} running`;
  const names = running.slice(0, named).map((name) => fitted(name, longestName));
  return `${running.length} running: ${[...names, ...(running.length > named ? ['…'] : [])].join(', ')}`;
}

function remainingText({ remainingMs, atLeast }: Forecast): string {
  return `${atLeast ? '≥' : 'about'} ${clock(Math.max(1000, remainingMs))} left`;
}

/** `0:42`, `1:02:03`. */
function clock(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

const mark = '▸ ';
const separator = ' · ';

function joined(parts: readonly Part[]): string {
  return mark + parts.map(({ text }) => text).join(separator);
}

function painted(parts: readonly Part[], colors: Palette): StatusLine {
  const texts = parts.map(({ text, color }) => (color === undefined ? text : color(text)));
  return { text: colors.cyan(mark) + texts.join(colors.dim(separator)), width: textWidth(joined(parts)) };
}
