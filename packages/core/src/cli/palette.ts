import picocolors from 'picocolors';
import type { CommandIo, TextSink } from './io.ts';

/** Functions that colour a text, or return it as it is. */
export type Palette = ReturnType<typeof picocolors.createColors>;

/** The palette with colours on or off. */
export function palette(enabled: boolean): Palette {
  return picocolors.createColors(enabled);
}

/**
 * Whether text for `sink` is coloured: an explicit `--color` or `--no-color` decides, then NO_COLOR (any non-empty
 * value: off), then FORCE_COLOR (off for 0 and false, on for the rest), then whether it is a terminal that can.
 */
export function colorsEnabled(sink: TextSink, env: CommandIo['env'], asked: boolean | undefined): boolean {
  if (asked !== undefined) return asked;
  if ((env.NO_COLOR ?? '') !== '') return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return sink.isTTY && env.TERM !== 'dumb';
}
