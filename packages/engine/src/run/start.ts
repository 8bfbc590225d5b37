import { type Clock, CommandError, type Configuration, jobEnvironments } from '@executioner/core';
import { type Begun, realDriver } from '../drivers/index.ts';
import { type RunSecrets, secretValues } from '../environment/index.ts';
import {
  type Event,
  type JournalEvent,
  type JournalState,
  type JournalWriter,
  journalEvent,
} from '../journal/index.ts';
import { findFates, idleLauncher, launcherPath } from '../launcher/index.ts';
import { lockKeeper } from '../locks/index.ts';
import { outputReader, secretMasker } from '../output/index.ts';
import { forecaster } from '../progress/index.ts';
import { type Action, type Input, initialState, makePlan, type Plan, step } from '../scheduler/index.ts';
import { summaryFold } from '../summary/index.ts';
import { type LogLine, prepareLogFolders, textLog, textLogWriter } from '../textlogs/index.ts';
import { checking, readsOutput } from './checking.ts';
import { runCommands } from './commands.ts';
import { eventStream } from './eventStream.ts';
import { jobOutput } from './jobOutput.ts';
import { type Launching, launching } from './launching.ts';
import { notifying } from './notifying.ts';
import { presentJobs } from './presentJobs.ts';
import { engineIdentity, recordedOptions } from './recorded.ts';
import type { Run, RunResult, StartOptions } from './run.ts';
import { securityWarnings } from './security.ts';
import { silenceBreaker } from './silence.ts';
import type { Succession } from './succession.ts';
import { beginAttempt } from './underWay.ts';
import { prepareWorkplace } from './workplace.ts';

/**
 * Starts a run of a valid configuration. Several runs may be under way in one process; signals of the process are left
 * alone, and nothing stays open after `result`.
 *
 * @throws CommandError before anything has started: `WORKING_FOLDER` when that is missing, `LOG_FOLDER` or `STATE_FOLDER`
 * when one cannot be written, `SECURITY` when the policy is `strict` and refuses a command, `LAUNCHER` when there is no room
 * for the process that starts the jobs.
 */
export function start(configuration: Configuration, options: StartOptions): Run {
  return conduct(configuration, options);
}

