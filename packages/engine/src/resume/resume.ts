import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { CommandError, type Configuration } from '@executioner/core';
import { definitionHasher, stateKey } from '../history/index.ts';
import { findFates, type LaunchFates } from '../launcher/index.ts';
import type { Run, StartOptions } from '../run/index.ts';
import { conduct } from '../run/start.ts';
import type { Succession } from '../run/succession.ts';
import { attemptFiles, readAttemptFile, stateFolder } from '../runs/index.ts';
import { makePlan, type Plan } from '../scheduler/index.ts';
import { decideResume, inheritanceOf, type ResumeDecisions } from './decision.ts';
import { openRun, type PastOptions, pastOptions } from './openRun.ts';
import type { PastRun } from './pastRun.ts';
import { foldStandings } from './standing.ts';
import { takeOver } from './takeOver.ts';

export interface ResumeOptions extends StartOptions {
  /** The run to resume. */
  readonly run: number;
  /** Only what failed runs again, and what was skipped because of it. */
  readonly failedOnly?: boolean;
  /** Go on where nobody can tell whether the former engine is gone: you know that it is. */
  readonly force?: boolean;
  /** Jobs that may have run to their end unseen and must not run again: they count as failed. */
  readonly refused?: Iterable<string>;
}

/** A resume that is ready: all is known, nothing has been done. */
export interface PreparedResume extends ResumeDecisions {
  readonly run: number;
  /** The attempt that it will be. */
  readonly attempt: number;
  /** What the attempt before was asked for. */
  readonly past: PastOptions;
  /**
   * Claims the attempt and begins it.
   *
   * @throws CommandError `ATTEMPT_CLAIMED` when somebody else was faster, and all that `start` throws.
   */
  start(): Run;
}

/** Where runs are kept, absolute. */
export function runsFolder(options: Pick<StartOptions, 'environment' | 'stateFolder'>): string {
  const { environment, stateFolder: given } = options;
  return resolve(given ?? stateFolder({ env: environment, home: environment.HOME ?? homedir() }));
}

/**
 * What the latest attempt of a run was asked for, its configuration file above all.
 *
 * @throws CommandError as `openRun` does.
 */
export function resumableRun(
  options: Pick<ResumeOptions, 'environment' | 'stateFolder' | 'run' | 'force'>,
): PastOptions {
  return pastOptions(openRun({ stateFolder: runsFolder(options), run: options.run, force: options.force }));
}

/**
 * Finds out what a further attempt of a run would do: which outcomes stand, what still runs, what runs again, and why. A
 * selection and skipped jobs that are not given anew are those of the attempt before. Launchers that are about to record
 * something are waited for, at most some seconds.
 *
 * @throws CommandError `OTHER_WORKFLOW` when the run has none of the jobs, and `UNKNOWN_RUN`, `RUN_ALIVE`,
 * `ENGINE_UNKNOWN` or `JOURNAL_DAMAGED`: see `openRun`.
 */
export async function prepareResume(
  configuration: Configuration,
  options: ResumeOptions,
): Promise<PreparedResume> {
  const state = runsFolder(options);
  const past = openRun({ stateFolder: state, run: options.run, force: options.force });
  const before = pastOptions(past);
  const fates = await findFates(past.folder, { attempts: past.attempts.map(({ attempt }) => attempt) });
  const standings = foldStandings(past.attempts, fates.launched);
  const attempt = past.attempts.at(-1)!.attempt + 1;
  const chosen = inheritedOptions(options, before, configuration);
  const known = knownJobs(past);
  assertSameWorkflow(configuration, known, { run: options.run, file: before.file });
  const decideFor = (plan: Plan) =>
    decideResume(plan, standings, fates, {
      failedOnly: options.failedOnly === true,
      refused: new Set(options.refused),
      ...(known.length === 0 ? {} : { formerIds: new Set(known) }),
      presentIds: new Set(configuration.jobs.map(({ id }) => id)),
    });
  const definitionHash = definitionHasher(stateKey(state), configuration);
  const plan = makePlan(configuration, {
    seed: options.run,
    ...chosen,
    run: options.run,
    attempt,
    definitionHash,
  });
  return {
    run: options.run,
    attempt,
    past: before,
    ...decideFor(plan),
    start: () => conduct(configuration, chosen, succession(past, attempt, fates, decideFor)),
  };
}

/** A run of other jobs altogether is a slip of the pen: its journal would tell of two workflows. */
function assertSameWorkflow(
  { jobs, file }: Configuration,
  known: readonly string[],
  past: { readonly run: number; readonly file: string | undefined },
): void {
  const ids = new Set(known);
  if (ids.size === 0 || jobs.some(({ id }) => ids.has(id))) return;
  throw new CommandError('OTHER_WORKFLOW', `run ${past.run} has none of the jobs of "${file}"`, {
    hint:
      past.file === undefined
        ? 'name the workflow that the run was made from'
        : `it was made from "${past.file}"; leave the workflow out to go on with that`,
  });
}

/** Resumes a run: `prepareResume` and its `start` in one. */
export async function resume(configuration: Configuration, options: ResumeOptions): Promise<Run> {
  return (await prepareResume(configuration, options)).start();
}

function succession(
  past: PastRun,
  attempt: number,
  fates: LaunchFates,
  decideFor: (plan: Plan) => ResumeDecisions,
): Succession {
  let decisions: ResumeDecisions['decisions'] = [];
  return {
    folder: { run: past.run, path: past.folder },
    attempt,
    firstSeq: past.lastSeq + 1,
    inherit(plan, wallMs) {
      decisions = decideFor(plan).decisions;
      return inheritanceOf(decisions, attempt - 1, wallMs);
    },
    takeOver: (heir) => takeOver(past, fates, decisions, heir),
  };
}

function inheritedOptions(
  options: ResumeOptions,
  before: PastOptions,
  { jobs }: Configuration,
): ResumeOptions {
  const known = new Set(jobs.map(({ id }) => id));
  const only = options.only ?? before.selected?.filter((id) => known.has(id));
  const skip = [...(options.skip ?? before.skip.filter((id) => known.has(id)))];
  const seed = options.seed ?? before.seed;
  return {
    ...options,
    skip,
    ...(only === undefined ? {} : { only }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/** Ids of the jobs in the latest configuration that was kept with the run. */
export function knownJobs({ folder, attempts }: PastRun): readonly string[] {
  for (const { attempt } of attempts.toReversed()) {
    const stored = storedConfiguration(attemptFiles(folder, attempt).config);
    if (stored !== undefined) return stored.jobs.map(({ id }) => id);
  }
  return [];
}

function storedConfiguration(path: string): Pick<Configuration, 'jobs'> | undefined {
  try {
    const stored = readAttemptFile(path) as Pick<Configuration, 'jobs'> | undefined;
    return Array.isArray(stored?.jobs) ? stored : undefined;
  } catch {
    return undefined;
  }
}
