import { CommandError } from '@executioner/core';

/** What each view and word of `logs` can be written as; the first is the default. */
export const logsFormats = {
  '--summary': ['text', 'json', 'md', 'html', 'csv', 'openmetrics', 'junit', 'otlp'],
  '--errors-only': ['text', 'json', 'md', 'html', 'csv'],
  '--trends': ['text', 'json', 'md', 'html', 'csv'],
  '--post-mortem': ['text', 'json', 'md', 'html'],
  '--follow': ['text', 'json'],
  patterns: ['text', 'json', 'md', 'html', 'csv'],
  novelty: ['text', 'json', 'md', 'html'],
  bisect: ['text', 'json', 'md', 'html'],
  retries: ['text', 'json', 'md', 'html'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type LogsView = keyof typeof logsFormats;

/** @throws CommandError FORMAT_CONFLICT when a view has no such format */
export function assertFormat(view: LogsView, format: string): void {
  const formats: readonly string[] = logsFormats[view];
  if (formats.includes(format)) return;
  const last = formats.at(-1);
  const others = Object.entries(logsFormats).flatMap(([name, each]) =>
    (each as readonly string[]).includes(format) ? [name] : [],
  );
  throw new CommandError('FORMAT_CONFLICT', `${view} cannot be written as ${format}`, {
    hint: `it has ${formats.slice(0, -1).join(', ')} and ${last}; ${format} is there for ${others.join(', ')}`,
  });
}
