import type { Dialect } from './commandFacts.ts';
import type { FactsBuilder } from './factsBuilder.ts';
import { nestedText, readsInput } from './nestedText.ts';
import type { Part } from './part.ts';
import { bashBuiltinNames, posixBuiltinNames } from './programs.ts';
import { readsInputElsewhere, remoteText, remoteWords } from './remoteText.ts';
import type { Scopes } from './scope.ts';
import { namesSetBy } from './setNames.ts';
import { keyOf, literalOf, type Placing, type ShellWord } from './word.ts';
import { isQuestion, type Unwrapped, unwrap } from './wrappers.ts';

export interface InvocationContext {
  readonly facts: FactsBuilder;
  readonly scopes: Scopes;
  readonly dialect: Dialect;
  /** Where in the text of the whole command a part of the text that is read stands. */
  place(start: number, end: number): Part;
  /** Reads the text of `sh -c` where this command stands; undefined: they are nested too deep. */
  readText(text: string, dialect: Dialect, place: Placing): FactsBuilder | undefined;
  /**
   * For each character of the literal text of a word of the command that is read, and for its end, the offset where it is
   * written; undefined where that cannot be told.
   */
  placesIn(word: ShellWord, length: number): readonly number[] | undefined;
  /** The text of a here-document that the command reads, as far as it is what a shell would see. */
  inputText(): InputText | undefined;
}

/** A text that a program is given as its input, and where it begins. */
export interface InputText {
  readonly text: string;
  readonly start: number;
}

/** Notes a program that is started with its arguments, and those that it starts in turn. */
export function readInvocation(
  name: ShellWord,
  args: readonly ShellWord[],
  context: InvocationContext,
): void {
  const { facts, scopes, dialect } = context;
  const program = literalOf(name);
  facts.addInvocation(name, args, scopes.current);
  if (program === undefined) return;
  if (['.', 'source', 'eval'].includes(program)) facts.readsForeignCode = true;
  if (dialect === 'posix' && bashBuiltinNames.has(program) && !posixBuiltinNames.has(program)) {
    facts.addBashSyntax({ what: program, start: name.start, end: name.end });
  }
  noteProbes(program, args, facts);
  for (const set of namesSetBy(program, args)) facts.addName('sets', set);

  const base = program.slice(program.lastIndexOf('/') + 1);
  const text = nestedText(base, args);
  if (text !== undefined) readText(base, text, context);
  else {
    const inner = unwrap(base, args);
    if (inner !== undefined) readInner(base, inner, context);
  }
  if (base === 'find') readFound(args, context);
  const elsewhere = remoteText(base, args);
  if (elsewhere !== undefined) readNested(elsewhere, 'other', context, 'syntax');
  const words = remoteWords(base, args);
  if (words !== undefined) readJoined(words, context);
  if (readsInput(base, args)) readInput(base, context, 'all');
  else if (readsInputElsewhere(base, args)) readInput(base, context, 'syntax');
}

/** The commands in a here-document that a shell reads: `bash <<EOF`, `ssh host <<EOF`. */
function readInput(program: string, context: InvocationContext, what: 'all' | 'syntax'): void {
  const { scopes } = context;
  const input = context.inputText();
  if (input === undefined) return;
  const { text, start } = input;
  scopes.apart(() => {
    if (program === 'su') {
      scopes.changePath(undefined);
      scopes.current.folder = undefined;
    }
    const dialect = what === 'all' ? dialectIn(program) : 'other';
    const place: Placing = (from, to) => context.place(start + from, start + to);
    readNestedText(text, { dialect, place, what }, context);
  });
}

/** Words that are joined by blanks before they are read. A place in them is that of the word. */
function readJoined(words: readonly ShellWord[], context: InvocationContext): void {
  const texts = words.map((word) => literalOf(word)!);
  const place: Placing = (start) => {
    let end = 0;
    const at = texts.findIndex((text) => {
      end += text.length + 1;
      return start < end;
    });
    const { start: from, end: to } = words[at === -1 ? words.length - 1 : at]!;
    return { start: from, end: to };
  };
  readNestedText(texts.join(' '), { dialect: 'other', place, what: 'syntax' }, context);
}

