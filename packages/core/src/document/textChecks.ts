import type { ParseLimits } from './document.ts';
import type { Problem } from './problem.ts';

export const defaultParseLimits: ParseLimits = { maximumLength: 2 ** 28, maximumDepth: 256 };

/** What can be said of a text before it is parsed, whatever its format. An error among them forbids to parse it. */
export function checkText(text: string, limits: ParseLimits): Problem[] {
  if (text.length > limits.maximumLength) return [tooLarge(text, limits.maximumLength)];
  const nul = text.indexOf('\0');
  if (nul !== -1) return [notText(text, nul)];
  const problems: Problem[] = [];
  if (text.charCodeAt(0) === 0xfeff) problems.push(byteOrderMark);
  const replacement = text.indexOf('\ufffd');
  if (replacement !== -1) problems.push(replacementCharacter(text, replacement));
  return problems;
}

/** A text that says nothing at all. */
export function emptyText(text: string): Problem {
  const isBlank = /^\uFEFF?\s*$/.test(text);
  return {
    code: 'E102',
    start: 0,
    end: 0,
    message: isBlank ? 'the file is empty' : 'the file holds nothing but comments',
    hint: 'a workflow needs at least a list of jobs',
  };
}

function tooLarge(text: string, maximumLength: number): Problem {
  return {
    code: 'E109',
    start: 0,
    end: 0,
    message: `the file has ${text.length} characters; at most ${maximumLength} can be read`,
    hint: 'split the workflow into several files and join them with include',
  };
}

function notText(text: string, nul: number): Problem {
  const everySecondIsNul = text[nul + 2] === '\0' || text[nul - 2] === '\0';
  return {
    code: 'E107',
    start: nul,
    end: nul + 1,
    message: everySecondIsNul
      ? 'this looks like UTF-16, read as if it were UTF-8'
      : 'the file holds a NUL character, so it is not a text file',
    hint: 'save the file as UTF-8',
  };
}

function replacementCharacter(text: string, first: number): Problem {
  const count = text.split('\ufffd').length - 1;
  return {
    code: 'W103',
    start: first,
    end: first + 1,
    message:
      count === 1
        ? 'a character here could not be read as UTF-8'
        : `${count} characters could not be read as UTF-8, the first of them here`,
    hint: 'save the file as UTF-8 and restore what is shown as \ufffd',
  };
}

const byteOrderMark: Problem = {
  code: 'I101',
  start: 0,
  end: 1,
  message: 'the file begins with a byte-order mark, which is ignored',
  hint: 'save the file as UTF-8 without it',
  fix: { start: 0, end: 1, newText: '', title: 'Remove the byte-order mark' },
};
