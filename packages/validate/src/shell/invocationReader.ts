import type { Dialect } from './commandFacts.ts';
import type { FactsBuilder } from './factsBuilder.ts';
import { nestedText } from './nestedText.ts';
import type { Part } from './part.ts';
import { bashBuiltinNames, posixBuiltinNames } from './programs.ts';
import { remoteText } from './remoteText.ts';
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
  const { facts } = context;
  const text = literalOf(word);
  if (text === undefined) return;
  const inside = context.placesIn(word, text.length);
  const nested = context.readText(
    text,
    dialect,
    inside === undefined
      ? () => ({ start: word.start, end: word.end })
      : (start, end) =>
          context.place(inside[Math.min(start, text.length)]!, inside[Math.min(end, text.length)]!),
  );
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
