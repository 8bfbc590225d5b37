import type { Command } from './command.ts';
import { CommandError } from './commandError.ts';
import { type CompletionShell, completionScript, completionShells } from './completionScript.ts';
import { exitCodes } from './exitCodes.ts';
import type { CommandIo } from './io.ts';
import type { OptionSpec, PositionalSpec } from './options.ts';
import type { Program } from './program.ts';
import { dashed, type Spelling, spellingsOf } from './spellings.ts';
import { allOptions, optionsBeforeCommand } from './usage.ts';

/** What completion is asked for: a program of commands, or a program that is one command. */
export type CompletionRoot =
  | { readonly kind: 'program'; readonly program: Program }
  | { readonly kind: 'tool'; readonly name: string; readonly command: Command };

/** What TAB offers: words, and whether the shell adds the names of files or folders. */
export interface Completion {
  readonly paths: 'none' | 'file' | 'folder';
  readonly words: readonly { readonly word: string; readonly summary: string }[];
}

/**
 * `completion SHELL` prints the script a shell loads; `__complete WORD…` is what the script asks: the words after the
 * program's name, the last of them being typed. The answer is a line for paths, then a line per word, `word<TAB>summary`.
 *
 * @throws CommandError USAGE if the shell is unknown
 */
export async function completionMain(
  root: CompletionRoot,
  word: string,
  words: readonly string[],
  io: CommandIo,
): Promise<number> {
  if (word === 'completion') {
    const shell = shellOf(words[0], root);
    io.stdout.write(completionScript(shell, { program: nameOf(root), asks: `${callOf(root)} ${shell}` }));
    return exitCodes.done;
  }
  const { paths, words: offered } = await complete(root, words, io);
  const lines = offered.map((offer) => `${offer.word}\t${offer.summary}`);
  io.stdout.write(`${[paths, ...lines].join('\n')}\n`);
  return exitCodes.done;
}

function nameOf(root: CompletionRoot): string {
  return root.kind === 'program' ? root.program.name : root.name;
}

function callOf(root: CompletionRoot): string {
  return root.kind === 'program' ? `${nameOf(root)} completion` : `${nameOf(root)} --completion`;
}

function shellOf(word: string | undefined, root: CompletionRoot): CompletionShell {
  const shell = completionShells.find((known) => known === word);
  if (shell !== undefined) return shell;
  throw new CommandError(
    'USAGE',
    `completion is for ${completionShells.join(', ')}${word === undefined ? '' : `, not "${word}"`}`,
    {
      hint: `for bash, put this into ~/.bashrc: source <(${callOf(root)} bash)`,
    },
  );
}

/** What can stand for the last of `words`, the ones before it being complete. */
export async function complete(
  root: CompletionRoot,
  words: readonly string[],
  io: CommandIo,
): Promise<Completion> {
  const before = words.slice(0, -1).filter((word) => word !== '=');
  const current = words.at(-1) === '=' ? '' : (words.at(-1) ?? '');
  if (root.kind === 'tool') return await completeCommand(root.command, before, current, io);
  const position = before.findIndex((word) => !optionsBeforeCommand.has(word));
  const { program } = root;
  if (position < 0) return firstWord(program, current, io);
  if (before[position] === 'completion')
    return offer(
      completionShells.map((word) => ({ word, summary: '' })),
      current,
    );
  if (before[position] === 'help') return offer(commandWords(program), current);
  const entry = program.commands.find(({ name }) => name === before[position]);
  if (entry !== undefined)
    return await completeCommand(await entry.load(), before.slice(position + 1), current, io);
  const fallback = program.commands.find(({ name }) => name === program.defaultCommand);
  return fallback === undefined ? nothing : await completeCommand(await fallback.load(), before, current, io);
}

const nothing: Completion = { paths: 'none', words: [] };

