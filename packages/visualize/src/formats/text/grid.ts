/** The columns a text takes in a terminal. */
export function cellWidth(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : zero.test(character) ? 0 : 1;
  return width;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const zero = /[\p{Mn}\p{Me}\p{Cf}]/u;

export const left = 1;
export const right = 2;
export const up = 4;
export const down = 8;

/** By the sides that a line reaches from the middle of a character. */
const characters = ' ╴╶─╵┘└┴╷┐┌┬│┤├┼';

/** Lines and texts on a grid of characters. */
export class Grid {
  private readonly rows: { lines: Uint8Array; texts: Map<number, { text: string; width: number }> }[];

  constructor(width: number, height: number) {
    this.rows = Array.from({ length: height }, () => ({ lines: new Uint8Array(width), texts: new Map() }));
  }

  horizontal(row: number, from: number, to: number): void {
    const { lines } = this.rows[row]!;
    for (let column = from; column <= to; column++) {
      if (column > from) lines[column]! |= left;
      if (column < to) lines[column]! |= right;
    }
  }

  vertical(column: number, from: number, to: number): void {
    for (let row = from; row <= to; row++) {
      if (row > from) this.rows[row]!.lines[column]! |= up;
      if (row < to) this.rows[row]!.lines[column]! |= down;
    }
  }

  text(row: number, column: number, text: string, width: number): void {
    this.rows[row]!.texts.set(column, { text, width });
  }

  render(): string {
    return this.rows.map(renderRow).join('\n');
  }
}

function renderRow({
  lines,
  texts,
}: {
  lines: Uint8Array;
  texts: Map<number, { text: string; width: number }>;
}): string {
  let row = '';
  for (let column = 0; column < lines.length; column++) {
    const entry = texts.get(column);
    if (entry === undefined) {
      row += characters[lines[column]!];
      continue;
    }
    row += entry.text;
    column += entry.width - 1;
  }
  return row.trimEnd();
}
