import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Configuration, load, nodeHost } from '@executioner/core';
import type { JournalEvent } from '../../src/journal/index.ts';
import { type Run, type RunResult, type StartOptions, start } from '../../src/run/index.ts';
import { removeFolder } from '../removeFolder.ts';

/** A folder for one test, with what a run leaves in it. */
export interface Rig {
  readonly folder: string;
  /** A configuration of version 2 with these jobs, in this folder. */
  configuration(jobs: readonly object[], settings?: object): Configuration;
  /** How runs in this folder are started. */
  options(): Pick<StartOptions, 'environment' | 'stateFolder'>;
  start(configuration: Configuration, options?: Partial<StartOptions>): Running;
  /** Starts and waits for the end. */
  run(jobs: readonly object[], settings?: object, options?: Partial<StartOptions>): Promise<Finished>;
  /** A text in this folder. */
  read(...path: string[]): string;
  /** The lines of a job's log without stamps. */
  jobLog(job: string, run?: number): string[];
  remove(): void;
}

export interface Running extends Run {
  /** Collected from the beginning; complete when `result` has resolved. */
  readonly seen: readonly JournalEvent[];
  /** Resolves with the first event of a type, of a job if one is given. */
  next(type: JournalEvent['type'], job?: string): Promise<JournalEvent>;
}

export interface Finished extends RunResult {
  readonly events: readonly JournalEvent[];
  /** Outcomes by job. */
  readonly outcomes: Readonly<Record<string, string>>;
  readonly folder: string;
}

export function makeRig(): Rig {
  const folder = mkdtempSync(join(tmpdir(), 'engine-run-'));
  const rig: Rig = {
    folder,
    configuration(jobs, settings = {}) {
      const text = JSON.stringify({
        version: 2,
        application_name: 'app',
        working_dir: folder,
        jobs,
        ...settings,
      });
      const result = load({ file: join(folder, 'workflow.json'), text }, nodeHost(folder, folder));
      if (result.state === 'valid') return result.configuration;
      throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
    },
    options: () => ({
      environment: { PATH: process.env.PATH, HOME: folder },
      stateFolder: join(folder, 'state'),
    }),
    start(configuration, options = {}) {
      return watched(start(configuration, { ...rig.options(), ...options }));
    },
    async run(jobs, settings, options) {
      const run = rig.start(rig.configuration(jobs, settings), options);
      const result = await run.result;
      return { ...result, events: run.seen, outcomes: outcomesOf(run.seen), folder: run.folder };
    },
    read: (...path) => readFileSync(join(folder, ...path), 'utf8'),
    jobLog(job, run = 1) {
      const log = rig.read('logs', `executioner.app.job-${job}.run-${run}.log`);
      return log
        .trimEnd()
        .split('\n')
        .map((line) => line.slice('2026-01-02 03:04:05,678 - '.length));
    },
    remove: () => removeFolder(folder),
  };
  return rig;
}

/** A clock that can be put forward, so that a limit of hours is over when the test wants it, and not a moment earlier. */
export function adjustableClock() {
  let aheadMs = 0;
  return {
    clock: { nowMs: () => Date.now() + aheadMs, monotonicMs: () => performance.now() + aheadMs },
    putForward(run: Run, hours: number) {
      aheadMs += hours * 3_600_000;
      // A command lets the run look at its clock.
      run.pause();
      run.resume();
    },
  };
}

/** The run with all its events collected. */
export function watched(run: Run): Running {
  const seen: JournalEvent[] = [];
  const waiting = new Set<() => void>();
  const collected = (async () => {
    for await (const event of run.events) {
      seen.push(event);
      for (const look of waiting) look();
    }
  })();
  const result = run.result.finally(() => collected);
  const next = (type: JournalEvent['type'], job?: string) =>
    new Promise<JournalEvent>((resolve) => {
      const look = () => {
        const found = seen.find(
          (event) => event.type === type && (job === undefined || ('job' in event && event.job === job)),
        );
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { ...run, result, seen, next };
}

/** How the jobs ended, by id. */
export function outcomesOf(events: readonly JournalEvent[]): Record<string, string> {
  const outcomes: Record<string, string> = {};
  for (const event of events) {
    if (event.type === 'job.finished') outcomes[event.job] = event.status;
    if (event.type === 'job.skipped') outcomes[event.job] = `skipped (${event.reason})`;
  }
  return outcomes;
}

/** Whether some file below the folder holds the text. */
export function occursIn(folder: string, text: string): boolean {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').includes(text));
}
