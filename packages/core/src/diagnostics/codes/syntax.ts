import type { CodeInfo } from '../codeInfo.ts';

/** Findings about texts of configurations. */
export const syntaxCodes = {
  E101: {
    title: 'Syntax error',
    severity: 'error',
    explanation: 'The text is not valid JSON or YAML at this place, so nothing after it can be trusted.',
  },
  E102: {
    title: 'Nothing in the file',
    severity: 'error',
    explanation:
      'The file is empty, or holds nothing but blanks and comments. A workflow needs at least a list of jobs: see the examples for a small one.',
  },
  E103: {
    title: 'Unclosed bracket',
    severity: 'error',
    explanation:
      'A brace or bracket is never closed, or is closed by one of the other kind. The place of the opening one is named: add the closing one where its content ends.',
  },
  E104: {
    title: 'Unclosed string',
    severity: 'error',
    explanation:
      'A string begins with a quote and the closing quote is missing. In JSON a string must end on its line: write a line break as \\n.',
  },
  E105: {
    title: 'Invalid character in a string',
    severity: 'error',
    explanation:
      'A string holds an escape sequence that does not exist, or a control character that must be written as an escape. A backslash itself is written twice.',
  },
  E106: {
    title: 'Missing comma or colon',
    severity: 'error',
    explanation:
      'Entries of a JSON object and values of a list are separated by commas, and a key from its value by a colon.',
  },
  E107: {
    title: 'Not a text file',
    severity: 'error',
    explanation:
      'The file holds bytes that are no text, or text in an encoding other than UTF-8 (often UTF-16, as some Windows programs write it). Save it as UTF-8.',
  },
  E108: {
    title: 'Nested too deeply',
    severity: 'error',
    explanation:
      'Lists and maps are nested deeper than any workflow needs. This is usually a sign of a damaged or generated file.',
  },
  E109: {
    title: 'Too large',
    severity: 'error',
    explanation: 'The file is larger than can be read into memory at once. Split the workflow with include.',
  },
  E110: {
    title: 'Duplicate key',
    severity: 'error',
    explanation:
      'A map names the same key twice, which YAML forbids, and "version": 2 in JSON too. Remove one of the two, or rename it.',
  },
  E111: {
    title: 'Wrong indentation',
    severity: 'error',
    explanation:
      'YAML shows by indentation what belongs together: all keys of a map begin in the same column, and only spaces may indent, never tabs.',
  },
  E112: {
    title: 'Value that JSON cannot hold',
    severity: 'error',
    explanation:
      'Infinity and not-a-number have no meaning in a configuration, whether written as .inf or .nan or as a number that is too large. Write an ordinary number.',
  },
  E113: {
    title: 'Several documents in one file',
    severity: 'error',
    explanation:
      'A YAML file may hold several documents separated by lines of three dashes; a workflow is one document. Split the file, and join the parts with include.',
  },
  E114: {
    title: 'Unusable alias',
    severity: 'error',
    explanation:
      'A YAML alias (*name) needs an anchor (&name) before it, must not stand inside the value it repeats, and must not blow the document up beyond all measure. A value that begins with an asterisk needs quotes.',
  },
  E115: {
    title: 'Key that is not a string',
    severity: 'error',
    explanation:
      'The keys of a map must be plain words or quoted strings: maps and lists as keys have no counterpart in JSON.',
  },
  W101: {
    title: 'Duplicate key in JSON',
    severity: 'warning',
    explanation:
      'An object names the same key twice. The last one counts and the earlier one is ignored, which is seldom what was meant: remove one of the two. In a file with "version": 2 it is the error E110.',
  },
  W102: {
    title: 'Trailing comma',
    severity: 'warning',
    explanation:
      'A comma before a closing bracket is accepted here, but strict JSON forbids it and other programs will refuse the file. Remove the comma, or name the file .jsonc.',
  },
  W103: {
    title: 'Replacement character',
    severity: 'warning',
    explanation:
      'The text holds the character U+FFFD, which stands for bytes that could not be read as UTF-8. The original characters are lost: save the file as UTF-8 and restore them.',
  },
  W104: {
    title: 'Unknown YAML tag',
    severity: 'warning',
    explanation:
      'Only the tags of the core schema (!!str, !!int, !!float, !!bool, !!null, !!map, !!seq) have a meaning here; any other is ignored and the value is read as if it were not there.',
  },
  W105: {
    title: 'Number that loses digits',
    severity: 'warning',
    explanation:
      'An integer of more than 15 digits cannot be held exactly, and its last digits change. Write it in quotes if it is an identifier.',
  },
  W106: {
    title: 'File in UTF-16',
    severity: 'warning',
    explanation:
      'The file is written in UTF-16, as some editors and PowerShell save it. It is read all the same, but JSON must be UTF-8, and most other programs (git, jq, grep) take the file for binary. Save it as UTF-8; `executioner validate --fix` does.',
  },
  I101: {
    title: 'Byte-order mark',
    severity: 'info',
    explanation:
      'The file begins with a byte-order mark, which UTF-8 does not need and some programs refuse. It is ignored; save the file without it.',
  },
} as const satisfies Record<string, CodeInfo>;
