import type { Palette } from '@executioner/core';
import type { StatusLook, Tone } from './status.ts';

/** Colours `text` by tone. */
export function paintTone(colors: Palette, tone: Tone, text: string): string {
  switch (tone) {
    case 'good':
      return colors.green(text);
    case 'bad':
      return colors.red(text);
    case 'warning':
      return colors.yellow(text);
    case 'active':
      return colors.cyan(text);
    case 'muted':
      return colors.dim(text);
  }
}

/** `✓ succeeded`, coloured. */
export function paintStatus(colors: Palette, { glyph, word, tone }: StatusLook): string {
  return paintTone(colors, tone, `${glyph} ${word}`);
}
