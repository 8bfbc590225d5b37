import type { Word } from 'unbash';

/**
 * For each character of the literal text of a word, and for its end, the offset where it is written; undefined where
 * quoting and text cannot be matched character for character (escapes).
 */
export function placesInLiteral(word: Word, length: number): readonly number[] | undefined {
  const parts = word.parts ?? [{ type: 'Literal' as const, ...pick(word) }];
  const places: number[] = [];
  for (const part of parts) {
    const pieces = part.type === 'DoubleQuoted' ? part.parts : [part];
    for (const piece of pieces) {
      if (piece.type !== 'Literal' && piece.type !== 'SingleQuoted') return undefined;
      const start = piece.type === 'SingleQuoted' ? piece.pos + 1 : piece.pos;
      const written = piece.type === 'SingleQuoted' ? piece.end - piece.pos - 2 : piece.end - piece.pos;
      if (written !== piece.value.length) return undefined;
      for (let index = 0; index < written; index++) places.push(start + index);
    }
  }
  if (places.length !== length) return undefined;
  places.push((places.at(-1) ?? word.pos) + 1);
  return places;
}

function pick({ pos, end, value, text }: Word) {
  return { pos, end, value, text };
}
