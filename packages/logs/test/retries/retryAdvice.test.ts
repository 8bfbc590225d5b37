import { describe, expect, it } from '@jest/globals';
import { retryAdvice } from '../../src/retries/index.ts';
import type { RunRecord } from '../../src/runs/index.ts';
import { pastRun, tried } from '../pastRuns.ts';

/** Runs of one job, each given by the exit codes of its tries; the definition is the same in all. */
function runsOf(tries: readonly (readonly number[])[]): RunRecord[] {
  return tries.map((codes, index) => {
    const last = codes.at(-1)!;
    return pastRun({
      run: index + 1,
      jobs: [
        {
          id: 'load',
          status: last === 0 ? 'succeeded' : 'failed',
          tries: codes.map((exitCode, number) =>
            tried(number * 3000, {
              exitCode,
              status: exitCode === 0 ? 'succeeded' : 'failed',
              ...(number < codes.length - 1 && { delayMs: 2000 }),
            }),
          ),
        },
      ],
    }).record;
  });
}

describe('retry advice', () => {
  it('draws the curve of success, and counts time well spent and lost', () => {
    const [advice] = retryAdvice(runsOf([[0], [1, 0], [1, 0], [1, 1, 0], [1, 1, 1], [0]]));
    expect(advice).toMatchObject({
      job: 'load',
      runs: 6,
      firstFailures: 4,
      curve: [
        { retry: 1, made: 4, succeeded: 2, successShare: 0.5 },
        { retry: 2, made: 2, succeeded: 1, successShare: 0.75 },
      ],
      // Two waits of 2 s and two tries of 1 s; in the good ones four of each.
      lostMs: 6000,
      wellSpentMs: 12_000,
      policy: { action: 'raise', maxRetries: 3 },
    });
  });

  it('says to stop retrying what never helped, and after which exit code', () => {
    const [advice] = retryAdvice(runsOf([[3, 3], [3, 3], [3, 3, 3], [3, 3], [0]]));
    expect(advice!.policy).toEqual({
      action: 'stop',
      maxRetries: 0,
      hopelessExitCodes: [3],
      why: 'none of 5 retries helped',
    });
  });

  it('lowers the number to the last retry that helped', () => {
    const hopeless = Array.from({ length: 3 }, () => [1, 1, 1, 1]);
    const [advice] = retryAdvice(runsOf([[1, 0], [1, 0], [1, 0], ...hopeless]));
    expect(advice!.policy).toMatchObject({ action: 'lower', maxRetries: 1 });
  });

  it('proposes a retry where failures were gone in the next run without a change', () => {
    const [advice] = retryAdvice(runsOf([[0], [1], [0], [1], [0], [1], [0]]));
    expect(advice).toMatchObject({
      unretried: { failures: 3, succeededNext: 3 },
      policy: { action: 'add', maxRetries: 1 },
    });
  });

  it('does not where a change of the definition came between', () => {
    const runs = runsOf([[1], [0], [1], [0]]).map((run, index) => ({
      ...run,
      jobs: run.jobs.map((job) => ({ ...job, definition: String(index) })),
    }));
    expect(retryAdvice(runs)[0]).toMatchObject({ unretried: { failures: 0 }, policy: { action: 'none' } });
  });

  it('says little of few, and nothing of jobs that never failed', () => {
    expect(retryAdvice(runsOf([[1, 1], [0]]))[0]!.policy).toMatchObject({ action: 'keep', maxRetries: 1 });
    expect(retryAdvice(runsOf([[0], [0]]))).toEqual([]);
  });
});
