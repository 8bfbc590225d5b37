import {
  type Configuration,
  describeEnvironmentProblem,
  type Job,
  type JobEnvironments,
} from '@executioner/core';
import type { RealDriver } from '../drivers/index.ts';
import type { Adoption, Launcher, LauncherListener, LaunchFates, ShownNames } from '../launcher/index.ts';
import type { Masker } from '../output/index.ts';
import type { Action } from '../scheduler/index.ts';
import { argumentVector } from './argumentVector.ts';
import type { JobOutput } from './jobOutput.ts';
import { settleLostTries } from './lostLauncher.ts';
import { workingDir } from './workingDir.ts';

type LaunchAction = Extract<Action, { type: 'launch' }>;

/** Starts and signals the processes of a run, and tells the driver and the logs what becomes of them. */
export interface Launching {
  launch(action: LaunchAction): void;
  signal(job: number, signal: NodeJS.Signals): void;
  /** Ends all that runs, at once. */
  kill(): void;
  /** Resolves when everything has ended. */
  close(): Promise<void>;
}

export interface LaunchingOptions {
  readonly configuration: Configuration;
  readonly environments: JobEnvironments;
  readonly jobs: readonly Job[];
  readonly run: number;
  readonly startLauncher: (listener: LauncherListener) => Launcher;
  /** What is known of the tries when the launcher is gone. */
  readonly fates: () => Promise<LaunchFates>;
  readonly output: JobOutput;
  readonly take: RealDriver['take'];
  readonly masker: Masker;
  /** Told about variables of a job that could not be resolved, before its first start. */
  readonly onProblem: (job: Job, message: string) => void;
}

export function launching(options: LaunchingOptions): Launching {
  const { configuration, environments, jobs, run, output, take } = options;
  const jobByToken = new Map<string, number>();
  const tokens: string[] = [];
  const started = new Set<string>();
  /** The last signal that each try was sent; a launcher that dies may not have passed it on. */
  const signals = new Map<string, NodeJS.Signals>();
  let lost: string | undefined;
  /** Once the launcher is gone: what follows the processes that it has left. */
  let adoption: Promise<Adoption> | undefined;

  const launcher: Launcher = options.startLauncher({
    started({ token, pid, ticks, spool }) {
      const job = jobByToken.get(token)!;
      started.add(token);
      output.started(jobs[job]!.id, token, spool);
      take({ type: 'launched', job, pid, ...(ticks === undefined ? {} : { ticks }) });
    },
    exited(report) {
      const job = jobByToken.get(report.token)!;
      jobByToken.delete(report.token);
      started.delete(report.token);
      signals.delete(report.token);
      output.exited(jobs[job]!.id, report);
      if (report.leftovers.length > 0) take({ type: 'leftover', job, pids: report.leftovers });
      take({ type: 'fate', job, fate: { kind: 'exited', end: report.end } });
    },
    errored({ token, error }) {
      const job = jobByToken.get(token)!;
      jobByToken.delete(token);
      take({ type: 'fate', job, fate: { kind: 'errored', error } });
    },
    lost(message) {
      lost = message;
      const tries = [...jobByToken].map(([token, job]) => {
        return { token, job, id: jobs[job]!.id, hasStarted: started.has(token) };
      });
      adoption = settleLostTries(tries, { fates: options.fates, output, take });
      adoption.then(
        (one) => {
          for (const { token, job } of tries) if (signals.has(token)) one.signal(job, signals.get(token)!);
        },
        () => {
          for (const { job } of tries) take({ type: 'fate', job, fate: { kind: 'unknown' } });
        },
      );
    },
  });

  const shown = shownNames(options.masker);
  const fail = (job: number, errno: string, message: string) =>
    take({ type: 'fate', job, fate: { kind: 'errored', error: { errno, message } } });

  return {
    launch({ job: number, round, try: number_, token, limitMs }) {
      const job = jobs[number]!;
      const { variables, problems } = environments.of(job);
      if (round === 1 && number_ === 1) {
        for (const problem of problems) options.onProblem(job, describeEnvironmentProblem(problem));
      }
      if (lost !== undefined) return fail(number, 'ESRCH', lost);
      const vector = argumentVector(job, configuration, variables);
      if (!vector.ok) return fail(number, 'EINVAL', vector.message);
      const cwd = workingDir(job, configuration, variables);
      const names = shown(vector.argv[0] ?? '', cwd);
      jobByToken.set(token, number);
      tokens[number] = token;
      launcher.launch({
        token,
        run,
        job: job.id,
        try: number_,
        argv: vector.argv,
        cwd,
        ...(names === undefined ? {} : { shown: names }),
        env: variables,
        limitMs,
        graceMs: job.gracePeriodMs,
      });
    },
    signal(job, signal) {
      const token = tokens[job];
      if (adoption !== undefined) void adoption.then((one) => one.signal(job, signal), ignored);
      else if (token !== undefined) {
        signals.set(token, signal);
        launcher.signal(token, signal);
      }
    },
    kill() {
      if (adoption !== undefined) void adoption.then((one) => one.kill(), ignored);
      else for (const token of jobByToken.keys()) launcher.signal(token, 'SIGKILL');
    },
    async close() {
      await launcher.close();
      await adoption?.then((one) => one.close(), ignored);
    },
  };
}

/** The tries of an adoption that failed count as unknown: there is nothing to signal or to close. */
const ignored = (): void => {};

/** Names program and folder without their secrets; undefined where they have none. Jobs share most of both. */
function shownNames(masker: Masker): (program: string, cwd: string) => ShownNames | undefined {
  const known = new Map<string, string>();
  const masked = (text: string) => {
    let result = known.get(text);
    if (result === undefined) {
      result = masker(text);
      known.set(text, result);
    }
    return result;
  };
  return (program, cwd) => {
    const names = { program: masked(program), cwd: masked(cwd) };
    return names.program === program && names.cwd === cwd ? undefined : names;
  };
}
