import type { ErrorCode, YAMLError } from 'yaml';
import type { DiagnosticCode } from '../../diagnostics/codes.ts';
import type { Problem } from '../problem.ts';

/** More errors than this are seldom independent of each other. */
const maximumErrors = 3;

/** Findings that are looked at; a damaged text can have as many as it has characters. */
const maximumFindings = 200;

/**
 * The errors and warnings of the `yaml` package in our words: at most one for a line, and only the first few errors,
 * for what follows a syntax error in YAML is mostly its consequence.
 */
export function yamlProblems(text: string, findings: readonly YAMLError[]): Problem[] {
  const sorted = findings.toSorted((a, b) => a.pos[0] - b.pos[0]);
  const warnings = sorted.filter(({ name, code }) => name === 'YAMLWarning' && code === 'TAG_RESOLVE_FAILED');
  const errors: YAMLError[] = [];
  const lines = new Set<number>();
  for (const error of sorted.filter(({ name }) => name !== 'YAMLWarning').slice(0, maximumFindings)) {
    const line = text.lastIndexOf('\n', error.pos[0] - 1);
    if (errors.length < maximumErrors && !lines.has(line)) errors.push(error);
    lines.add(line);
  }
  return [...errors.map((error) => syntaxProblem(text, error)), ...warnings.map(unknownTag)];
}

function unknownTag({ pos, message }: YAMLError): Problem {
  const tag = /: (\S+)$/.exec(message)?.[1] ?? 'this tag';
  return {
    code: 'W104',
    start: pos[0],
    end: pos[1],
    message: `${tag} has no meaning here, and is ignored`,
    hint: 'remove the tag, or put the value in quotes if it is text',
  };
}

interface Wording {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
}

const quoteHint = 'put the value in quotes';
const unclosedHint = 'add the missing closing one; the lines between must be indented more than the key';

const wordingByCode: Readonly<Partial<Record<ErrorCode, Wording>>> = {
  ALIAS_PROPS: { code: 'E114', message: 'an alias cannot have a tag or an anchor of its own' },
  BAD_ALIAS: {
    code: 'E114',
    message: 'an alias or anchor needs a name',
    hint: 'put the value in quotes if the asterisk or ampersand is meant',
  },
  BAD_DIRECTIVE: { code: 'E101', message: 'this is no directive of YAML', hint: 'remove the line' },
  BAD_DQ_ESCAPE: {
    code: 'E105',
    message: 'this is not an escape sequence of YAML',
    hint: 'a backslash in double quotes is written \\\\; in single quotes it stands for itself',
  },
  BAD_INDENT: {
    code: 'E111',
    message: 'the indentation does not fit the lines around it',
    hint: 'keys of one map begin in the same column, and what belongs to a key is indented more than the key',
  },
  BAD_PROP_ORDER: { code: 'E101', message: 'anchors and tags stand behind the "-", "?" or ":"' },
  BAD_SCALAR_START: { code: 'E101', message: 'a value cannot begin with this character', hint: quoteHint },
  BLOCK_AS_IMPLICIT_KEY: {
    code: 'E101',
    message: 'a second "key: value" on one line',
    hint: 'put the value in quotes when it holds a colon and a blank, or begin a new line',
  },
  BLOCK_IN_FLOW: { code: 'E101', message: 'inside brackets, lists and maps are written with brackets too' },
  KEY_OVER_1024_CHARS: {
    code: 'E101',
    message: 'the colon stands more than 1024 characters behind the beginning of its key',
    hint: 'a value that holds a colon and a blank needs quotes',
  },
  MISSING_CHAR: { code: 'E101', message: 'something is missing here' },
  MULTILINE_IMPLICIT_KEY: {
    code: 'E101',
    message: 'a key goes on over more than one line',
    hint: 'a colon may be missing on a line above, or the text needs quotes',
  },
  MULTIPLE_ANCHORS: { code: 'E101', message: 'a value can have one anchor only' },
  MULTIPLE_TAGS: { code: 'E101', message: 'a value can have one tag only' },
  NON_STRING_KEY: {
    code: 'E115',
    message: 'a key must be a plain word or a quoted string',
    hint: 'a value that begins with a brace, as in {{name}}, needs quotes',
  },
  RESOURCE_EXHAUSTION: { code: 'E108', message: 'nested too deeply' },
  TAB_AS_INDENT: {
    code: 'E111',
    message: 'a tab stands where YAML wants spaces',
    hint: 'replace the tab by spaces',
  },
  TAG_RESOLVE_FAILED: { code: 'E101', message: 'the value does not fit its tag' },
  UNEXPECTED_TOKEN: { code: 'E101', message: 'this cannot stand here', hint: quoteHint },
};

