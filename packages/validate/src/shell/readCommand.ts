import { parse } from 'unbash';
import type { CommandFacts, Dialect } from './commandFacts.ts';
import { CommandReader } from './commandReader.ts';
import { readPlainCommand } from './plainCommand.ts';

/**
 * Reads the text of a command with a shell parser. Never throws, whatever the text; what cannot be parsed is in
 * `problems`, and the rest is read as far as it goes. Linear in the text.
 */
export function readCommand(text: string, dialect: Dialect): CommandFacts {
  const plain = readPlainCommand(text);
  if (plain !== undefined) return plain;
  const reader = new CommandReader(text, dialect);
  reader.readScript(parse(text));
  // What a substitution starts is met before the command that it stands in.
  if (!isSorted(reader.facts.invocations)) {
    reader.facts.invocations.sort((a, b) => a.name.start - b.name.start);
  }
  return reader.facts;
}

function isSorted(invocations: CommandFacts['invocations']): boolean {
  return invocations.every(
    ({ name }, index) => index === 0 || invocations[index - 1]!.name.start <= name.start,
  );
}

const dialects: Readonly<Record<string, Dialect>> = {
  sh: 'posix',
  dash: 'posix',
  ash: 'posix',
  busybox: 'posix',
  bash: 'bash',
  rbash: 'bash',
  ksh: 'other',
  mksh: 'other',
  zsh: 'other',
};

/** The language that a shell reads, by the last part of its path; undefined when it is none that is known here. */
export function dialectOf(shell: string): Dialect | undefined {
  return dialects[shell.slice(shell.lastIndexOf('/') + 1).replace(/\.exe$/, '')];
}
