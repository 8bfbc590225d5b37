import type { Palette } from '@executioner/core';
import { type LogLevel, type LogLine, secondStamp } from '../textlogs/index.ts';

/** Shows the lines of a run as they arise, in the form of the run log. */
export function plainLines(
  sink: { write(text: string): void },
  colors: Palette,
): (lines: readonly LogLine[]) => void {
  return (lines) => sink.write(lines.map((line) => `${render(line, colors)}\n`).join(''));
}

function render({ atMs, level, message }: LogLine, colors: Palette): string {
  return `${secondStamp(atMs)} - ${levelText(level, colors)} - ${message}`;
}

function levelText(level: LogLevel, colors: Palette): string {
  if (level === 'ERROR') return colors.red(level);
  return level === 'WARNING' ? colors.yellow(level) : level;
}
