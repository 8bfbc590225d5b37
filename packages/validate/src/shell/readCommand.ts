import { parse } from 'unbash';
import type { CommandFacts, Dialect } from './commandFacts.ts';
import { CommandReader } from './commandReader.ts';
import { readPlainCommand } from './plainReader.ts';

/**
 * Reads the text of a command with a shell parser. Never throws, whatever the text; what cannot be parsed is in
 * `problems`, and the rest is read as far as it goes. Linear in the text.
 */
export function readCommand(text: string, dialect: Dialect): CommandFacts {
  return readPlainCommand(text, dialect) ?? parseCommand(text, dialect);
}

/** The same with the parser, whatever the text. */
export function parseCommand(text: string, dialect: Dialect): CommandFacts {
  const reader = new CommandReader(text, dialect);
  const script = parse(text);
  reader.readScript(script);
  reader.noteFinalPipe(script);
  reader.facts.sortInvocations();
  return reader.facts;
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

let lastShell: string | undefined;
let lastDialect: Dialect | undefined;

/** The language that a shell reads, by the last part of its path; undefined when it is none that is known here. */
export function dialectOf(shell: string): Dialect | undefined {
  // Most workflows have one shell for all jobs.
  if (shell !== lastShell) {
    lastShell = shell;
    lastDialect = dialects[shell.slice(shell.lastIndexOf('/') + 1).replace(/\.exe$/, '')];
  }
  return lastDialect;
}
