/// <reference lib="dom" />
import { type ColorPalette, palettes } from '@executioner/report';

export type ThemeChoice = 'auto' | 'light' | 'dark';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** The colours for the theme chosen, which `auto` leaves to the reader's system. */
export function currentPalette(choice: ThemeChoice): ColorPalette {
  return palettes[choice === 'dark' || (choice === 'auto' && dark.matches) ? 'dark' : 'light'];
}

export function onSystemTheme(listener: () => void): void {
  dark.addEventListener('change', listener);
}
