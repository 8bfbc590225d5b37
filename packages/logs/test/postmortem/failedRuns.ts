import type { ConfiguredRun } from '../../src/changes/index.ts';
import { causesOf, type FailureReport, failureCategory } from '../../src/failures/index.ts';
import { assemblePostMortem, type PostMortem } from '../../src/postmortem/index.ts';
import { pastRun, tried } from '../pastRuns.ts';

/** A run in which `load` fails in its second try, with what it printed. */
export function failedRun(
  run: number,
  { mode = 'safe', printed = 'ORA-00942: no table t7' } = {},
): ConfiguredRun {
  const startedAtMs = Date.UTC(2026, 0, 1, 0, run);
  return pastRun({
    run,
    jobs: [
      { id: 'extract' },
      {
        id: 'load',
        status: 'failed',
        startedAtMs: startedAtMs + 1000,
        endedAtMs: startedAtMs + 5000,
        durationMs: 4000,
        tries: [
          tried(startedAtMs + 1000, { status: 'failed', exitCode: 3, delayMs: 2000 }),
          tried(startedAtMs + 4000, { status: 'failed', exitCode: 3 }),
        ],
        lastOutput: printed,
      },
      { id: 'report', status: 'skipped', reason: 'dependency', because: 'load', tries: [] },
      { id: 'mail', status: 'skipped', reason: 'dependency', because: 'report', tries: [] },
    ],
    stored: [{ id: 'extract' }, { id: 'load', variables: { MODE: mode } }, { id: 'report' }, { id: 'mail' }],
  });
}

export function goodRun(run: number, mode: string): ConfiguredRun {
  return pastRun({
    run,
    jobs: [{ id: 'extract' }, { id: 'load' }, { id: 'report' }, { id: 'mail' }],
    stored: [{ id: 'extract' }, { id: 'load', variables: { MODE: mode } }, { id: 'report' }, { id: 'mail' }],
  });
}

function failuresIn({ record }: ConfiguredRun): FailureReport[] {
  return causesOf(record).roots.map(({ job, skipped }) => ({
    application: record.application,
    run: record.run,
    job,
    allowed: false,
    category: failureCategory(job, [job.lastOutput ?? '']),
    excerpt: [{ text: job.lastOutput ?? '', matters: true, skipped: 0 }],
    skipped,
  }));
}

export function postMortemOf(
  run: ConfiguredRun,
  past: readonly ConfiguredRun[],
  novelties: PostMortem['novelties'] = [],
): PostMortem {
  return assemblePostMortem({
    run,
    failures: failuresIn(run),
    earlier: past,
    pastFailures: past.flatMap((each) => failuresIn(each).map((failure) => ({ failure, run: each }))),
    novelties,
    logOf: ({ job }) => `logs/${job.id}.log`,
  });
}

export const earlier = [
  failedRun(1, { printed: 'ORA-00942: no table t1' }),
  failedRun(2, { mode: 'slow', printed: 'ORA-00942: no table t2' }),
  goodRun(3, 'fast'),
  failedRun(4, { mode: 'fast', printed: 'disk full' }),
  goodRun(5, 'fast'),
  failedRun(6),
];
