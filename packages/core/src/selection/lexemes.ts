const plainCharacters = /[^\s,&()"{]*/y;
const braces = /\{(?:[^\s{}()"&]|\{[^\s{}()"&]*\})*\}|\{/y;
const quotedText = /"((?:[^"\\]|\\.)*)"/sy;
const regularExpression = /\/((?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/(i?)(?=(?:\+\d*)?(?:[\s,&)]|$))/y;

/** The characters from `position` to the next separator, which may be none; commas in braces belong to them. */
export function wordAt(text: string, position: number): string {
  let start = -1;
  let end = position;
  while (end > start) {
    start = end;
    end = endOf(braces, text, endOf(plainCharacters, text, start));
  }
  return text.slice(position, end);
}

/** Where the match of a sticky pattern at `position` ends; `position` when there is none. */
function endOf(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.test(text) ? pattern.lastIndex : position;
}

/** A text in double quotes, in which `\"` and `\\` stand for themselves; undefined when it is not closed. */
export function quotedAt(text: string, position: number): { text: string; end: number } | undefined {
  quotedText.lastIndex = position;
  const found = quotedText.exec(text);
  if (found === null) return undefined;
  return { text: found[1]!.replace(/\\(["\\])/g, '$1'), end: quotedText.lastIndex };
}

/** A regular expression between slashes, up to the end of its word; undefined when there is none, as in `/etc/hosts`. */
export function regexAt(
  text: string,
  position: number,
): { source: string; ignoreCase: boolean; end: number } | undefined {
  regularExpression.lastIndex = position;
  const found = regularExpression.exec(text);
  if (found === null) return undefined;
  return { source: found[1]!, ignoreCase: found[2] === 'i', end: regularExpression.lastIndex };
}
