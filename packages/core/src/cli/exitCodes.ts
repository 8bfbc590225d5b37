/** What a command's exit status says; a command ended by signal n exits with 128 + n. */
export const exitCodes = {
  /** Done, and nothing was found. */
  done: 0,
  /** Findings: errors in a configuration, failed jobs, differences that were asked for. */
  findings: 1,
  /** Wrong usage, unreadable input, unwritable output, or a configuration that cannot be used. */
  usage: 2,
  /** An error of ours: the message says how to report it. */
  internal: 70,
} as const;

/** The exit status of a command that `signal` ended: `exitCodeOfSignal('SIGINT')` is 130. */
export function exitCodeOfSignal(signal: 'SIGHUP' | 'SIGINT' | 'SIGTERM'): number {
  return { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal];
}

/** The table as help and documents print it. */
export const exitCodeMeanings: readonly (readonly [code: string, meaning: string])[] = [
  ['0', 'done, and nothing was found'],
  ['1', 'findings: errors in a configuration, failed jobs, differences asked for'],
  ['2', 'wrong usage, unreadable input or a configuration that cannot be used'],
  ['70', 'an error in executioner itself'],
  ['128+n', 'stopped by signal n (130: Ctrl-C, 143: terminated)'],
];
