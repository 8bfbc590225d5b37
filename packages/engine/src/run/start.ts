import { hostname } from 'node:os';
import type { Clock, Configuration } from '@executioner/core';
import { realDriver } from '../drivers/index.ts';
import { jobEnvironments, secretValues } from '../environment/index.ts';
import type { EngineIdentity, Event, JournalEvent, JournalState } from '../journal/index.ts';
import { journalEvent } from '../journal/index.ts';
import { launcherPath } from '../launcher/index.ts';
import { outputReader, secretMasker } from '../output/index.ts';
import { processIdentity } from '../runs/index.ts';
import { type Action, type Command, makePlan, type Plan } from '../scheduler/index.ts';
import { summaryFold } from '../summary/index.ts';
import { type LogLine, prepareLogFolders, textLog, textLogWriter } from '../textlogs/index.ts';
import { version } from '../version.ts';
import { checking } from './checking.ts';
import { eventStream } from './eventStream.ts';
import { jobOutput } from './jobOutput.ts';
import { launching } from './launching.ts';
import type { Run, RunResult, StartOptions } from './run.ts';
import { prepareWorkplace } from './workplace.ts';

/**
 * Starts a run of a valid configuration. Several runs may be under way in one process; signals of the process are left
 * alone, and nothing stays open after `result`.
 *
 * @throws CommandError before anything has started: `LOG_FOLDER` or `STATE_FOLDER` when one cannot be written.
 */
