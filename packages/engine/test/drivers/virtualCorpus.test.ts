import { describe, expect, test } from '@jest/globals';
import { simulate } from '../../src/drivers/index.ts';
import { makePlan } from '../../src/scheduler/index.ts';
import { hasCorpus, readCorpusWorkflow, readTruths } from './corpus.ts';

const describeWithCorpus = hasCorpus ? describe : describe.skip;

// Graham 1969: a schedule that never idles a worker while a job is ready takes at most
// sum / workers + (1 − 1 / workers) × critical path, and none takes less than the lower bound.
describeWithCorpus('the simulated makespan lies between the lower bound and the bound of Graham', () => {
  const tables = [
    { table: 'workflows/truth.tsv', folder: 'workflows/config' },
    { table: 'dags/truth-debian.tsv', folder: 'dags' },
  ];
  // A suite without any test fails: this one shows what is skipped.
  if (!hasCorpus) test('the graphs of shared/corpus', () => {});
  for (const { table, folder } of hasCorpus ? tables : []) {
    for (const truth of readTruths(table)) {
      test(`${truth.config}, ${truth.jobs} jobs`, () => {
        const configuration = readCorpusWorkflow(`${folder}/${truth.config}`);
        const plan = makePlan(configuration);
        const durationMs = (job: number) => plan.jobs[job]!.estimatedDurationMs!;
        const { makespanMs, state } = simulate(plan, { durationMs, collect: false });
        expect(state.finished).toBe(true);
        expect(plan.workers).toBe(Number(truth.max_workers));
        expect(makespanMs / 1000).toBeGreaterThanOrEqual(Number(truth.lb_s) * (1 - 1e-9));
        expect(makespanMs / 1000).toBeLessThanOrEqual(Number(truth.graham_s) * (1 + 1e-9));
      });
    }
  }
});
