import type { JournalEvent, Outcome, OutcomeCounts } from '../../journal/index.ts';
import type { LoggedJob, LoggedRun, LoggedTry } from './loggedRun.ts';

type Draft = Readonly<Record<string, unknown>> & { readonly m: number; readonly type: JournalEvent['type'] };

/**
 * A run of text logs as the events that its journal would have, so that whatever is made from events (`fold`, reports,
 * pictures) can be made from text logs too. What no line tells is absent or nought: process numbers, hashes, locks.
 * All attempts stand in one; times of run logs are whole seconds. Linear in the tries, but for a sort by time.
 */
export function loggedEvents(run: LoggedRun): JournalEvent[] {
  const originMs = run.startedAtMs;
  const drafts: Draft[] = [
    {
      type: 'run.started',
      m: 0,
      plan_hash: 'text log',
      seed: 0,
      application: run.application ?? '',
      jobs: run.jobs.size,
      workers: run.workers ?? 1,
      options: run.workers === undefined ? {} : { parallel: true },
      engine: { engine_pid: 0, host: '', version: '' },
    },
    ...[...run.jobs.values()].flatMap((job) => jobDrafts(job, run, originMs)).sort((a, b) => a.m - b.m),
    ...ending(run, originMs),
  ];
  return drafts.map(({ m, type, ...own }, index) => {
    const t = new Date(originMs + m).toISOString();
    return { v: 1, seq: index + 1, t, m, run: run.run ?? 0, attempt: 1, type, ...own } as JournalEvent;
  });
}

function jobDrafts(job: LoggedJob, run: LoggedRun, originMs: number): Draft[] {
  const fact = (timeMs: number | undefined, tried: number) => ({
    m: Math.max(0, (timeMs ?? run.lastAtMs) - originMs),
    job: job.id,
    round: 1,
    try: tried,
  });
  const { tries, status } = job;
  const endMs = job.endedAtMs ?? job.startedAtMs;
  const reason = job.reason === undefined ? {} : { reason: job.reason };
  if (status === 'skipped') {
    const because = job.because === undefined ? {} : { because: job.because };
    return [{ type: 'job.skipped', ...fact(endMs, 0), reason: job.reason ?? 'dependency', ...because }];
  }
  if (job.startedAtMs === undefined) {
    return status === undefined
      ? []
      : [{ type: 'job.kept', ...fact(endMs, 0), status, ...reason, from_attempt: 1 }];
  }
  const checks = (phase: 'pre' | 'post', timeMs: number | undefined, tried: number): Draft[] =>
    job.failedChecks
      .filter((check) => check.phase === phase)
      .map(({ name, message }, index) => ({
        type: 'check.finished',
        ...fact(timeMs, tried),
        phase,
        index,
        name,
        ok: false,
        ...(message === undefined ? {} : { message }),
      }));
  const starts = tries.length > 0 ? [] : [checkStart(fact(job.startedAtMs, 0))];
  return [
    ...starts,
    ...checks('pre', job.startedAtMs, 0),
    ...tries.flatMap((each, index) => tryDrafts(each, index, tries, fact)),
    ...checks('post', job.endedAtMs, tries.length),
    ...(status === undefined
      ? []
      : [
          {
            type: 'job.finished' as const,
            ...fact(job.endedAtMs, tries.length),
            status,
            ...reason,
            duration_ms: job.durationMs ?? 0,
            tries: tries.length,
          },
        ]),
  ];
}

/** A job that never came to its command began with its checks. */
function checkStart(fact: Omit<Draft, 'type'> & { readonly m: number }): Draft {
  return { type: 'check.started', ...fact, phase: 'pre', index: 0, name: 'not recorded' };
}

type MakeFact = (timeMs: number | undefined, tried: number) => { readonly m: number };

function tryDrafts(each: LoggedTry, index: number, tries: readonly LoggedTry[], fact: MakeFact): Draft[] {
  const tried = index + 1;
  const start: Draft = {
    type: 'job.starting',
    ...fact(each.startedAtMs, tried),
    token: '',
    command_hash: '',
    limit_ms: each.limitMs ?? 0,
  };
  if (each.endedAtMs === undefined) return [start];
  const ended = fact(each.endedAtMs, tried);
  return [
    start,
    ...(each.status === 'timed_out'
      ? [{ type: 'job.signalled' as const, ...ended, signal: 'SIGTERM', why: 'time_limit' }]
      : []),
    tryEnd(each, ended),
    ...(index === tries.length - 1
      ? []
      : [
          {
            type: 'job.retrying' as const,
            ...ended,
            status: each.status ?? 'failed',
            delay_ms: each.delayMs ?? 0,
          },
        ]),
  ];
}

function tryEnd(each: LoggedTry, ended: { readonly m: number }): Draft {
  if (each.status === 'unknown') return { type: 'job.lost', ...ended };
  if (each.error !== undefined || each.status === 'errored') {
    return {
      type: 'job.failed_to_start',
      ...ended,
      error: { errno: '', message: each.error ?? 'not recorded' },
    };
  }
  const end = {
    ...(each.exitCode === undefined ? {} : { exit_code: each.exitCode }),
    ...(each.signal === undefined ? {} : { signal: each.signal }),
  };
  return { type: 'job.exited', ...ended, end };
}

function ending(run: LoggedRun, originMs: number): Draft[] {
  if (run.endedAtMs === undefined || run.outcome === undefined) return [];
  const counts: Partial<Record<Outcome, number>> = {};
  for (const { status } of run.jobs.values())
    if (status !== undefined) counts[status] = (counts[status] ?? 0) + 1;
  const m = Math.max(run.endedAtMs, run.lastAtMs) - originMs;
  const stopping: Draft[] =
    run.stopping === undefined
      ? []
      : [{ type: 'run.stopping', m, why: run.stopping.why, by: run.stopping.by ?? 'not recorded' }];
  const exit_code = run.outcome === 'succeeded' ? 0 : 1;
  return [
    ...stopping,
    { type: 'run.finished', m, outcome: run.outcome, exit_code, counts: counts as OutcomeCounts },
  ];
}
