import type { CommandContext } from '@executioner/core';
import type { LogsArguments } from './arguments.ts';
import type { LogsView } from './formats.ts';

/** Does what was asked for, writes the result and returns the exit code. */
export type LogsAction = (args: LogsArguments, context: CommandContext) => Promise<number>;

/** What can be shown, by the option or the word that asks for it; loaded when asked for. */
export const logsActions: Readonly<Record<LogsView, () => Promise<LogsAction>>> = {
  '--summary': async () => (await import('./summary.ts')).summaryAction,
  '--errors-only': async () => (await import('./errorsOnly.ts')).errorsOnlyAction,
  '--trends': async () => (await import('./trends.ts')).trendsAction,
  '--follow': async () => (await import('./follow.ts')).followAction,
  '--post-mortem': async () => (await import('./postMortem.ts')).postMortemAction,
  patterns: async () => (await import('./patterns.ts')).patternsAction,
  novelty: async () => (await import('./novelty.ts')).noveltyAction,
  bisect: async () => (await import('./bisect.ts')).bisectAction,
  retries: async () => (await import('./retries.ts')).retriesAction,
};

/** The words that may stand in the place of the first file. */
export const logsWords = ['patterns', 'novelty', 'bisect', 'retries'] as const satisfies readonly LogsView[];
