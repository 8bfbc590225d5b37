export { paintStatus, paintTone } from './paint.ts';
export { type ColorName, type ColorPalette, colorNames, paletteDeclarations, palettes } from './palette.ts';
export { type JobStatus, type StatusLook, statusLook, statusOrder, type Tone } from './status.ts';
export { type TextColumn, type TextTableOptions, textTable } from './table.ts';