async function firstWord(program: Program, current: string, io: CommandIo): Promise<Completion> {
  const fallback = program.commands.find(({ name }) => name === program.defaultCommand);
  if (current.startsWith('-') && fallback !== undefined)
    return await completeCommand(await fallback.load(), [], current, io);
  const builtIn = [
    { word: 'help', summary: 'explain a command' },
    { word: 'completion', summary: 'print the completion script of a shell' },
  ];
  return {
    ...offer([...commandWords(program), ...builtIn], current),
    paths: fallback === undefined ? 'none' : 'file',
  };
}

function commandWords(program: Program): Completion['words'] {
  return program.commands.map(({ name, summary }) => ({ word: name, summary }));
}

async function completeCommand(
  command: Command,
  before: readonly string[],
  current: string,
  io: CommandIo,
): Promise<Completion> {
  const spellings = spellingsOf(allOptions(command));
  const inline = /^(--[^=]+=)(.*)$/s.exec(current);
  if (inline !== null) {
    const option = optionOf(inline[1]!.slice(0, -1), spellings);
    const completion = option === undefined ? nothing : await completeValue(option, before, inline[2]!, io);
    return {
      ...completion,
      words: completion.words.map(({ word, summary }) => ({ word: inline[1]! + word, summary })),
    };
  }
  const pending = optionOf(before.at(-1) ?? '', spellings);
  if (pending !== undefined && pending.type !== 'flag')
    return await completeValue(pending, before, current, io);
  if (current.startsWith('-')) return offer(optionWords(spellings), current);
  const positional = positionalAt(command, before, spellings);
  return positional === undefined ? nothing : await completePath(positional, before, current, io);
}

function optionOf(word: string, spellings: ReadonlyMap<string, Spelling>): OptionSpec | undefined {
  return /^--?[^-]/.test(word) ? spellings.get(word.replace(/^-+/, ''))?.option : undefined;
}

function optionWords(spellings: ReadonlyMap<string, Spelling>): Completion['words'] {
  return [...spellings]
    .filter(([key, { kind, option }]) => key.length > 1 && kind !== 'deprecated' && option.hidden !== true)
    .map(([key, { option }]) => ({ word: dashed(key), summary: option.summary }));
}

async function completeValue(
  option: OptionSpec,
  before: readonly string[],
  current: string,
  io: CommandIo,
): Promise<Completion> {
  if (option.type === 'choice')
    return offer(
      option.choices.map((word) => ({ word, summary: '' })),
      current,
    );
  if (option.type === 'flag') return nothing;
  if (option.type === 'list' && option.commas !== false && current.includes(',')) {
    const done = current.slice(0, current.lastIndexOf(',') + 1);
    const completion = await completePath(option, before, current.slice(done.length), io);
    return {
      ...completion,
      words: completion.words.map(({ word, summary }) => ({ word: done + word, summary })),
    };
  }
  return await completePath(option, before, current, io);
}

async function completePath(
  spec: Pick<PositionalSpec, 'complete'>,
  before: readonly string[],
  current: string,
  io: CommandIo,
): Promise<Completion> {
  if (spec.complete === undefined) return nothing;
  if (typeof spec.complete === 'string') return { paths: spec.complete, words: [] };
  // Completion must never disturb the command line: what cannot be found out is not offered.
  const values = await spec.complete(before, io).catch(() => []);
  return offer(
    values.map((word) => ({ word, summary: '' })),
    current,
  );
}

function positionalAt(
  command: Command,
  before: readonly string[],
  spellings: ReadonlyMap<string, Spelling>,
): PositionalSpec | undefined {
  const takesNext = (word: string | undefined): boolean => {
    const option = optionOf(word ?? '', spellings);
    return option !== undefined && option.type !== 'flag' && word?.includes('=') === false;
  };
  const index = before.filter((word, place) => !/^-./.test(word) && !takesNext(before[place - 1])).length;
  const specs = Object.values(command.positionals);
  const last = specs.at(-1);
  return specs[index] ?? (last?.variadic === true ? last : undefined);
}

function offer(words: Completion['words'], current: string): Completion {
  return { paths: 'none', words: words.filter(({ word }) => word.startsWith(current)) };
}
