import type { CommandContext } from '@executioner/core';

/**
 * Asks a question on standard error and reads one line from standard input, a terminal or a pipe: whether it begins with
 * y. Anything else, and an input that has ended, is no.
 */
export async function ask(question: string, { io }: CommandContext): Promise<boolean> {
  io.stderr.write(`${question} [y/N] `);
  let answer = '';
  for await (const chunk of io.stdin) {
    answer += Buffer.from(chunk).toString();
    if (answer.includes('\n')) break;
  }
  if (!io.stdin.isTTY) io.stderr.write('\n');
  return /^\s*y/i.test(answer);
}
