import type { CommandContext } from '@executioner/core';
import type { LogsArguments } from './arguments.ts';

/** Does what was asked for, writes the result and returns the exit code. */
export type LogsAction = (args: LogsArguments, context: CommandContext) => Promise<number>;

/** What `logs WORD …` can do besides looking at runs; loaded when asked for. */
export const logsActions: Readonly<Record<string, () => Promise<LogsAction>>> = {
  patterns: async () => (await import('./patterns.ts')).patternsAction,
  novelty: async () => (await import('./novelty.ts')).noveltyAction,
  bisect: async () => (await import('./bisect.ts')).bisectAction,
  retries: async () => (await import('./retries.ts')).retriesAction,
};

/** What can be shown of runs, by the option that asks for it; loaded when asked for. */
export const logsViews = {
  summary: async () => (await import('./summary.ts')).summaryAction,
  errorsOnly: async () => (await import('./errorsOnly.ts')).errorsOnlyAction,
  trends: async () => (await import('./trends.ts')).trendsAction,
  follow: async () => (await import('./follow.ts')).followAction,
  postMortem: async () => (await import('./postMortem.ts')).postMortemAction,
} as const satisfies Readonly<Record<string, () => Promise<LogsAction>>>;
