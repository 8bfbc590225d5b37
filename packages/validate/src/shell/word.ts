import type { Assignment, DoubleQuotedChild, Word, WordPart } from 'unbash';
import type { Part } from './part.ts';

/** A piece of a word: text as the shell will see it, the value of a variable, or (null) what only a run can tell. */
export type WordPiece = string | { readonly variable: string } | null;

/** A word of a command, with its half-open range in the text of the whole command. */
export interface ShellWord {
  readonly start: number;
  readonly end: number;
  /** The text of a word in which nothing is expanded. */
  readonly text?: string;
  readonly pieces: readonly WordPiece[];
}

/** A word in which nothing is expanded: most are such, so that they are kept small. */
export class TextWord implements ShellWord {
  readonly start: number;
  readonly end: number;
  readonly text: string;

  constructor({ start, end }: Part, text: string) {
    this.start = start;
    this.end = end;
    this.text = text;
  }

  get pieces(): readonly WordPiece[] {
    return [this.text];
  }
}

/** Where in the text of the whole command a part [start, end) of the text that is parsed stands. */
export type Placing = (start: number, end: number) => Part;

/** The word of the parser in pieces, with its place in the whole command. */
export function readWord(word: Word, context: { place: Placing }): ShellWord {
  const { parts } = word;
  const part = context.place(word.pos, word.end);
  if (parts === undefined && !word.text.startsWith('~')) return new TextWord(part, word.value);
  const pieces = parts === undefined ? tilde(word.value) : homeOf(parts.flatMap(pieceOf), word);
  const isText = pieces.every((piece) => typeof piece === 'string');
  return isText ? new TextWord(part, pieces.join('')) : { ...part, pieces };
}

/** The same of an argument that has the form of an assignment: `declare NAME=value`. */
export function readArgument(argument: Word | Assignment, context: { place: Placing }): ShellWord {
  if (argument.type === 'Word') return readWord(argument, context);
  const part = context.place(argument.pos, argument.end);
  const text = `${argument.name}=`;
  if (argument.value.type !== 'Word') return { ...part, pieces: [text, null] };
  const value = readWord(argument.value, context);
  if (value.text !== undefined) return new TextWord(part, text + value.text);
  return { ...part, pieces: [text, ...value.pieces] };
}

/** The text of a word that holds nothing to expand. */
export function literalOf({ text }: ShellWord): string | undefined {
  return text;
}

/** The text of a word with its variables replaced; undefined when a part of it has no known value. */
export function resolveWord(
  { pieces }: ShellWord,
  lookup: (name: string) => string | undefined,
): string | undefined {
  let resolved = '';
  for (const piece of pieces) {
    const text = typeof piece === 'string' ? piece : piece === null ? undefined : lookup(piece.variable);
    if (text === undefined) return undefined;
    resolved += text;
  }
  return resolved;
}

/** `~` and `~/…` are the home folder, `~name` is that of somebody else. */
function tilde(value: string): WordPiece[] {
  if (value !== '~' && !value.startsWith('~/')) return [null];
  return [{ variable: 'HOME' }, value.slice(1)];
}

function homeOf(pieces: WordPiece[], { text }: Word): WordPiece[] {
  const [first, ...rest] = pieces;
  return text.startsWith('~') && typeof first === 'string' ? [...tilde(first), ...rest] : pieces;
}

function pieceOf(part: WordPart | DoubleQuotedChild): WordPiece[] {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [part.value];
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.length === 0 ? [''] : part.parts.flatMap(pieceOf);
    case 'SimpleExpansion':
      return [variable(part.text.slice(1))];
    case 'ParameterExpansion':
      return [
        part.operation === undefined && part.prefix === undefined && part.index === undefined
          ? variable(part.parameter)
          : null,
      ];
    default:
      return [null];
  }
}

function variable(name: string): WordPiece {
  return /^[A-Za-z_]\w*$/.test(name) ? { variable: name } : null;
}

/** The same for words that read the same. */
export function keyOf({ pieces }: ShellWord): string {
  return pieces
    .map((piece) => (typeof piece === 'string' ? piece : piece === null ? '?' : `\${${piece.variable}}`))
    .join('');
}
