import type { CommandFacts, VariableUse } from './commandFacts.ts';
import { bashBuiltinNames } from './programs.ts';
import { type ShellWord, TextWord } from './word.ts';
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
  let name: ShellWord | undefined;
  const args: ShellWord[] = [];
  const uses: VariableUse[] = [];
  for (let at = 0; at < text.length; ) {
    const word = readWord(text, at, uses);
    if (word === undefined) return undefined;
    const { end } = word;
    if (end < text.length && text.charCodeAt(end) !== blank) return undefined;
    if (name === undefined) name = word;
    else args.push(word);
    at = end;
    while (text.charCodeAt(at) === blank) at++;
  }
  if (name?.text === undefined || !isOrdinary(name.text)) return undefined;
  return new PlainFacts(name, args, uses.length === 0 ? none : uses);
}

/** The facts of a plain command. What they all have in common is not kept for each. */
class PlainFacts implements CommandFacts {
  readonly invocations: CommandFacts['invocations'];
  readonly uses: readonly VariableUse[];

  constructor(name: ShellWord, args: readonly ShellWord[], uses: readonly VariableUse[]) {
    const invocation = {
      name,
      args,
      folder: here,
      pathChanges: none,
      isConditional: false,
      isTolerated: false,
    };
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
  get shellSyntax() {
    return undefined;
  }
}

/** The word that begins at `start`, if it is a plain one; the variable in it goes to `uses`. */
function readWord(text: string, start: number, uses: VariableUse[]): ShellWord | undefined {
  const first = text.charCodeAt(start);
  if (first === doubleQuote) {
    quotedVariable.lastIndex = start;
    const name = quotedVariable.exec(text)?.[1];
    if (name === undefined) return undefined;
    const end = quotedVariable.lastIndex;
    uses.push({ name, start: start + 1, end: end - 1, isGuarded: false });
    return { start, end, pieces: [{ variable: name }] };
  }
  if (first === singleQuote) {
    const close = text.indexOf("'", start + 1);
    if (close === -1) return undefined;
    const quoted = text.slice(start + 1, close);
    if (quoted.includes('\n')) return undefined;
    return new TextWord({ start, end: close + 1 }, quoted);
  }
  let end = start;
  if (first === equals) return undefined;
  while (plain[text.charCodeAt(end)] === 1) end++;
  return end === start ? undefined : new TextWord({ start, end }, text.slice(start, end));
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
