import { type Configuration, resolveEnvironment } from '@executioner/core';
import type { JournalEvent } from '../journal/index.ts';
import { type Notifier, notifier } from '../notify/index.ts';
import type { Masker } from '../output/index.ts';
import type { RunSummary, SummaryFold, SummarySources } from '../summary/index.ts';
import type { LogLine, TextLogWriter } from '../textlogs/index.ts';
import type { JobOutput } from './jobOutput.ts';
import type { StartOptions } from './run.ts';

/** Turns the events of a run into the messages that its configuration asks for. */
export interface Notifying {
  take(event: JournalEvent): void;
  /** Call when the logs of all jobs are complete; resolves when all messages have been sent or given up. */
  finish(): Promise<void>;
  /** Gives up all messages, also those that were to come. */
  abort(): void;
}

export interface NotifyingOptions {
  readonly configuration: Configuration;
  readonly options: StartOptions;
  readonly run: number;
  readonly attempt: number;
  readonly masker: Masker;
  readonly writer: TextLogWriter;
  readonly output: JobOutput;
  readonly fold: SummaryFold;
  readonly say: (lines: readonly LogLine[]) => void;
  readonly nowMs: () => number;
}

const silent: Notifying = { take() {}, async finish() {}, abort() {} };

export function notifying(parts: NotifyingOptions): Notifying {
  const { configuration, options, writer, output, fold } = parts;
  if (options.notify === false || !isAsked(configuration)) return silent;
  const sources: SummarySources = { log: writer.runLog, jobLog: writer.jobLog, lastLines: output.lastLines };
  const tellsFailures = configuration.notifications.some(
    ({ on }) => Array.isArray(on) && on.includes('job_failure'),
  );
  const pending = new Set<Promise<void>>();
  let ended = false;
  let messages: Notifier | undefined;
  const messenger = () => (messages ??= makeNotifier(parts));

  return {
    take(event) {
      if (event.type === 'run.started') messenger().started();
      if (event.type === 'run.finished') ended = true;
      if (event.type !== 'job.finished' || !tellsFailures) return;
      const { job } = event;
      const told = output.logged(job).then(() => {
        pending.delete(told);
        const failed = fold.failedJob(job, sources);
        if (failed !== undefined) messenger().jobFailed(failed);
      });
      pending.add(told);
    },
    async finish() {
      if (!ended) return;
      await Promise.all(pending);
      writer.flush();
      await messenger().finished(fold.summary(sources));
    },
    abort: () => messenger().abort(),
  };
}

function isAsked({ email, notifications }: Configuration): boolean {
  return email.addresses.length > 0 || notifications.length > 0;
}

function makeNotifier(parts: NotifyingOptions): Notifier {
  const { configuration, options, run, attempt, masker, writer, say, nowMs } = parts;
  const { applicationName: application, file } = configuration;
  const shared = configuration.jobs[0]?.env.filter(({ scope }) => scope === 'application') ?? [];
  const commandLine = { scope: 'command_line', variables: options.variables ?? {} } as const;
  const inherited = Object.fromEntries(
    Object.entries(options.environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return notifier({
    configuration,
    head: { application, run, attempt, file, log: writer.runLog },
    environment: resolveEnvironment([...shared, commandLine], inherited).variables,
    masker,
    logs: (summary) => logsOf(summary, configuration, writer),
    report: (level, message) => say([{ to: 'run', level, message, atMs: nowMs() }]),
  });
}

/** The run log, then those of failed jobs, then all others. */
function logsOf(summary: RunSummary, { jobs }: Configuration, writer: TextLogWriter): string[] {
  const logs = [
    summary.log,
    ...summary.failed.map(({ log }) => log),
    ...jobs.map(({ id }) => writer.jobLog(id)),
  ];
  return [...new Set(logs)];
}
