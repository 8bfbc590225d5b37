import type { Span } from '../syntaxTree.ts';
import {
  closing,
  closingKind,
  fail,
  type Reader,
  reportTrailingComma,
  reportUnclosed,
} from './jsonReader.ts';
import { tokenKind } from './jsonTokens.ts';
import { describeToken } from './jsonWords.ts';

// Where maps and lists begin and end, and what parts their entries: also where brackets and commas are missing.

/** Steps over an opening bracket, which is open from here. */
export function openBracket(reader: Reader, bracket: '{' | '['): void {
  const { tokens } = reader;
  reader.open.push({ start: tokens.start, end: tokens.end, bracket });
  tokens.advance();
}

/** Steps over the closing bracket, when it is there, and returns where the value ends. */
export function closeBracket(reader: Reader): number {
  const opening = reader.open.pop();
  const { tokens } = reader;
  if (tokens.kind !== closingKind(opening?.bracket ?? '{')) return tokens.previousEnd;
  const { end } = tokens;
  tokens.advance();
  return end;
}

/** Whether the map or list ends here: at its closing bracket, at the one of an outer level, or with the file. */
export function isClosed(reader: Reader, bracket: '{' | '[', comma: Span | undefined): boolean {
  const { tokens } = reader;
  while (tokens.kind === tokenKind.closeBrace || tokens.kind === tokenKind.closeBracket) {
    if (tokens.kind === closingKind(bracket)) {
      if (comma !== undefined) reportTrailingComma(reader, comma);
      return true;
    }
    reportUnclosed(reader, `expected "${closing(bracket)}" before this "${reader.text[tokens.start]}"`);
    if (reader.open.some((outer) => closingKind(outer.bracket) === tokens.kind)) return true;
    tokens.advance();
  }
  if (tokens.kind === tokenKind.end) {
    reportUnclosed(reader, 'the file ends here');
    return true;
  }
  return bracket === '{' && beginsNextItem(reader);
}

/** An object where a key should stand, inside a list of objects: the closing brace before it is missing. */
function beginsNextItem(reader: Reader): boolean {
  const opening = reader.open.at(-1);
  if (reader.tokens.kind !== tokenKind.openBrace || reader.open.at(-2)?.bracket !== '[') return false;
  fail(reader, {
    code: 'E103',
    message: 'expected a key in double quotes, or "}" to close the object above',
    hint: 'add the missing "}" before this object',
    related: opening && [{ ...opening, message: 'the object that is still open' }],
  });
  return true;
}

/** The comma behind an entry or item; where it is missing, what follows decides. */
export function readSeparator(reader: Reader, closer: '}' | ']'): Span | undefined {
  const { tokens } = reader;
  if (tokens.kind === tokenKind.comma) {
    const comma = { start: tokens.start, end: tokens.end };
    tokens.advance();
    skipExtraCommas(reader);
    return comma;
  }
  if (tokens.kind === tokenKind.end || tokens.kind === tokenKind.closeBrace) return undefined;
  if (tokens.kind === tokenKind.closeBracket) return undefined;
  const at = tokens.previousEnd;
  if (startsValue(tokens.kind)) {
    const leap =
      closer === '}' && (tokens.kind === tokenKind.openBrace || tokens.kind === tokenKind.openBracket);
    fail(reader, {
      code: 'E106',
      start: at,
      end: at,
      message: `expected a comma or "${closer}" after this value, before ${describeToken(tokens)}`,
      hint: leap ? `add the missing "${closer}"` : 'add a comma here',
    });
    return undefined;
  }
  fail(reader, {
    code: 'E101',
    message: `expected a comma or "${closer}", found ${describeToken(tokens)}`,
  });
  while (!startsValue(tokens.kind) && !endsValue(tokens.kind)) tokens.advance();
  return tokens.kind === tokenKind.comma ? readSeparator(reader, closer) : undefined;
}

function skipExtraCommas(reader: Reader): void {
  const { tokens } = reader;
  while (tokens.kind === tokenKind.comma) {
    fail(reader, { code: 'E101', message: 'a comma too many', hint: 'remove it' });
    tokens.advance();
  }
}

/** Whether a value can begin with a token of this kind. */
export function startsValue(kind: number): boolean {
  return kind === tokenKind.openBrace || kind === tokenKind.openBracket || (kind >= 7 && kind <= 11);
}

function endsValue(kind: number): boolean {
  return (
    kind === tokenKind.comma ||
    kind === tokenKind.closeBrace ||
    kind === tokenKind.closeBracket ||
    kind === tokenKind.end
  );
}
