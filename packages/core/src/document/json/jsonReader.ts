import type { Problem } from '../problem.ts';
import type { Span, SyntaxEntry } from '../syntaxTree.ts';
import { createJsonTokens, type JsonTokens, tokenError, tokenKind } from './jsonTokens.ts';
import { stringProblem } from './jsonWords.ts';

/** More syntax errors than this are seldom independent of each other. */
export const maximumErrors = 5;

/** The state of one reading, and what it has found wrong so far. */
export interface Reader {
  readonly text: string;
  readonly tokens: JsonTokens;
  readonly maximumDepth: number;
  readonly problems: Problem[];
  errorCount: number;
  lastErrorAt: number;
  /** The brackets that are open here, innermost last. */
  readonly open: (Span & { readonly bracket: '{' | '[' })[];
}

export function createReader(text: string, maximumDepth: number): Reader {
  const problems: Problem[] = [];
  const tokens = createJsonTokens(text, (start, end) =>
    problems.push({
      code: 'E101',
      start,
      end: Math.min(end, start + 2),
      message: 'this comment is never closed',
      hint: 'add */ at its end',
    }),
  );
  return { text, tokens, maximumDepth, problems, errorCount: problems.length, lastErrorAt: -1, open: [] };
}

/** Notes an error at the current token unless told otherwise; a second one at the same place says nothing new. */
export function fail(
  reader: Reader,
  problem: Omit<Problem, 'start' | 'end' | 'hint' | 'related'> & FailureDetails,
): void {
  const { tokens } = reader;
  if (reader.errorCount >= maximumErrors || reader.lastErrorAt === tokens.start) return;
  reader.errorCount++;
  reader.lastErrorAt = tokens.start;
  const { hint, related, ...rest } = problem;
  reader.problems.push({
    start: tokens.start,
    end: Math.max(tokens.end, tokens.start),
    ...rest,
    ...(hint !== undefined && { hint }),
    ...(related !== undefined && { related }),
  });
}

interface FailureDetails {
  readonly start?: number;
  readonly end?: number;
  readonly hint?: string | undefined;
  readonly related?: Problem['related'] | undefined;
}

export function reportTrailingComma(reader: Reader, comma: Span): void {
  reader.problems.push({
    ...comma,
    code: 'W102',
    message: 'strict JSON forbids a comma before the closing bracket',
    hint: 'remove the comma, or name the file .jsonc',
    fix: { ...comma, newText: '', title: 'Remove the comma' },
  });
}

export function reportUnclosed(reader: Reader, where: string): void {
  const opening = reader.open.at(-1);
  if (opening === undefined) return;
  const { tokens } = reader;
  const what = opening.bracket === '{' ? 'the object' : 'the list';
  fail(reader, {
    code: 'E103',
    end: Math.min(tokens.end, tokens.start + 1),
    message:
      tokens.kind === tokenKind.end
        ? `${where}, but ${what} that began with "${opening.bracket}" is still open`
        : where,
    hint: `add the missing "${closing(opening.bracket)}"`,
    related: [{ start: opening.start, end: opening.end, message: `${what} begins here` }],
  });
}

export function reportDuplicate(reader: Reader, earlier: SyntaxEntry | undefined, later: SyntaxEntry): void {
  if (earlier === undefined) return;
  reader.problems.push({
    code: 'W101',
    start: later.keyNode.start,
    end: later.keyNode.end,
    message: `the key ${JSON.stringify(later.key)} is given twice in the same object`,
    hint: 'this last one counts; remove one of the two',
    related: [{ start: earlier.keyNode.start, end: earlier.keyNode.end, message: 'given here before' }],
  });
}

export function reportStringProblem(reader: Reader): void {
  const { tokens, text } = reader;
  if (tokens.error === tokenError.none) return;
  fail(reader, stringProblem(text, tokens));
}

export function closing(bracket: '{' | '['): '}' | ']' {
  return bracket === '{' ? '}' : ']';
}

export function closingKind(bracket: '{' | '['): number {
  return bracket === '{' ? tokenKind.closeBrace : tokenKind.closeBracket;
}
