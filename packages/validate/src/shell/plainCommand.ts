import type { CommandFacts, Invocation, VariableUse } from './commandFacts.ts';
import { takesText } from './nestedText.ts';
import { bashBuiltinNames } from './programs.ts';
import { isRemote } from './remoteText.ts';
import { type ShellWord, TextWord } from './word.ts';
import { isWrapper } from './wrappers.ts';

/** 1 for the characters that mean themselves wherever they stand in a word. */
const plain = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+,-=') {
  plain[character.charCodeAt(0)] = 1;
}
/** 1 for the characters of a variable's name. */
const inName = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_') {
  inName[character.charCodeAt(0)] = 1;
}
const [blank, doubleQuote, dollar, singleQuote, digitZero, digitNine, equals] = [32, 34, 36, 39, 48, 57, 61];

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
  const nameEnd = wordEnd(text, 0);
  if (nameEnd === -1 || text.charCodeAt(0) === doubleQuote) return undefined;
  let uses: VariableUse[] | undefined;
  for (let at = nextWord(text, nameEnd); at < text.length; ) {
    const end = wordEnd(text, at);
    if (end === -1) return undefined;
    if (text.charCodeAt(at) === doubleQuote) {
      uses ??= [];
      uses.push({ name: text.slice(at + 2, end - 1), start: at + 1, end: end - 1, isGuarded: false });
    }
    at = nextWord(text, end);
  }
  const invocation = new PlainInvocation(text, nameEnd);
  return isOrdinary(invocation.name.text!) ? new PlainFacts(invocation, uses ?? none) : undefined;
}

/** The end of the plain word that begins at `start` and behind which another word or nothing comes; -1: there is none. */
function wordEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  let end: number;
  if (first === doubleQuote) end = endOfVariable(text, start);
  else if (first === singleQuote) end = endOfQuotation(text, start);
  else if (first === equals) return -1;
  else {
    end = start;
    while (plain[text.charCodeAt(end)] === 1) end++;
    if (end === start) return -1;
  }
  return end === text.length || text.charCodeAt(end) === blank ? end : -1;
}

/** `"$NAME"` */
function endOfVariable(text: string, start: number): number {
  if (text.charCodeAt(start + 1) !== dollar) return -1;
  const first = text.charCodeAt(start + 2);
  if (first >= digitZero && first <= digitNine) return -1;
  let end = start + 2;
  while (inName[text.charCodeAt(end)] === 1) end++;
  return end > start + 2 && text.charCodeAt(end) === doubleQuote ? end + 1 : -1;
}

/** `'…'` on one line */
function endOfQuotation(text: string, start: number): number {
  const close = text.indexOf("'", start + 1);
  if (close === -1) return -1;
  const lineBreak = text.indexOf('\n', start);
  return lineBreak !== -1 && lineBreak < close ? -1 : close + 1;
}

function nextWord(text: string, end: number): number {
  let at = end;
  while (text.charCodeAt(at) === blank) at++;
  return at;
}

/** The facts of a plain command. What they all have in common is not kept for each. */
class PlainFacts implements CommandFacts {
  readonly invocations: CommandFacts['invocations'];
  readonly uses: readonly VariableUse[];

  constructor(invocation: Invocation, uses: readonly VariableUse[]) {
    this.invocations = [invocation];
    this.uses = uses;
  }

  get isPlain() {
    return true;
  }
  get problems() {
    return none;
  }
  get bashSyntax() {
    return none;
  }
  get redirections() {
    return none;
  }
  get folderChanges() {
    return none;
  }
  get assignments() {
    return none;
  }
  get sets() {
    return noNames;
  }
  get functions() {
    return noNames;
  }
  get probedPrograms() {
    return noNames;
  }
  get probedPaths() {
    return noNames;
  }
  get readsForeignCode() {
    return false;
  }
  get background() {
    return none;
  }
  get finalPipe() {
    return undefined;
  }
  get shellSyntax() {
    return undefined;
  }
}

/** The one program of a plain command. Its arguments are cut out when somebody asks for them: for most nobody does. */
class PlainInvocation implements Invocation {
  readonly name: ShellWord;
  readonly #command: string;
  #args: readonly ShellWord[] | undefined;

  constructor(command: string, nameEnd: number) {
    this.#command = command;
    this.name = plainWord(command, 0, nameEnd);
  }

  get args(): readonly ShellWord[] {
    this.#args ??= plainWords(this.#command, this.name.end);
    return this.#args;
  }
  get folder() {
    return here;
  }
  get pathChanges() {
    return none;
  }
  get isConditional() {
    return false;
  }
  get isTolerated() {
    return false;
  }
}

function plainWords(command: string, start: number): readonly ShellWord[] {
  const words: ShellWord[] = [];
  for (let at = nextWord(command, start); at < command.length; ) {
    const end = wordEnd(command, at);
    words.push(plainWord(command, at, end));
    at = nextWord(command, end);
  }
  return words;
}

function plainWord(command: string, start: number, end: number): ShellWord {
  switch (command.charCodeAt(start)) {
    case doubleQuote:
      return { start, end, pieces: [{ variable: command.slice(start + 2, end - 1) }] };
    case singleQuote:
      return new TextWord({ start, end }, command.slice(start + 1, end - 1));
    default:
      return new TextWord({ start, end }, command.slice(start, end));
  }
}

/** Neither part of the language of the shell nor a program whose arguments are commands. */
function isOrdinary(program: string): boolean {
  return (
    !program.includes('=') &&
    !keywords.has(program) &&
    !isWrapper(baseName(program)) &&
    !/^(?:zsh|find|which|whereis)$/.test(program) &&
    !takesText(baseName(program)) &&
    !isRemote(baseName(program)) &&
    (!bashBuiltinNames.has(program) || ['echo', 'true', 'false', 'pwd', 'printf'].includes(program))
  );
}

function baseName(program: string): string {
  return program.slice(program.lastIndexOf('/') + 1);
}
