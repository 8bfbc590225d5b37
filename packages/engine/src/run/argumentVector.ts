import { type Configuration, type Environment, interpolate, type Job } from '@executioner/core';

export type ArgumentVector =
  | { readonly ok: true; readonly argv: readonly string[] }
  | { readonly ok: false; readonly message: string };

/**
 * What is executed for a job: its shell with the command as it was written or, where `allow_shell` is false, the words of
 * the command with `${NAME}` replaced inside each.
 */
export function argumentVector(
  job: Job,
  configuration: Configuration,
  environment: Environment,
): ArgumentVector {
  if (configuration.allowShell) {
    return { ok: true, argv: [job.shell ?? configuration.shell ?? '/bin/sh', '-c', job.command] };
  }
  const words = splitWords(job.command);
  if (words === undefined) return { ok: false, message: `the command has an unclosed quote: ${job.command}` };
  if (words.length === 0)
    return { ok: false, message: 'the command is empty, and there is no shell to run it' };
  return { ok: true, argv: words.map((word) => interpolate(word, (name) => environment[name]).text) };
}

/**
 * Splits at white space as a POSIX shell does, with its single quotes, double quotes and backslashes, and nothing else of
 * it. Undefined when a quote is not closed.
 */
export function splitWords(command: string): string[] | undefined {
  const part = /\s+|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)/gy;
  const words: string[] = [];
  let word: string | undefined;
  for (;;) {
    const start = part.lastIndex;
    const match = part.exec(command);
    if (match === null) {
      if (start < command.length) return undefined;
      if (word !== undefined) words.push(word);
      return words;
    }
    const [, single, double, escaped, plain] = match;
    const text = single ?? double?.replace(/\\([\\"$`\n])/g, '$1') ?? escaped ?? plain;
    if (text !== undefined) {
      word = (word ?? '') + text;
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
}
