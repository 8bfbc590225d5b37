import type { Problem } from '../problem.ts';
import { type JsonTokens, tokenError, tokenKind } from './jsonTokens.ts';

/** What stands here, for a message: a quoted token, or the end of the file. */
export function describeToken(tokens: JsonTokens): string {
  if (tokens.kind === tokenKind.end) return 'the end of the file';
  if (tokens.kind === tokenKind.string) return `the string ${JSON.stringify(shorten(tokens.value))}`;
  return JSON.stringify(punctuationByKind[tokens.kind] ?? shorten(tokens.value));
}

const punctuationByKind: Readonly<Record<number, string>> = {
  [tokenKind.openBrace]: '{',
  [tokenKind.closeBrace]: '}',
  [tokenKind.openBracket]: '[',
  [tokenKind.closeBracket]: ']',
  [tokenKind.comma]: ',',
  [tokenKind.colon]: ':',
};

const jsonWordByWord: ReadonlyMap<string, string> = new Map([
  ['true', 'true'],
  ['yes', 'true'],
  ['on', 'true'],
  ['false', 'false'],
  ['no', 'false'],
  ['off', 'false'],
  ['none', 'null'],
  ['null', 'null'],
  ['nil', 'null'],
  ['undefined', 'null'],
]);

/** What the writer of a word that is no JSON value probably meant. */
export function hintForWord(word: string): string {
  const known = jsonWordByWord.get(word.toLowerCase());
  if (known !== undefined) return `write ${known}`;
  if (word.startsWith("'")) return `strings stand in double quotes: write ${JSON.stringify(unquoted(word))}`;
  if (/^[\u201c\u201d\u2018\u2019]/.test(word))
    return 'typographic quotes do not count: write plain double quotes';
  if (/^\u00a0/.test(word)) return 'this is a no-break space: write an ordinary one';
  if (word.startsWith('#')) return 'comments begin with // in JSON';
  if (/^[+.-]?[0-9]/.test(word) || /^[+-]?(?:NaN|Infinity)$/.test(word))
    return 'write an ordinary decimal number';
  return `write ${JSON.stringify(word)} if it is meant to be a string`;
}

/** The same as JSON, where there is no doubt: strings in single quotes, and the words of Python and others for true, false and null. */
export function jsonForWord(word: string): string | undefined {
  if (/^'(?:[^'"\\\u0000-\u001f]|\\')*'$/.test(word)) return JSON.stringify(unquoted(word));
  return /^(?:true|false|none|null)$/i.test(word) ? jsonWordByWord.get(word.toLowerCase()) : undefined;
}

/** The text between single quotes, in which a quote is written with a backslash before it. */
function unquoted(word: string): string {
  return word.slice(1, -1).replaceAll("\\'", "'");
}

/** Behind the closing quote of a string in single quotes that begins at `start` and ends on its line. */
export function endOfSingleQuoted(text: string, start: number): number | undefined {
  if (text[start] !== "'") return undefined;
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === "'") return at + 1;
    if (text[at] === '\\') at++;
  }
  return undefined;
}

/** What is wrong with the string at the current token, which has an error. */
export function stringProblem(text: string, tokens: JsonTokens): Problem {
  const { start, end } = tokens;
  if (tokens.error === tokenError.unclosedString) {
    return {
      code: 'E104',
      start,
      end,
      message: 'this string has no closing quote on its line',
      hint: 'add the closing quote; a line break inside a string is written \\n',
    };
  }
  const place = firstBadCharacter(text, start + 1);
  const at = { start: place.index, end: Math.min(end, place.index + place[0].length) };
  if (place[0].startsWith('\\')) {
    return {
      ...at,
      code: 'E105',
      message: `${JSON.stringify(place[0]).slice(1, -1).replace('\\\\', '\\')} is not an escape sequence of JSON`,
      hint: 'a backslash itself is written \\\\',
    };
  }
  const escaped = JSON.stringify(place[0]).slice(1, -1);
  return {
    ...at,
    code: 'E105',
    message: 'a control character may not stand in a string as it is',
    hint: `write ${escaped}`,
    fix: { ...at, newText: escaped, title: `Write ${escaped}` },
  };
}

/** The first thing from `from` on that is neither an ordinary character nor an escape sequence of JSON. */
function firstBadCharacter(text: string, from: number): { readonly index: number; readonly 0: string } {
  const notable = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|(\\[\s\S]?|[\u0000-\u001f])/g;
  notable.lastIndex = from;
  for (let found = notable.exec(text); found !== null; found = notable.exec(text)) {
    if (found[1] !== undefined) return found;
  }
  return { index: from, 0: '' };
}

function shorten(word: string): string {
  return word.length > 40 ? `${word.slice(0, 40)}…` : word;
}