/** What the package says in its message, where the code alone says too little. */
const wordingByMessage: readonly (readonly [RegExp, Wording])[] = [
  [
    /Missing closing .quote/,
    { code: 'E104', message: 'this string has no closing quote', hint: 'add the closing quote' },
  ],
  [
    /must (?:be sufficiently indented and )?end with a \}/,
    { code: 'E103', message: 'expected "}"', hint: unclosedHint },
  ],
  [
    /must (?:be sufficiently indented and )?end with a \]/,
    { code: 'E103', message: 'expected "]"', hint: unclosedHint },
  ],
  [
    /Missing , (?:or : )?between/,
    { code: 'E106', message: 'expected a comma before this', hint: 'add a comma between the two values' },
  ],
  [
    /need to be followed by map values/,
    {
      code: 'E106',
      message: 'expected a colon behind this key',
      hint: 'write "key: value", with a blank behind the colon',
    },
  ],
  [
    /Missing space after :/,
    { code: 'E106', message: 'expected a blank behind the colon', hint: 'write "key: value"' },
  ],
  [
    /Comments must be separated/,
    { code: 'E101', message: 'a comment needs a blank before its "#"', hint: quoteHint },
  ],
  [/Sequence item without -/, { code: 'E101', message: 'expected "- " before this item of the list' }],
  [
    /separated from the next token/,
    { code: 'E101', message: 'a tag or anchor needs a blank behind it', hint: quoteHint },
  ],
  [
    /directives-end/,
    { code: 'E101', message: 'expected a line of three dashes behind the directives', hint: 'add "---"' },
  ],
  [
    /Unexpected block-seq-ind on same line/,
    {
      code: 'E101',
      message: 'a list cannot begin on the line of its key',
      hint: 'put "- " on a line of its own, or quote the value',
    },
  ],
  [
    /Unexpected flow-(?:map|seq)-end/,
    {
      code: 'E103',
      message: 'a closing bracket that was never opened',
      hint: 'remove it, or put the value in quotes',
    },
  ],
  [
    /Block scalar header includes extra/,
    {
      code: 'E101',
      message: 'nothing but "+", "-" or a digit may follow "|" or ">"',
      hint: 'begin the text on the next line',
    },
  ],
];

function syntaxProblem(text: string, { code, message, pos }: YAMLError): Problem {
  const wording = wordingByMessage.find(([pattern]) => pattern.test(message))?.[1] ?? wordingByCode[code];
  const { start, end } = placeOf(text, pos);
  if (wording?.code === 'E104') return { ...wording, ...unclosedString(text, start) };
  if (wording?.code === 'E103') return { ...wording, start, end, ...openingBracket(text, start) };
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && !/:(?:\s|$)/.test(lineFrom(text, start)))
    return tooIndented(text, start);
  return { start, end, ...(wording ?? { code: 'E101', message: 'this is not valid YAML' }) };
}

function lineFrom(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? text.length : Math.min(end, start + 1000));
}

/** A value that is followed by a more indented key. */
function tooIndented(text: string, valueStart: number): Problem {
  const start = (/\n[ \t]*/.exec(text.slice(valueStart))?.[0].length ?? 0) + text.indexOf('\n', valueStart);
  return {
    code: 'E111',
    start,
    end: start + 1,
    message: 'this is indented more than the key above, which has a value already',
    hint: 'begin it in the same column as the key above',
  };
}

/** The nearest bracket before `at` that seems not to be closed. */
function openingBracket(text: string, at: number): Pick<Problem, 'related'> {
  let closed = 0;
  for (let start = at - 1; start >= Math.max(0, at - 10_000); start--) {
    const character = text[start];
    if (character === ']' || character === '}') closed++;
    if (character !== '[' && character !== '{') continue;
    if (closed === 0)
      return { related: [{ start, end: start + 1, message: 'the bracket that is still open' }] };
    closed--;
  }
  return {};
}

/** Inside the text, on one line, and at least one character long unless the text ends there. */
function placeOf(
  text: string,
  [from, to]: readonly [number, number],
): { readonly start: number; readonly end: number } {
  const start = Math.min(from, text.length);
  const lineEnd = text.indexOf('\n', start);
  const longest = lineEnd === -1 ? text.length : Math.max(lineEnd, start);
  return { start, end: Math.max(start, Math.min(to, longest)) };
}

/** The package points behind the string; its beginning says more. */
function unclosedString(text: string, end: number): { readonly start: number; readonly end: number } {
  const before = text.slice(0, end).trimEnd();
  const quote = /(?:^|[\s,[{:-])(["'])[^"']*$/.exec(before.slice(-2000));
  if (quote === null) return { start: Math.max(0, end - 1), end };
  const start = before.length - Math.min(before.length, 2000) + quote.index + quote[0].search(/["']/);
  return {
    start,
    end: Math.max(start + 1, Math.min(before.length, placeOf(text, [start, before.length]).end)),
  };
}
