import { hostname } from 'node:os';
import type { JournalEvent, Outcome, OutcomeCounts, RunOutcome } from '../journal/index.ts';
import { hashText } from '../scheduler/index.ts';
import type { ImportedAttempt, ImportedJob, ImportedRun } from './importedRun.ts';

/** An event before it has its number. */
type Draft = Readonly<Record<string, unknown>> & { readonly m: number; readonly type: JournalEvent['type'] };

/**
 * The journal of an attempt that another program has run, as our engine would have written it: from it the run is
 * listed, searched and resumed like any other. `firstSeq` goes on from the attempt before.
 */
export function importedJournal(
  imported: ImportedRun,
  attempt: ImportedAttempt,
  { run, firstSeq, file, version }: ImportedJournalOptions,
): JournalEvent[] {
  const originMs = attempt.jobs.reduce(
    (first, { startedAtMs }) => Math.min(first, startedAtMs),
    attempt.startedAtMs,
  );
  const drafts = [
    started(imported, attempt, { file, version }),
    ...attempt.jobs
      .flatMap((job, index) => jobDrafts(job, originMs, `${run}.${attempt.attempt}.${index}`))
      .sort((a, b) => a.m - b.m),
    ...finished(attempt, originMs),
  ];
  return drafts.map(({ m, type, ...own }, index) => {
    const t = new Date(originMs + m).toISOString();
    return { v: 1, seq: firstSeq + index, t, m, run, attempt: attempt.attempt, type, ...own } as JournalEvent;
  });
}

export interface ImportedJournalOptions {
  readonly run: number;
  readonly firstSeq: number;
  readonly file: string;
  readonly version: string;
}

function started(
  { application, kind }: ImportedRun,
  { jobCount }: ImportedAttempt,
  { file, version }: Pick<ImportedJournalOptions, 'file' | 'version'>,
): Draft {
  return {
    type: 'run.started',
    m: 0,
    plan_hash: `imported:${kind}`,
    seed: 0,
    application,
    jobs: jobCount,
    workers: 1,
    options: { imported: kind, from: file },
    // Of another boot: a resume may take over.
    engine: { engine_pid: 0, boot_id: 'imported', host: hostname(), version },
  };
}

function jobDrafts(job: ImportedJob, originMs: number, token: string): Draft[] {
  const fact = (timeMs: number, tried: number) => ({
    m: timeMs - originMs,
    job: job.id,
    round: 1,
    try: tried,
  });
  const startMs = job.startedAtMs;
  const endMs = startMs + job.durationMs;
  if (job.status === 'skipped') {
    return [{ type: 'job.skipped', ...fact(startMs, 0), reason: 'dependency' }];
  }
  const { tries } = job;
  return [
    ...(job.status === 'precheck_failed' ? checkDrafts('pre', fact(startMs, 0), job.error) : []),
    ...tries.flatMap((one, index): Draft[] => {
      const end = {
        ...(one.exitCode === undefined ? {} : { exit_code: one.exitCode }),
        ...(one.signal === undefined ? {} : { signal: one.signal }),
        ...(one.cpuMs === undefined ? {} : { cpu_ms: one.cpuMs }),
        ...(one.maxRssKb === undefined ? {} : { max_rss_kb: one.maxRssKb }),
      };
      const next = tries[index + 1];
      const tried = index + 1;
      return [
        {
          type: 'job.starting',
          ...fact(one.startedAtMs, tried),
          token: `${token}.1.${tried}.imported`,
          command_hash: hashText(job.command),
          limit_ms: 0,
        },
        job.status === 'unknown' && next === undefined
          ? { type: 'job.lost', ...fact(one.endedAtMs, tried) }
          : { type: 'job.exited', ...fact(one.endedAtMs, tried), end },
        ...(next === undefined
          ? []
          : [
              {
                type: 'job.retrying' as const,
                ...fact(one.endedAtMs, tried),
                status: 'failed',
                delay_ms: Math.max(0, next.startedAtMs - one.endedAtMs),
              },
            ]),
      ];
    }),
    ...(job.status === 'postcheck_failed' ? checkDrafts('post', fact(endMs, tries.length), job.error) : []),
    {
      type: 'job.finished',
      ...fact(endMs, tries.length),
      status: job.status,
      duration_ms: job.durationMs,
      tries: tries.length,
    },
  ];
}

/** Which check it was, other programs do not say. */
function checkDrafts(
  phase: 'pre' | 'post',
  fact: Omit<Draft, 'type'> & { readonly m: number },
  error = '',
): Draft[] {
  const check = { phase, index: 0, name: 'not recorded' };
  const message = error === '' ? {} : { message: error };
  return [
    { type: 'check.started', ...fact, ...check },
    { type: 'check.finished', ...fact, ...check, ok: false, ...message },
  ];
}

function finished(attempt: ImportedAttempt, originMs: number): Draft[] {
  if (attempt.endedAtMs === undefined) return [];
  const counts: Partial<Record<Outcome, number>> = {};
  for (const { status } of attempt.jobs) counts[status] = (counts[status] ?? 0) + 1;
  const outcome = runOutcome(attempt, counts);
  const exit_code = outcome === 'succeeded' ? 0 : 1;
  return [{ type: 'run.finished', m: attempt.endedAtMs - originMs, outcome, exit_code, counts }];
}

/** Ours, by the outcomes of its jobs; what the source calls it stands beside. */
function runOutcome({ recordedStatus }: ImportedAttempt, counts: OutcomeCounts): RunOutcome {
  const harmless = new Set(['succeeded', 'skipped', 'unknown']);
  const failed = Object.keys(counts).some((status) => !harmless.has(status));
  return failed || (recordedStatus !== undefined && recordedStatus !== 'SUCCESS') ? 'failed' : 'succeeded';
}
