import { visibleText } from '@executioner/report';

// Advance widths of the printable ASCII characters in thousandths of the size, those of DejaVu Sans Condensed and its bold
// face, which pictures are drawn with. The fonts of most systems are as wide or narrower.
const plain = [
  286, 360, 414, 754, 572, 855, 702, 247, 351, 351, 450, 754, 286, 325, 286, 303, 572, 572, 572, 572, 572,
  572, 572, 572, 572, 572, 303, 303, 754, 754, 754, 478, 900, 615, 617, 628, 693, 568, 518, 697, 677, 265,
  265, 590, 501, 776, 673, 708, 542, 708, 625, 571, 549, 659, 615, 890, 616, 549, 616, 351, 303, 351, 754,
  450, 450, 551, 571, 495, 571, 554, 316, 571, 570, 250, 250, 521, 250, 876, 570, 550, 571, 571, 370, 469,
  353, 570, 532, 736, 532, 532, 472, 572, 303, 572, 754,
];
const bold = [
  313, 410, 469, 754, 626, 901, 785, 275, 411, 411, 470, 754, 342, 374, 342, 329, 626, 626, 626, 626, 626,
  626, 626, 626, 626, 626, 360, 360, 754, 754, 754, 522, 900, 696, 686, 660, 747, 615, 615, 738, 753, 334,
  334, 697, 573, 896, 753, 765, 659, 765, 693, 648, 614, 730, 696, 993, 694, 651, 652, 411, 329, 411, 754,
  450, 450, 607, 644, 533, 644, 610, 391, 644, 641, 308, 308, 598, 308, 938, 641, 618, 644, 644, 444, 536,
  430, 641, 586, 831, 580, 586, 523, 641, 329, 641, 754,
];
/** Letters with accents and of other alphabets, about; and what is as wide as two letters. */
const other = { plain: 640, bold: 710 };
const wideWidth = 1050;
const ellipsisWidth = 900;
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

export interface TextStyle {
  readonly size: number;
  readonly isBold?: boolean;
}

/** The width of a text in pixels, or a little more. Linear in the text. */
export function textWidth(text: string, { size, isBold = false }: TextStyle): number {
  let thousandths = 0;
  for (const character of text) thousandths += advance(character, isBold);
  return (thousandths / 1000) * size;
}

/** The text as far as it fits, on one line and with nothing invisible in it: what is left out is the middle or the end. */
export function fitText(
  text: string,
  widthMax: number,
  style: TextStyle,
  { cut }: { readonly cut: 'middle' | 'end' },
): string {
  // Nobody sees more of a text than this; what comes from outside may be megabytes long.
  const characters = [...visibleText(text.slice(0, 2000))];
  if (textWidth(characters.join(''), style) <= widthMax) return characters.join('');
  const room = widthMax - textWidth('…', style);
  let head = 0;
  let tail = characters.length;
  let used = 0;
  for (;;) {
    const isTailTurn = cut === 'middle' && characters.length - tail < head;
    const next = isTailTurn ? characters[tail - 1] : characters[head];
    if (next === undefined || tail <= head) break;
    used += textWidth(next, style);
    if (used > room) break;
    if (isTailTurn) tail--;
    else head++;
  }
  return `${characters.slice(0, head).join('')}…${cut === 'middle' ? characters.slice(tail).join('') : ''}`;
}

function advance(character: string, isBold: boolean): number {
  const code = character.charCodeAt(0);
  if (code >= 32 && code < 127) return (isBold ? bold : plain)[code - 32]!;
  if (character === '…') return ellipsisWidth;
  if (wide.test(character)) return wideWidth;
  return isBold ? other.bold : other.plain;
}
