import { describe, expect, it } from '@jest/globals';
import { findNovelty, logLikelihoodRatio } from '../../src/novelty/index.ts';
import type { ReadableLog } from '../../src/patterns/index.ts';

function log(...lines: readonly string[]): readonly ReadableLog[] {
  return [
    {
      file: 'job.log',
      async *chunks() {
        yield Buffer.from(lines.map((line) => `2026-01-02 03:04:05,678 - INFO - ${line}\n`).join(''));
      },
    },
  ];
}

const routine = Array.from({ length: 30 }, (_, n) => `loaded batch ${n}`);

describe('novelty', () => {
  it('ranks what is new, gone, more or rarer by how well it tells failed attempts from good ones', async () => {
    const good = [1, 2, 3, 4].map((n) =>
      log(`begin ${n}`, ...routine, 'all rows checked', 'connection warmed'),
    );
    const failed = [log('begin 5', ...routine.slice(0, 2), 'ORA-00942: no table X', 'ORA-00942: no table X')];
    const { patterns, ...counts } = await findNovelty({ failed, good });
    expect(counts).toEqual({ failed: { attempts: 1, lines: 5 }, good: { attempts: 4, lines: 132 } });
    expect(
      patterns.map(({ difference, pattern, failedLines, goodLines, inGood }) => [
        difference,
        pattern.template,
        failedLines,
        goodLines,
        inGood,
      ]),
    ).toEqual([
      ['new', 'ORA-<*>: no table X', 2, 0, 0],
      ['gone', 'all rows checked', 0, 4, 4],
      ['gone', 'connection warmed', 0, 4, 4],
    ]);
  });

  it('tells a difference in numbers only where chance does not explain it', async () => {
    const good = [log(...routine, 'retrying'), log(...routine)];
    const failed = [log(...routine, ...Array.from({ length: 20 }, () => 'retrying'))];
    const { patterns } = await findNovelty({ failed, good });
    expect(patterns.map(({ difference, pattern }) => [difference, pattern.template])).toEqual([
      ['more', 'retrying'],
      ['rarer', 'loaded batch <*>'],
    ]);
  });

  it('does not call gone what was in few good attempts', async () => {
    const good = [log('begin', 'once upon a time'), log('begin'), log('begin')];
    expect((await findNovelty({ failed: [log('begin')], good })).patterns).toEqual([]);
  });

  it('has nothing to say without logs', async () => {
    expect((await findNovelty({ failed: [], good: [] })).patterns).toEqual([]);
  });
});

describe('log-likelihood ratio', () => {
  it('is that of Dunning', () => {
    expect(logLikelihoodRatio(110, 110 + 2442, 111, 111 + 29_114)).toBeCloseTo(270.72, 1);
    expect(logLikelihoodRatio(10, 100, 20, 200)).toBeCloseTo(0, 10);
    expect(logLikelihoodRatio(0, 0, 0, 0)).toBe(0);
  });
});