export function start(configuration: Configuration, options: StartOptions): Run {
  const clock = options.clock ?? machineClock;
  const environments = jobEnvironments(configuration, options);
  const masker = secretMasker(secretValues(configuration, environments));
  const folders = prepareLogFolders(configuration);
  const { folder, tokenSalt, openJournal } = prepareWorkplace(configuration, { ...options, masker });
  const { run } = folder;
  const plan = makePlan(configuration, { seed: run, ...options, run, tokenSalt });
  const journal = openJournal(plan.ids, journalState);

  const writer = textLogWriter({ configuration, folders, run, masker, onError: logError });
  const reader = outputReader({ onError: logError });
  const output = jobOutput({ reader, writer, masker, nowMs: clock.nowMs, onOutput: heard });
  const log = textLog(plan.jobs);
  const fold = summaryFold(plan.jobs);
  const stream = eventStream();

  let firstSeq = 1;
  const driver = realDriver({
    plan,
    clock,
    write(events, wallMs) {
      firstSeq = journal.nextSeq;
      return journal.write(events, wallMs);
    },
    onEvents: (events, wallMs) => publish(journalEvents(events, wallMs)),
    perform,
  });
  const processes = launching({
    configuration,
    environments,
    jobs: plan.jobs,
    run,
    launcher: {
      runFolder: folder.path,
      attempt: plan.attempt,
      entry: options.launcher ?? launcherPath(),
      env: options.environment,
    },
    output,
    take: driver.take,
    onProblem: (job, message) =>
      say([{ to: 'job', level: 'WARNING', message, job: job.id, atMs: clock.nowMs() }]),
  });
  const checks = checking(configuration, environments, { masker, checks: options.checks ?? [] });

  function journalEvents(events: readonly Event[], wallMs: number): JournalEvent[] {
    const t = new Date(wallMs).toISOString();
    return events.map((event, index) =>
      journalEvent(event, { v: 1, seq: firstSeq + index, t, run, attempt: plan.attempt }, plan.ids),
    );
  }

  function publish(events: readonly JournalEvent[]): void {
    say(events.flatMap((event) => log.lines(event)));
    for (const event of events) {
      fold.take(event);
      if (event.type === 'job.finished') output.finished(event.job, event.status !== 'succeeded');
      if (event.type === 'run.stopping' && event.why !== 'failure') checks.stop();
    }
    stream.push(events);
  }

  function say(lines: readonly LogLine[]): void {
    const ofJobs = lines.filter(({ to }) => to === 'job');
    const others = lines.filter(({ to }) => to !== 'job');
    output.write(ofJobs);
    writer.write(others);
    if (others.length > 0)
      options.onLog?.(others.map((line) => ({ ...line, message: masker(line.message) })));
  }

  function perform(action: Action): void {
    switch (action.type) {
      case 'launch':
        processes.launch(action);
        break;
      case 'signal':
        processes.signal(action.job, action.signal);
        break;
      case 'check': {
        const { job, phase, index } = action;
        void checks
          .check(plan.jobs[job]!, phase, index)
          .then((result) => driver.take({ type: 'checked', job, phase, index, ...result }));
        break;
      }
      case 'acquire':
        // Within a run the scheduler keeps locks apart, and no other run shares them yet.
        driver.take({ type: 'lock', job: action.job, granted: true });
    }
  }

  const silenceLimited = new Set(
    plan.jobs.filter((job) => job.noOutputTimeoutMs !== undefined).map((job) => job.id),
  );
  const heardAtMs = new Map<string, number>();
  function heard(job: string): void {
    if (!silenceLimited.has(job)) return;
    const nowMs = clock.monotonicMs();
    if (nowMs - (heardAtMs.get(job) ?? Number.NEGATIVE_INFINITY) < 1000) return;
    heardAtMs.set(job, nowMs);
    driver.take({ type: 'output', job: plan.numberById.get(job)! });
  }

  function journalState(state: JournalState): void {
    const message = state.blocked
      ? `The journal cannot be written, nothing new starts until it can: ${state.error.message}`
      : 'The journal is written again';
    say([{ to: 'run', level: state.blocked ? 'ERROR' : 'INFO', message, atMs: clock.nowMs() }]);
    if (!state.blocked) driver.journalWrites();
  }

  function logError(path: string, error: NodeJS.ErrnoException): void {
    const message = `Lines are missing from a log, since "${path}" cannot be used: ${error.message}`;
    options.onLog?.([{ to: 'terminal', level: 'ERROR', message, atMs: clock.nowMs() }]);
  }

  async function finish(): Promise<RunResult> {
    try {
      await driver.finished;
    } finally {
      await processes.close();
      await output.settled();
      await Promise.all([writer.close(), reader.close(), journal.close()]);
      stream.end();
    }
    const summary = fold.summary({ log: writer.runLog, jobLog: writer.jobLog, lastLines: output.lastLines });
    return { outcome: summary.outcome, exitCode: summary.exitCode, summary };
  }

  driver.take({
    type: 'start',
    application: configuration.applicationName,
    options: recordedOptions(configuration, plan, options),
    engine: engineIdentity(),
  });
  const result = finish();
  // Whoever asks for the result gets the rejection; a run that nobody waits for must not end the process.
  result.catch(() => {});

  const command = (value: Command) => driver.take({ type: 'command', command: value });
  const numberOf = (job: string) => {
    const number = plan.numberById.get(job);
    if (number === undefined) throw new RangeError(`there is no job "${job}" in this run`);
    return number;
  };
  return {
    id: run,
    attempt: plan.attempt,
    folder: folder.path,
    log: writer.runLog,
    events: { [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator]() },
    result,
    pause: (by = 'user') => command({ kind: 'pause', by }),
    resume: (by = 'user') => command({ kind: 'resume', by }),
    cancel: (by = 'user') => command({ kind: 'cancel', by }),
    kill: (by = 'user') => command({ kind: 'kill', by }),
    skip: (job, by = 'user') => command({ kind: 'skip', job: numberOf(job), by }),
    retry: (job, by = 'user') => command({ kind: 'retry', job: numberOf(job), by }),
    setWorkers: (workers, by = 'user') => command({ kind: 'workers', workers, by }),
    modify: (job, patch, by = 'user') => command({ kind: 'modify', job: numberOf(job), patch, by }),
  };
}

const machineClock: Clock = { nowMs: Date.now, monotonicMs: () => performance.now() };

/** What the journal says about how the run was asked for: no values of variables. */
function recordedOptions(
  configuration: Configuration,
  plan: Plan,
  options: StartOptions,
): Readonly<Record<string, unknown>> {
  return {
    file: configuration.file,
    parallel: options.parallel ?? configuration.parallel,
    on_failure: plan.onFailure,
    skip: [...(options.skip ?? [])],
    variables: Object.keys(options.variables ?? {}),
    ...(options.only === undefined ? {} : { selected: plan.ids }),
  };
}

function engineIdentity(): EngineIdentity {
  const { pid, ticks, bootId } = processIdentity();
  return {
    engine_pid: pid,
    host: hostname(),
    version,
    ...(ticks === undefined ? {} : { ticks }),
    ...(bootId === undefined ? {} : { boot_id: bootId }),
  };
}