/** Runs an attempt: the first one of a run or, with a succession, a later one. */
export function conduct(configuration: Configuration, options: StartOptions, succession?: Succession): Run {
  const clock = options.clock ?? machineClock;
  const launcherEntry = options.launcher ?? launcherPath();
  const security = securityWarnings(configuration);
  const environments = jobEnvironments(configuration, options);
  const secrets = secretValues(configuration, environments, options.environment);
  const masker = secretMasker(secrets.values);
  const folders = prepareLogFolders(configuration);
  const { folder, stateFolder, tokenSalt, definitionHash, openJournal } = prepareWorkplace(configuration, {
    ...options,
    masker,
    succession,
  });
  const { run } = folder;
  const plan = makePlan(configuration, {
    seed: run,
    ...options,
    run,
    attempt: succession?.attempt ?? 1,
    tokenSalt,
    definitionHash,
  });
  const startInput = {
    type: 'start',
    application: configuration.applicationName,
    options: recordedOptions(configuration, plan, options),
    engine: engineIdentity(),
  } as const;
  const begun = succession && begin(plan, startInput, succession, clock.nowMs());
  const journal = openJournal(plan.ids, journalState, begun);

  const writer = textLogWriter({ configuration, folders, run, masker, onError: logError, onLost: logLost });
  const reader = outputReader({ masker, onError: outputError });
  const ownChecks = options.checks ?? [];
  const output = jobOutput({
    reader,
    writer,
    nowMs: clock.nowMs,
    onOutput: (job) => heard(job),
    isKept: (job) => readsOutput(plan.jobs[plan.numberById.get(job)!]!, ownChecks),
  });
  const log = textLog(plan.jobs);
  const fold = summaryFold(plan.jobs);
  const stream = eventStream();

  let firstSeq = succession?.firstSeq ?? 1;
  const driver = realDriver({
    plan,
    clock,
    write(events, wallMs) {
      firstSeq = journal.nextSeq;
      return journal.write(present.shown(events), wallMs);
    },
    onEvents(events, wallMs) {
      present.take(events);
      publish(journalEvents(present.shown(events), wallMs));
    },
    perform,
    // No job is stopped for a silence that is only ours.
    ...(plan.noOutputMs.some((limitMs) => limitMs > 0) ? { beforeTick: reader.hear } : {}),
    ...(begun === undefined ? {} : { begun }),
  });
  const present = presentJobs({ configuration, plan, masker, definitionHash, take: driver.take });
  const processes = launcherOr(journal, () =>
    launching({
      configuration,
      environments,
      jobs: present.jobs,
      run,
      startLauncher: (listener) =>
        (options.idleLauncher ?? idleLauncher({ entry: launcherEntry, env: options.environment })).serve(
          { runFolder: folder.path, attempt: plan.attempt },
          listener,
        ),
      fates: () => findFates(folder.path, { attempts: [plan.attempt] }),
      output,
      masker,
      take: driver.take,
      onProblem: (job, message) =>
        say([{ to: 'job', level: 'WARNING', message, job: job.id, atMs: clock.nowMs() }]),
    }),
  );
  const predecessors = succession?.takeOver({
    plan,
    reader,
    writer,
    masker,
    output,
    take: driver.take,
    nowMs: clock.nowMs,
    onError: outputError,
  });
  const forecasts = forecaster({
    plan,
    state: driver.state,
    nowMs: driver.nowMs,
    monotonicMs: clock.monotonicMs,
  });
  const heard = silenceBreaker(plan, clock.monotonicMs, driver.take);
  const checks = checking(configuration, environments, {
    masker,
    checks: ownChecks,
    outputOf: output.ofLastTry,
  });

  const locks = lockKeeper({
    stateFolder,
    run,
    attempt: plan.attempt,
    application: configuration.applicationName,
    granted: (job) => driver.take({ type: 'lock', job: plan.numberById.get(job)!, granted: true }),
    refused(job, why) {
      const message = `Job ${job} cannot take its locks: ${why}`;
      say([{ to: 'run', level: 'ERROR', message, job, atMs: clock.nowMs() }]);
      driver.take({ type: 'lock', job: plan.numberById.get(job)!, granted: false });
    },
    waiting(job, lock, { run, application, job: holder }) {
      const message = `Job ${job} waits for lock "${lock}", held by run ${run} (${application}), job ${holder}`;
      say([{ to: 'run', level: 'INFO', message, job, atMs: clock.nowMs() }]);
    },
  });

  const notifications = notifying({
    configuration,
    options,
    run,
    attempt: plan.attempt,
    masker,
    writer,
    output,
    fold,
    say,
    nowMs: clock.nowMs,
  });

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
      forecasts.take(event);
      if (event.type === 'job.finished') output.finished(event.job, event.status !== 'succeeded');
      notifications.take(event);
      if (event.type === 'run.stopping' && event.why !== 'failure') checks.stop();
    }
    stream.push(events);
  }

  function warn(messages: readonly string[]): void {
    say(messages.map((message) => ({ to: 'run', level: 'WARNING', message, atMs: clock.nowMs() })));
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
        if (predecessors?.signal(action.job, action.signal) !== true)
          processes.signal(action.job, action.signal);
        break;
      case 'check': {
        const { job, phase, index } = action;
        void checks
          .check(present.jobs[job]!, phase, index)
          .then((result) => driver.take({ type: 'checked', job, phase, index, ...result }));
        break;
      }
      case 'acquire':
        locks.acquire(plan.ids[action.job]!, action.locks);
        break;
      case 'release':
        locks.release(plan.ids[action.job]!);
    }
  }

  function journalState(state: JournalState): void {
    const message = state.blocked
      ? `The journal cannot be written, nothing new starts until it can: ${state.error.message}`
      : 'The journal is written again';
    say([{ to: 'run', level: state.blocked ? 'ERROR' : 'INFO', message, atMs: clock.nowMs() }]);
    if (!state.blocked) driver.journalWrites();
  }

  function logError(path: string, { message }: NodeJS.ErrnoException): void {
    sayShown(`"${path}" cannot be written: ${message}`);
  }

  function logLost(path: string): void {
    sayShown(`The end of "${path}" is missing; a resume of the run adds it`);
  }

  function outputError(path: string, { message }: NodeJS.ErrnoException): void {
    sayShown(`Lines are missing from a log, since "${path}" cannot be used: ${message}`);
  }

  /** What is wrong with a log cannot be told in a log. */
  function sayShown(message: string): void {
    options.onLog?.([{ to: 'terminal', level: 'ERROR', message, atMs: clock.nowMs() }]);
  }

  async function finish(): Promise<RunResult> {
    const end = beginAttempt(folder.path, plan.attempt);
    try {
      await driver.finished;
    } catch (error) {
      processes.kill();
      predecessors?.kill();
      const message = `The engine has failed, running jobs are killed: ${(error as Error).message}`;
      say([{ to: 'run', level: 'ERROR', message, atMs: clock.nowMs() }]);
      throw error;
    } finally {
      await processes.close();
      await locks.close();
      await output.settled();
      // Raw output goes last: as long as the journal may lose an end, a resume may need it.
      await journal.close();
      await reader.close({ keep: !writer.isWhole() });
      predecessors?.close({ keep: !writer.isWhole() });
      stream.end();
      await notifications.finish();
      writer.close();
      end();
    }
    const summary = fold.summary({ log: writer.runLog, jobLog: writer.jobLog, lastLines: output.lastLines });
    return { outcome: summary.outcome, exitCode: summary.exitCode, summary };
  }

  warn([...security, ...unmaskedWarning(secrets)]);
  if (begun === undefined) driver.take(startInput);
  else driver.begin();
  const result = finish();
  // Whoever asks for the result gets the rejection; a run that nobody waits for must not end the process.
  result.catch(() => {});

  const commands = runCommands(plan, driver.take, present.modify);
  return {
    id: run,
    attempt: plan.attempt,
    folder: folder.path,
    log: writer.runLog,
    events: { [Symbol.asyncIterator]: () => stream[Symbol.asyncIterator]() },
    result,
    forecast: forecasts.forecast,
    ...commands,
    kill(by) {
      commands.kill(by);
      notifications.abort();
    },
  };
}

