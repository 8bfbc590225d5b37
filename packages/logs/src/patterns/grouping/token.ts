/** A masked value within a masked text. */
export const wildText = '\0';

/** The number of `wildText` in every vocabulary, and of the empty text. */
export const wildId = 0;
export const emptyId = 1;

/**
 * A piece of a masked line: a value (a word, name or number, whole or in part masked, perhaps empty) or a mark of
 * punctuation. Values are what templates differ in; marks must agree. There is one object for all equal tokens of a vocabulary.
 */
export interface Token {
  readonly isValue: boolean;
  readonly text: string;
  /** Whether a blank stands in front. */
  readonly spaced: boolean;
  /** The number of the text in its vocabulary. */
  readonly id: number;
  /** The code of its first character; `manyMarks` for all that are not ASCII. */
  readonly mark: number;
  readonly holdsMask: boolean;
}

/** Stands for all marks that are not ASCII. */
export const manyMarks = 0x80;

/** A token of a vocabulary. */
export function makeToken(id: number, text: string, isValue: boolean, spaced: boolean): Token {
  return {
    isValue,
    text,
    spaced,
    id,
    mark: text === '' ? 0 : Math.min(manyMarks, text.charCodeAt(0)),
    holdsMask: text.includes(wildText),
  };
}

/** The token of a value that is masked whole. */
export function wildToken(spaced: boolean): Token {
  return spaced ? spacedWild : plainWild;
}

const plainWild = makeToken(wildId, wildText, true, false);
const spacedWild = makeToken(wildId, wildText, true, true);

/** A number for what all lines of one form share: the marks, and where the values stand. */
export function formHash(tokens: readonly Token[]): number {
  let hash = tokens.length;
  for (let i = 0; i < tokens.length; i++) {
    const { isValue, spaced, mark } = tokens[i]!;
    hash = mixForm(hash, isValue, spaced, mark);
  }
  return hash;
}

/** The form's hash, which is the number of tokens at first, with one more token. */
export function mixForm(hash: number, isValue: boolean, spaced: boolean, mark: number): number {
  const sort = isValue ? (spaced ? 1 : 0) : mark * 4 + (spaced ? 3 : 2);
  return Math.imul(hash ^ sort, 0x9e3779b1) ^ (hash >>> 15);
}

/** Are both of one form? */
export function isSameForm(a: readonly Token[], b: readonly Token[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i]!, b[i]!];
    if (one === other) continue;
    if (one.isValue !== other.isValue || one.spaced !== other.spaced) return false;
    if (!one.isValue && one.id !== other.id) return false;
  }
  return true;
}

/** Tokens as text, with `<*>` where a value is masked. */
export function textOf(tokens: readonly Token[]): string {
  return tokens
    .map((token, index) => (token.spaced && index > 0 ? ' ' : '') + token.text)
    .join('')
    .replaceAll(wildText, '<*>');
}
