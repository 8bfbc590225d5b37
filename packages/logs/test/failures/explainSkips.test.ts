import { describe, expect, test } from '@jest/globals';
import {
  causesOf,
  evidenceOf,
  explainedByConfiguration,
  historyExplainer,
  type JobRecord,
  keptFromRunning,
  type RunRecord,
  unexplainedTexts,
} from '../../src/index.ts';
import { job, run } from '../runs.ts';

/** Skipped, as text logs tell it: without the dependency. */
function untold(id: string): JobRecord {
  return { id, status: 'skipped', reason: 'dependency', tries: [], failedChecks: [] };
}

/** A job that runs from second `from` to second `to` of its run. */
function at(id: string, from: number, to: number, exitCode = 0): JobRecord {
  const startedAtMs = Date.UTC(2026, 0, 1) + from * 1000;
  const tried = { startedAtMs, endedAtMs: Date.UTC(2026, 0, 1) + to * 1000 };
  return job(id, [exitCode], 0, { ...tried, tries: [{ ...tried, exitCode }] });
}

function told(explained: RunRecord): string[] {
  const { roots, unexplained, stopped } = causesOf(explained);
  return [
    ...roots.flatMap(({ job: { id }, skipped }) => keptFromRunning(skipped).map((text) => `${id} ${text}`)),
    ...unexplainedTexts(unexplained, roots.length),
    ...(stopped === undefined ? [] : [`stopped: ${stopped.jobs.join(', ')}`]),
  ];
}

describe('a configuration tells', () => {
  const dependencies: Readonly<Record<string, readonly string[]>> = {
    late: [],
    early: [],
    both: ['late', 'early'],
    after_both: ['fine', 'both'],
    of_late: ['late'],
    fine: [],
    free: ['fine'],
  };
  const failed = run(1, [
    at('late', 5, 9, 1),
    at('early', 1, 2, 1),
    at('fine', 0, 1),
    ...['both', 'after_both', 'of_late', 'free', 'unheard_of'].map(untold),
  ]);
  const explained = explainedByConfiguration(failed, {
    file: 'nightly.json',
    dependenciesOf: (id) => dependencies[id],
  });

  test('which failure kept which jobs from running: of several the first; and what only was not started', () => {
    expect(told(explained)).toEqual([
      'early kept 2 jobs from running (by nightly.json): both → after_both',
      'late kept 1 job from running (by nightly.json): of_late',
      'not run because of one of these failures: unheard_of',
      'stopped: free',
    ]);
  });

  test('nothing to a log that tells by itself', () => {
    const known = run(1, [at('a', 0, 1, 1), { ...untold('b'), because: 'a' }]);
    expect(explainedByConfiguration(known, { file: 'x', dependenciesOf: () => [] })).toEqual(known);
  });

  test('an end to jobs that need each other', () => {
    const circle: Readonly<Record<string, readonly string[]>> = { x: ['y'], y: ['x', 'a'], a: [] };
    const result = explainedByConfiguration(run(1, [at('a', 0, 1, 1), untold('x'), untold('y')]), {
      file: 'c',
      dependenciesOf: (id) => circle[id],
    });
    expect(told(result)).toEqual(['a kept 2 jobs from running (by c): y → x']);
  });
});

describe('other runs tell', () => {
  const failed = run(9, [at('a', 0, 1, 1), at('b', 0, 1, 1), untold('next')]);
  const good = (number: number, bEnds: number) =>
    run(number, [at('a', 0, 2), at('b', 0, bEnds), at('next', 3, 4)]);

  test('that a job which was still running when the other began is not its dependency', () => {
    expect(told(historyExplainer([good(1, 9), good(2, 9), good(3, 9)].map(evidenceOf))(failed))).toEqual([
      'a probably kept 1 job from running (by the order in 3 other runs): next',
    ]);
  });

  test('that a job which ran in spite of a failure does not need it', () => {
    const inSpite = run(4, [at('a', 0, 2), at('b', 0, 2, 1), at('next', 3, 4)]);
    for (const agreeing of [
      [1, 2],
      [1, 2, 3, 5],
    ])
      expect(
        told(
          historyExplainer([...agreeing.map((number) => good(number, 2)), inSpite].map(evidenceOf))(failed),
        ),
      ).toEqual([
        `a probably kept 1 job from running (by the order in ${agreeing.length + 1} other runs): next`,
      ]);
  });

  test('that a single failure kept it from running before', () => {
    const alone = run(4, [at('a', 0, 2), at('b', 0, 2, 1), untold('next')]);
    expect(told(historyExplainer([good(1, 2), alone].map(evidenceOf))(failed))).toEqual([
      'b probably kept 1 job from running (by the order in 2 other runs): next',
    ]);
  });

  test('nothing where they are few, or leave all failures possible', () => {
    const both = 'not run because of one of these failures: next';
    expect(told(historyExplainer([].map(evidenceOf))(failed))).toEqual([both]);
    expect(told(historyExplainer([good(1, 9), good(2, 9)].map(evidenceOf))(failed))).toEqual([both]);
    expect(told(historyExplainer([good(1, 2), good(2, 2), good(3, 2)].map(evidenceOf))(failed))).toEqual([
      both,
    ]);
  });

  test('of each skipped job by itself, and of each way to fail', () => {
    const past = [1, 2, 3].map((number) =>
      run(number, [at('a', 0, 2), at('b', 0, 5), at('x', 0, 9), at('early', 3, 4), at('late', 6, 7)]),
    );
    const explain = historyExplainer(past.map(evidenceOf));
    const skips = [untold('early'), untold('late')];
    const source = 'by the order in 3 other runs';
    expect(told(explain(run(9, [at('a', 0, 1, 1), at('b', 0, 1, 1), ...skips])))).toEqual([
      `a probably kept 1 job from running (${source}): early`,
      'not run because of one of these failures: late',
    ]);
    const other = run(10, [at('a', 0, 1), at('b', 0, 1, 1), at('x', 0, 1, 1), untold('early')]);
    expect(explain(other)).toEqual(other);
  });

  test('which ones remain of many', () => {
    const three = run(9, [at('a', 0, 1, 1), at('b', 0, 1, 1), at('c', 0, 1, 1), untold('next')]);
    const past = [1, 2, 3].map((number) =>
      run(number, [at('a', 0, 2), at('b', 0, 2), at('c', 0, 9), at('next', 3, 4)]),
    );
    expect(told(historyExplainer(past.map(evidenceOf))(three))).toEqual(['not run because of a or b: next']);
  });
});