function unmaskedWarning({ unmaskable }: RunSecrets): string[] {
  if (unmaskable.length === 0) return [];
  const names = unmaskable.join(', ');
  return [
    `Not masked, since values under 4 characters, and such as true or none, would hide too much: ${names}`,
  ];
}

/** The launcher is the last thing that may be missing: without it the attempt lets go of its journal. */
function launcherOr(journal: JournalWriter, begin: () => Launching): Launching {
  try {
    return begin();
  } catch (error) {
    journal.abandon();
    throw new CommandError(
      'LAUNCHER',
      `the process that starts the jobs cannot be made: ${(error as Error).message}`,
      {
        hint: 'see whether the limits on processes and open files leave room: ulimit -u, ulimit -n',
        cause: error,
      },
    );
  }
}

/** The first events of a resume, which are written with its claim. */
function begin(
  plan: Plan,
  input: Omit<Extract<Input, { readonly type: 'start' }>, 'nowMs'>,
  succession: Succession,
  wallMs: number,
): Begun {
  const state = initialState(plan);
  const events = step(state, plan, { ...input, nowMs: 0, inherited: succession.inherit(plan, wallMs) });
  return { state, events, wallMs };
}

const machineClock: Clock = { nowMs: Date.now, monotonicMs: () => performance.now() };
