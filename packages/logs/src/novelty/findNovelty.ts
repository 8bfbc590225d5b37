import { minePatterns, type Pattern, type ReadableLog } from '../patterns/index.ts';
import { logLikelihoodRatio } from './logLikelihood.ts';

/** How a kind of message differs between failed attempts and good ones. */
export type Difference = 'new' | 'gone' | 'more' | 'rarer';

/** A kind of message that tells failed attempts from good ones. */
export interface NovelPattern {
  readonly difference: Difference;
  readonly pattern: Pattern;
  /** Lines of it in the failed attempts and in the good ones. */
  readonly failedLines: number;
  readonly goodLines: number;
  /** In how many of the failed attempts, and of the good ones, it occurs. */
  readonly inFailed: number;
  readonly inGood: number;
  /** G² (Dunning 1993) over attempts and over lines together: how well it tells them apart. */
  readonly score: number;
}

export interface Novelty {
  readonly failed: { readonly attempts: number; readonly lines: number };
  readonly good: { readonly attempts: number; readonly lines: number };
  /** Best first. */
  readonly patterns: readonly NovelPattern[];
}

/** Attempts to compare; each may have several logs. */
export interface ComparedAttempts {
  readonly failed: readonly (readonly ReadableLog[])[];
  readonly good: readonly (readonly ReadableLog[])[];
}

/** A difference in the number of lines counts from this G² on: chance alone gives it once in a thousand times. */
const significant = 10.83;

/**
 * The kinds of messages that are new, gone, more frequent or rarer in failed attempts, ranked by how well they tell them
 * from good ones. A kind is gone if half of the good attempts or more have it; a difference in numbers is told if it is
 * significant. Reads each log twice; memory does not depend on their size.
 */
export async function findNovelty({ failed, good }: ComparedAttempts): Promise<Novelty> {
  const attemptOf = new Map<ReadableLog, number>();
  const inputs: ReadableLog[] = [];
  [...failed, ...good].forEach((logs, attempt) => {
    for (const log of logs) {
      const own = { ...log, chunks: () => log.chunks() };
      attemptOf.set(own, attempt);
      inputs.push(own);
    }
  });
  const { patterns, assign } = await minePatterns(inputs);
  const attempts = failed.length + good.length;
  const counts = patterns.map(() => new Float64Array(attempts));
  const linesOf = new Float64Array(attempts);
  await assign((pattern, _, source) => {
    const attempt = attemptOf.get(source as ReadableLog)!;
    linesOf[attempt]! += 1;
    if (pattern > 0) counts[pattern - 1]![attempt]! += 1;
  });
  const failedLines = total(linesOf.subarray(0, failed.length));
  const goodLines = total(linesOf.subarray(failed.length));
  const of = { failed: failed.length, good: good.length, failedLines, goodLines };
  return {
    failed: { attempts: failed.length, lines: failedLines },
    good: { attempts: good.length, lines: goodLines },
    patterns: patterns
      .map((pattern, index) => compared(pattern, counts[index]!, of))
      .filter((each) => each !== undefined)
      .sort((a, b) => b.score - a.score || a.pattern.number - b.pattern.number),
  };
}

interface Totals {
  readonly failed: number;
  readonly good: number;
  readonly failedLines: number;
  readonly goodLines: number;
}

function compared(pattern: Pattern, counts: Float64Array, of: Totals): NovelPattern | undefined {
  const [inFailedCounts, inGoodCounts] = [counts.subarray(0, of.failed), counts.subarray(of.failed)];
  const facts = {
    pattern,
    failedLines: total(inFailedCounts),
    goodLines: total(inGoodCounts),
    inFailed: present(inFailedCounts),
    inGood: present(inGoodCounts),
  };
  const byLines = logLikelihoodRatio(facts.failedLines, of.failedLines, facts.goodLines, of.goodLines);
  const byAttempts = logLikelihoodRatio(facts.inFailed, of.failed, facts.inGood, of.good);
  const difference = differenceOf(facts, of, byLines);
  return difference === undefined ? undefined : { difference, ...facts, score: byAttempts + byLines };
}

function differenceOf(
  { failedLines, goodLines, inGood }: Omit<NovelPattern, 'difference' | 'pattern' | 'score'>,
  of: Totals,
  byLines: number,
): Difference | undefined {
  if (goodLines === 0) return 'new';
  if (failedLines === 0) return inGood * 2 >= of.good ? 'gone' : undefined;
  if (byLines < significant) return undefined;
  return failedLines / of.failedLines > goodLines / of.goodLines ? 'more' : 'rarer';
}

function present(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
}

function total(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
