import type { CommandFacts, VariableUse } from './commandFacts.ts';
import { bashBuiltinNames } from './programs.ts';
import type { ShellWord } from './word.ts';
import { isWrapper } from './wrappers.ts';

/** 1 for the characters that mean themselves wherever they stand in a word. */
const plain = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+,-=') {
  plain[character.charCodeAt(0)] = 1;
}
const quotedVariable = /"\$([A-Za-z_]\w*)"/y;
const [blank, doubleQuote, singleQuote, equals] = [32, 34, 39, 61];

const none: readonly never[] = [];
const noNames: ReadonlySet<string> = new Set();
const here: readonly ShellWord[] = [];
const keywords = new Set(
  'if then else elif fi do done case esac while until for in function select time coproc'.split(' '),
);

/**
 * The facts of a command that is one program and plain arguments: no operators, and of quoting and expansion only
 * `'…'` and `"$NAME"`. Most commands are, and need no parser; undefined for all others.
 */
export function readPlainCommand(text: string): CommandFacts | undefined {
  const words: ShellWord[] = [];
  const uses: VariableUse[] = [];
  for (let at = 0; at < text.length; ) {
    const word = readWord(text, at);
    if (word === undefined) return undefined;
    const { end, pieces } = word;
    if (end < text.length && text.charCodeAt(end) !== blank) return undefined;
    const [piece] = pieces;
    if (typeof piece === 'object' && piece !== null)
      uses.push({ name: piece.variable, start: at + 1, end: end - 1, isGuarded: false });
    words.push(word);
    at = end;
    while (text.charCodeAt(at) === blank) at++;
  }
  if (words.length === 0) return undefined;
  const [name, ...args] = words;
  const [piece] = name!.pieces;
  if (typeof piece !== 'string' || !isOrdinary(piece)) return undefined;
  return {
    isPlain: true,
    problems: none,
    bashSyntax: none,
    invocations: [
      { name: name!, args, folder: here, pathChanges: none, isConditional: false, isTolerated: false },
    ],
    redirections: none,
    folderChanges: none,
    uses,
    assignments: none,
    sets: noNames,
    functions: noNames,
    probedPrograms: noNames,
    probedPaths: noNames,
    readsForeignCode: false,
    background: none,
    shellSyntax: undefined,
  };
}

/** The word that begins at `start`, if it is a plain one. */
function readWord(text: string, start: number): ShellWord | undefined {
  const first = text.charCodeAt(start);
  if (first === doubleQuote) {
    quotedVariable.lastIndex = start;
    const name = quotedVariable.exec(text)?.[1];
    if (name === undefined) return undefined;
    return { start, end: quotedVariable.lastIndex, pieces: [{ variable: name }] };
  }
  if (first === singleQuote) {
    const close = text.indexOf("'", start + 1);
    if (close === -1) return undefined;
    const quoted = text.slice(start + 1, close);
    if (quoted.includes('\n')) return undefined;
    return { start, end: close + 1, pieces: [quoted] };
  }
  let end = start;
  if (first === equals) return undefined;
  while (plain[text.charCodeAt(end)] === 1) end++;
  return end === start ? undefined : { start, end, pieces: [text.slice(start, end)] };
}

/** Neither part of the language of the shell nor a program whose arguments are commands. */
function isOrdinary(program: string): boolean {
  return (
    !program.includes('=') &&
    !keywords.has(program) &&
    !isWrapper(program) &&
    !/^(?:ba|da|a|k|mk|z)?sh$|^find$|^which$|^whereis$/.test(program) &&
    (!bashBuiltinNames.has(program) || ['echo', 'true', 'false', 'pwd', 'printf'].includes(program))
  );
}
