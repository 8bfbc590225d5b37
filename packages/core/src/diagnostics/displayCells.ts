import { pictureControls } from './controlCharacters.ts';

/** One character as a person sees it (a grapheme cluster), in the columns of a terminal. */
export interface DisplayCell {
  /** What is printed: a tab is spaces, a control character its picture. */
  readonly text: string;
  /** Columns taken: 2 for East Asian wide characters and emoji. */
  readonly width: number;
  /** Where the character begins in the text, in UTF-16 units. */
  readonly offset: number;
}

const tabStop = 4;
const plainAscii = /^[\x20-\x7e]*$/;
let segmenter: Intl.Segmenter | undefined;

/** The characters of one line, from its first. Linear in the text. */
export function displayCells(line: string): DisplayCell[] {
  // Most lines are such, and need no closer look at each character.
  if (plainAscii.test(line)) return Array.from(line, (text, offset) => ({ text, width: 1, offset }));
  const cells: DisplayCell[] = [];
  let column = 0;
  for (const [offset, character] of graphemes(line)) {
    const text = character === '\t' ? ' '.repeat(tabStop - (column % tabStop)) : pictureControls(character);
    const width = character === '\t' ? text.length : graphemeWidth(text);
    cells.push({ text, width, offset });
    column += width;
  }
  return cells;
}

/** The columns that a line takes, without its tabs. Linear in the text; common characters do without Unicode's tables. */
export function displayWidth(line: string): number {
  if (narrowOnly.test(line)) return line.length;
  return displayCells(line).reduce((sum, { width }) => sum + width, 0);
}

/** ASCII, Latin letters and the signs of our reports: to load Unicode's tables takes 7 ms or more. */
const narrowOnly = /^[ -~°±²³µ·×À-ÖØ-öø-ÿ–—…→←↑↓−≈✓✗○●■▲▼▶▁-█]*$/;

function* graphemes(line: string): Generator<[offset: number, character: string]> {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { index, segment } of segmenter.segment(line)) yield [index, segment];
}

function graphemeWidth(grapheme: string): number {
  if (plainAscii.test(grapheme)) return grapheme.length;
  // A base character followed by the variation selector for emoji is drawn as a picture.
  if (/\p{Emoji_Presentation}|\ufe0f/u.test(grapheme)) return 2;
  let width = 0;
  for (const character of grapheme) width = Math.max(width, codePointWidth(character));
  return width;
}

function codePointWidth(character: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(character)) return 0;
  return isWide(character.codePointAt(0)!) ? 2 : 1;
}

/** The blocks that Unicode's East Asian Width table (UAX #11) gives to wide and full-width characters. */
const wideBlocks: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18aff],
  [0x1b000, 0x1b2ff],
  [0x1f200, 0x1f251],
  [0x20000, 0x3fffd],
];

function isWide(codePoint: number): boolean {
  if (codePoint < 0x1100) return false;
  return wideBlocks.some(([first, last]) => codePoint >= first && codePoint <= last);
}
