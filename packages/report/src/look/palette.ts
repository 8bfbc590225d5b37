/**
 * The colours of pages and pictures, by what they are for. Texts have a contrast of 4.5 or more on `paper`, on `raised` and on the
 * soft colour of their tone.
 */
export const colorNames = [
  'paper',
  'ink',
  'faint',
  'line',
  'raised',
  'good',
  'good-soft',
  'bad',
  'bad-soft',
  'warning',
  'warning-soft',
  'active',
  'active-soft',
  'muted',
  'muted-soft',
  'critical',
  'critical-soft',
] as const;

export type ColorName = (typeof colorNames)[number];
export type ColorPalette = Readonly<Record<ColorName, string>>;

/** By the light the reader has chosen, and for paper. */
export const palettes: Readonly<Record<'light' | 'dark' | 'print', ColorPalette>> = {
  light: {
    paper: '#ffffff',
    ink: '#1c2128',
    faint: '#59636e',
    line: '#d5dae0',
    raised: '#f5f7f9',
    good: '#167430',
    'good-soft': '#d9f2df',
    bad: '#c3202c',
    'bad-soft': '#fde0df',
    warning: '#8a5a00',
    'warning-soft': '#fbecc8',
    active: '#0b62c4',
    'active-soft': '#dcebfd',
    muted: '#59636e',
    'muted-soft': '#e6eaee',
    critical: '#7a35c9',
    'critical-soft': '#efe4fb',
  },
  dark: {
    paper: '#101418',
    ink: '#e4e8ec',
    faint: '#9aa5b1',
    line: '#313942',
    raised: '#191f25',
    good: '#56c271',
    'good-soft': '#14351f',
    bad: '#ff7b72',
    'bad-soft': '#4a1a1c',
    warning: '#e0ad3b',
    'warning-soft': '#40300b',
    active: '#6cb2ff',
    'active-soft': '#10304f',
    muted: '#9aa5b1',
    'muted-soft': '#2a323a',
    critical: '#c09bff',
    'critical-soft': '#33234d',
  },
  print: {
    paper: '#ffffff',
    ink: '#000000',
    faint: '#444444',
    line: '#bbbbbb',
    raised: '#ffffff',
    good: '#167430',
    'good-soft': '#e4f4e8',
    bad: '#b00010',
    'bad-soft': '#fbe3e2',
    warning: '#7a5000',
    'warning-soft': '#faf0d8',
    active: '#0b4f9e',
    'active-soft': '#e4effb',
    muted: '#555555',
    'muted-soft': '#eeeeee',
    critical: '#6a28b8',
    'critical-soft': '#f1e8fb',
  },
};

/** A palette as declarations of CSS variables: `--paper: #ffffff; …`. */
export function paletteDeclarations(palette: ColorPalette): string {
  return colorNames.map((name) => `--${name}: ${palette[name]};`).join(' ');
}
