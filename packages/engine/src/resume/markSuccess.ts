import { type Clock, CommandError, nearest } from '@executioner/core';
import { type Event, type Outcome, openJournal } from '../journal/index.ts';
import { findFates } from '../launcher/index.ts';
import type { StartOptions } from '../run/index.ts';
import { engineIdentity } from '../run/recorded.ts';
import { attemptFiles } from '../runs/index.ts';
import { openRun } from './openRun.ts';
import type { PastRun } from './pastRun.ts';
import { knownJobs, runsFolder } from './resume.ts';
import { foldStandings, type Standing } from './standing.ts';

export interface MarkOptions extends Pick<StartOptions, 'environment' | 'stateFolder'> {
  readonly run: number;
  readonly jobs: readonly string[];
  /** Who says so, for the journal. */
  readonly by: string;
  readonly clock: Clock;
  readonly force?: boolean;
}

/** Jobs that may be marked, with how they stand. */
export interface PreparedMark {
  readonly run: number;
  readonly jobs: readonly MarkedJob[];
  /**
   * Writes it down, as an attempt of its own that starts nothing.
   *
   * @throws CommandError `ATTEMPT_CLAIMED` when somebody else was faster.
   */
  mark(): Promise<{ readonly attempt: number }>;
}

export interface MarkedJob {
  readonly job: string;
  /** How it ended so far; absent: it did not. */
  readonly outcome?: Outcome;
}

/**
 * Prepares to mark jobs of a run as successful, so that a resume keeps them.
 *
 * @throws CommandError `UNKNOWN_JOB`, `JOB_RUNNING`, and what `openRun` throws.
 */
export async function prepareMark(options: MarkOptions): Promise<PreparedMark> {
  const { run, jobs } = options;
  const past = openRun({ stateFolder: runsFolder(options), run, force: options.force });
  const fates = await findFates(past.folder, { attempts: past.attempts.map(({ attempt }) => attempt) });
  const standings = foldStandings(past.attempts, fates.launched);
  const known = new Set([...standings.keys(), ...knownJobs(past)]);
  for (const job of jobs) {
    if (!known.has(job)) throw unknownJob(job, run, known);
    const standing = standings.get(job);
    const isOpen = standing?.outcome === undefined && standing?.latest !== undefined;
    if (isOpen && fates.of(standing.latest!.token).kind === 'running') throw jobRunning(job, run);
  }
  return {
    run,
    jobs: jobs.map((job) => {
      const outcome = standings.get(job)?.outcome;
      return { job, ...(outcome === undefined ? {} : { outcome }) };
    }),
    mark: () => write(past, standings, new Set(jobs), options),
  };
}

async function write(
  past: PastRun,
  standings: ReadonlyMap<string, Standing>,
  marked: ReadonlySet<string>,
  { run, by, clock }: MarkOptions,
): Promise<{ attempt: number }> {
  const jobIds = [...new Set([...knownJobs(past), ...standings.keys()])];
  const attempt = past.attempts.at(-1)!.attempt + 1;
  const opened = openJournal({
    path: attemptFiles(past.folder, attempt).journal,
    run,
    attempt,
    firstSeq: past.lastSeq + 1,
    jobIds,
    first: { events: markingEvents(past, standings, marked, jobIds, by), wallMs: clock.nowMs() },
  });
  if (!opened.ok) {
    throw new CommandError('ATTEMPT_CLAIMED', `run ${run} cannot be marked: ${opened.error.message}`, {
      hint: 'somebody else may have just resumed it',
    });
  }
  await opened.journal.close();
  return { attempt };
}

/** All that stood stands on, the marked jobs with their new outcome. */
function markingEvents(
  past: PastRun,
  standings: ReadonlyMap<string, Standing>,
  marked: ReadonlySet<string>,
  jobIds: readonly string[],
  by: string,
): Event[] {
  const engine = engineIdentity();
  const from_attempt = past.attempts.at(-1)!.attempt;
  const started = past.attempts
    .flatMap(({ events }) => events)
    .findLast(({ type }) => type === 'run.started');
  const counts: Partial<Record<Outcome, number>> = {};
  const standingEvents = jobIds.flatMap((id, job): Event[] => {
    const { outcome, reason, latest } = standings.get(id) ?? {};
    const facts = { m: 0, job, round: latest?.round ?? 1, try: latest?.try ?? 0 };
    const present = marked.has(id) ? 'succeeded' : outcome;
    if (present !== undefined) counts[present] = (counts[present] ?? 0) + 1;
    if (marked.has(id)) return [{ type: 'job.marked', ...facts, by }];
    if (outcome === undefined) return [];
    return [
      {
        type: 'job.kept',
        ...facts,
        status: outcome,
        ...(reason === undefined ? {} : { reason }),
        from_attempt,
      },
    ];
  });
  const isDone = counts.succeeded === jobIds.length;
  return [
    {
      type: 'run.started',
      m: 0,
      plan_hash: started?.type === 'run.started' ? started.plan_hash : '',
      seed: started?.type === 'run.started' ? started.seed : 0,
      application: started?.type === 'run.started' ? started.application : '',
      jobs: jobIds.length,
      workers: started?.type === 'run.started' ? started.workers : 1,
      options: started?.type === 'run.started' ? started.options : {},
      engine,
    },
    { type: 'run.adopted', m: 0, from_attempt, engine },
    ...standingEvents,
    {
      type: 'run.finished',
      m: 0,
      outcome: isDone ? 'succeeded' : 'failed',
      exit_code: isDone ? 0 : 1,
      counts,
    },
  ];
}

function unknownJob(job: string, run: number, known: ReadonlySet<string>): CommandError {
  const meant = nearest(job, known);
  return new CommandError('UNKNOWN_JOB', `run ${run} has no job "${job}"`, {
    hint: meant === undefined ? 'name ids as they stand in the configuration' : `did you mean "${meant}"?`,
  });
}

function jobRunning(job: string, run: number): CommandError {
  return new CommandError('JOB_RUNNING', `job "${job}" of run ${run} still runs`, {
    hint: `resume the run to take it over: --resume-from ${run}`,
  });
}