/** The text of another shell, in what the program changes for it. */
function readText(program: string, text: ShellWord, context: InvocationContext): void {
  const { scopes, dialect } = context;
  scopes.apart(() => {
    // Another user has other folders, and another PATH.
    if (program === 'su' || program === 'runuser') {
      scopes.changePath(undefined);
      scopes.current.folder = undefined;
    }
    if (program === 'trap') {
      scopes.current.isConditional = true;
      scopes.current.folder = undefined;
    }
    const isOwn = program === 'eval' || program === 'trap';
    readNested(text, isOwn ? dialect : dialectIn(program), context);
  });
}

function readInner(
  program: string,
  { name, args, changesPath, assigned }: Unwrapped,
  context: InvocationContext,
): void {
  const { facts, scopes, dialect } = context;
  for (const set of assigned) facts.addName('sets', set);
  scopes.apart(() => {
    if (changesPath) scopes.changePath(undefined);
    if (program === 'sudo' || program === 'doas') scopes.changePath(pathOfRoot);
    // flock file -c 'command'
    if (literalOf(name) === '-c' && args[0] !== undefined) readNested(args[0], dialect, context);
    else readInvocation(name, args, context);
  });
}

/** `sudo` looks in the folders of its `secure_path`, which hold those of the administrator's programs. */
const pathOfRoot: ShellWord = {
  start: 0,
  end: 0,
  pieces: [{ variable: 'PATH' }, ':/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin'],
};

/** `find … -exec command {} ;`: the command runs in a folder that find chooses, or once for each file. */
function readFound(args: readonly ShellWord[], context: InvocationContext): void {
  const { scopes } = context;
  args.forEach((word, index) => {
    const option = literalOf(word) ?? '';
    if (!/^-(?:exec|ok)(?:dir)?$/.test(option)) return;
    const rest = args.slice(index + 1);
    const end = rest.findIndex((next) => [';', '+'].includes(literalOf(next) ?? ''));
    const [name, ...inner] = end === -1 ? rest : rest.slice(0, end);
    if (name === undefined) return;
    scopes.apart(() => {
      if (option.endsWith('dir')) scopes.current.folder = undefined;
      readInvocation(name, inner, context);
    });
  });
}

/** Reads the text of `sh -c '…'` as a command of its own, with its places in this one. */
function readNested(
  word: ShellWord,
  dialect: Dialect,
  context: InvocationContext,
  what: 'all' | 'syntax' = 'all',
): void {
  const text = literalOf(word);
  if (text === undefined) return;
  const inside = context.placesIn(word, text.length);
  const place: Placing =
    inside === undefined
      ? () => ({ start: word.start, end: word.end })
      : (start, end) =>
          context.place(inside[Math.min(start, text.length)]!, inside[Math.min(end, text.length)]!);
  readNestedText(text, { dialect, place, what }, context);
}

/** Reads a text with its own shell. `syntax`: it runs elsewhere, so that what it names is none of our business. */
function readNestedText(
  text: string,
  {
    dialect,
    place,
    what,
  }: { readonly dialect: Dialect; readonly place: Placing; readonly what: 'all' | 'syntax' },
  context: InvocationContext,
): void {
  const { facts } = context;
  const nested = context.readText(text, dialect, place);
  if (nested === undefined) return;
  const shell = dialect === 'posix' ? 'sh' : 'bash';
  for (const problem of nested.problems) facts.addProblem({ nested: { shell, text }, ...problem });
  if (what === 'all') facts.absorb(nested);
}

function dialectIn(program: string): Dialect {
  return program === 'bash' ? 'bash' : ['sh', 'dash', 'watch'].includes(program) ? 'posix' : 'other';
}

/** What a command asks for before it uses it: `command -v jq`, `[ -f x ]`. */
function noteProbes(program: string, args: readonly ShellWord[], facts: FactsBuilder): void {
  if (program === '[' || program === 'test') {
    for (const word of args) facts.addName('probedPaths', keyOf(word));
  } else if (isQuestion(program, args)) {
    for (const word of args) {
      const text = literalOf(word);
      if (text !== undefined && !text.startsWith('-')) facts.addName('probedPrograms', text);
    }
  }
}
