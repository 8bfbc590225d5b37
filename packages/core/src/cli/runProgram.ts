import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { nearest } from '../diagnostics/index.ts';
import { callName } from './callName.ts';
import { CommandError } from './commandError.ts';
import { exitCodes } from './exitCodes.ts';
import { programHelp } from './help.ts';
import type { CommandIo } from './io.ts';
import { colorsEnabled, palette } from './palette.ts';
import type { CommandEntry, Program } from './program.ts';
import { askedColor, showError } from './showError.ts';
import { optionsBeforeCommand } from './usage.ts';

/**
 * Runs a program of several commands and returns the exit code. Nothing is loaded but the command that is asked for;
 * help and version need none. Never throws.
 */
export async function runProgram(program: Program, argv: readonly string[], io: CommandIo): Promise<number> {
  const leading = argv.findIndex((word) => !optionsBeforeCommand.has(word));
  const position = leading < 0 ? argv.length : leading;
  const word = argv[position];
  const rest = [...argv.slice(0, position), ...argv.slice(position + 1)];
  try {
    if (word === undefined) return showHelp(program, argv, io, io.stderr, exitCodes.usage);
    if (word === '--help' || word === '-h') return showHelp(program, argv, io, io.stdout, exitCodes.done);
    if (word === '--version') return print(io, `${program.name} ${program.version}\n`);
    if (word === 'help') return await help(program, rest, io);
    if (word === 'completion' || word === '__complete')
      return await complete(program, word, argv.slice(position + 1), io);
    const entry = program.commands.find(({ name }) => name === word);
    if (entry !== undefined) return await run(program, entry, rest, io);
    const fallback = program.commands.find(({ name }) => name === program.defaultCommand);
    if (fallback !== undefined && (await isForDefaultCommand(word, io.cwd)))
      return await run(program, fallback, argv, io);
    throw unknownCommand(program, word, io);
  } catch (error) {
    return showError(error, argv, io, { calledAs: callName(program.name, io.env), version: program.version });
  }
}

function showHelp(
  program: Program,
  argv: readonly string[],
  io: CommandIo,
  sink: CommandIo['stdout'],
  exitCode: number,
): number {
  const colors = palette(colorsEnabled(sink, io.env, askedColor(argv)));
  const calledAs = callName(program.name, io.env);
  sink.write(programHelp(program, { calledAs, columns: sink.columns ?? 80, colors }));
  return exitCode;
}

function print(io: CommandIo, text: string): number {
  io.stdout.write(text);
  return exitCodes.done;
}

/** `help run` is `run --help`. */
async function help(program: Program, words: readonly string[], io: CommandIo): Promise<number> {
  const name = words.find((word) => !word.startsWith('-'));
  if (name === undefined) return showHelp(program, words, io, io.stdout, exitCodes.done);
  const entry = program.commands.find((command) => command.name === name);
  if (entry === undefined) throw unknownCommand(program, name, io);
  return await run(program, entry, [...words.filter((word) => word !== name), '--help'], io);
}

async function run(
  program: Program,
  entry: CommandEntry,
  argv: readonly string[],
  io: CommandIo,
): Promise<number> {
  const [command, { runCommand }] = await Promise.all([entry.load(), import('./runCommand.ts')]);
  return await runCommand(command, argv, io, {
    calledAs: `${callName(program.name, io.env)} ${entry.name}`,
    name: program.name,
    version: program.version,
  });
}

async function complete(
  program: Program,
  word: string,
  words: readonly string[],
  io: CommandIo,
): Promise<number> {
  const { completionMain } = await import('./completion.ts');
  return await completionMain({ kind: 'program', program }, word, words, io);
}

/** An option, a file that exists, or what can only be meant as a file: the error is then about the file. */
async function isForDefaultCommand(word: string, cwd: string): Promise<boolean> {
  if (word.startsWith('-') || /[/\\]|\.(json|jsonc|ya?ml)$/i.test(word)) return true;
  return (await stat(resolve(cwd, word)).catch(() => undefined)) !== undefined;
}

function unknownCommand(program: Program, word: string, { env }: CommandIo): CommandError {
  const calledAs = callName(program.name, env);
  const likely = nearest(word, [...program.commands.map(({ name }) => name), 'help', 'completion']);
  const hint =
    likely === undefined ? `${calledAs} --help lists the commands` : `did you mean "${calledAs} ${likely}"?`;
  return new CommandError('UNKNOWN_COMMAND', `there is no command "${word}"`, { hint });
}
