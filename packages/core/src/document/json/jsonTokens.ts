import { createScanner } from 'jsonc-parser';

/** The token kinds of jsonc-parser's scanner that are not skipped (its own enum does not exist at run time). */
export const tokenKind = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  unknown: 16,
  end: 17,
} as const;

/** The token errors of jsonc-parser's scanner. */
export const tokenError = {
  none: 0,
  unclosedComment: 1,
  unclosedString: 2,
  unfinishedNumber: 3,
  badUnicodeEscape: 4,
  badEscape: 5,
  controlCharacter: 6,
} as const;

const firstTrivia = 12;
const blockComment = 13;
const lastTrivia = 15;

/** A cursor over the tokens of a JSON text, comments and blanks left out. */
export interface JsonTokens {
  readonly kind: number;
  readonly start: number;
  readonly end: number;
  /** The decoded content of a string; the text of any other token. */
  readonly value: string;
  readonly error: number;
  /** Where the token before this one ended. */
  readonly previousEnd: number;
  advance(): void;
  /** Continues behind `offset`, as if the current token ended there. */
  skipTo(offset: number): void;
}

/** The cursor stands on the first token. `onUnclosedComment` is told of a block comment without an end. */
export function createJsonTokens(
  text: string,
  onUnclosedComment: (start: number, end: number) => void,
): JsonTokens {
  const scanner = createScanner(text, false);
  if (text.charCodeAt(0) === 0xfeff) scanner.setPosition(1);
  const tokens = { kind: 0, start: 0, end: 0, value: '', error: 0, previousEnd: 0, advance, skipTo };
  function advance(): void {
    tokens.previousEnd = tokens.end;
    let kind: number = scanner.scan();
    while (kind >= firstTrivia && kind <= lastTrivia) {
      if (kind === blockComment && scanner.getTokenError() === tokenError.unclosedComment) {
        onUnclosedComment(scanner.getTokenOffset(), scanner.getPosition());
      }
      kind = scanner.scan();
    }
    tokens.kind = kind;
    tokens.start = scanner.getTokenOffset();
    tokens.end = scanner.getPosition();
    tokens.value = scanner.getTokenValue();
    tokens.error = scanner.getTokenError();
  }
  function skipTo(offset: number): void {
    tokens.end = offset;
    scanner.setPosition(offset);
    advance();
  }
  advance();
  return tokens;
}
