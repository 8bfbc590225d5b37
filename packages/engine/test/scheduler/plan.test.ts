import { describe, expect, test } from '@jest/globals';
import { hashText, makePlan } from '../../src/scheduler/index.ts';
import { check, retries, workflow } from './workflow.ts';

const jobs = [
  { id: 'a', estimatedDurationMs: 3000 },
  { id: 'b', needs: ['a'], resources: { cpu: 2 }, locks: ['db'] },
  { id: 'c', needs: ['a', { job: 'b', when: 'always' as const }], resources: { cpu: 2 } },
  { id: 'd', resources: { cpu: 2 }, estimatedDurationMs: 5000, preChecks: [check('x'), check('y')] },
];
const configuration = workflow(jobs, { resources: { cpu: 4 }, parallel: true, maxWorkers: 3 });

describe('a plan', () => {
  test('holds dependencies and dependents as rows, conditions beside them', () => {
    const plan = makePlan(configuration);
    expect([...plan.dependencyStart]).toEqual([0, 0, 1, 3, 3]);
    expect([...plan.dependency]).toEqual([0, 0, 1]);
    expect([...plan.dependencyWhen]).toEqual([0, 0, 2]);
    expect([...plan.dependentStart]).toEqual([0, 2, 3, 3, 3]);
    expect([...plan.dependent]).toEqual([1, 2, 2]);
    expect([...plan.dependentWhen]).toEqual([0, 0, 2]);
  });

  test('shares one demand among jobs that take the same', () => {
    const plan = makePlan(configuration);
    expect(plan.poolNames).toEqual(['cpu', 'db']);
    expect([...plan.capacities]).toEqual([4, 1]);
    expect([...plan.demandOf]).toEqual([0, 1, 2, 2]);
    expect(plan.demands).toEqual([
      { pools: [], amounts: [] },
      { pools: [0, 1], amounts: [2, 1] },
      { pools: [0], amounts: [2] },
    ]);
  });

  test('a lock may be called like a resource', () => {
    const plan = makePlan(
      workflow([{ id: 'a', resources: { db: 2 }, locks: ['db'] }], { resources: { db: 3 } }),
    );
    expect(plan.demands[1]).toEqual({ pools: [0, 1], amounts: [2, 1] });
  });

  test('estimates: history, then the configuration, then the median of the known, then a second', () => {
    const plan = makePlan(configuration, { estimatesMs: new Map([['a', 7000]]) });
    expect([...plan.estimateMs]).toEqual([7000, 6000, 6000, 5000]);
    expect([...plan.guessed]).toEqual([0, 1, 1, 0]);
    expect([...makePlan(workflow([{ id: 'a' }])).estimateMs]).toEqual([1000]);
  });

  test('workers count only in a parallel run', () => {
    const workers = (...options: Parameters<typeof makePlan>) => {
      const plan = makePlan(...options);
      return [plan.workers, plan.sequential];
    };
    expect(workers(configuration)).toEqual([3, false]);
    expect(workers(configuration, { parallel: false, workers: 8 })).toEqual([1, true]);
    expect(workers(workflow([]), { workers: 8 })).toEqual([1, true]);
    expect(workers(workflow([]), { workers: 8, parallel: true })).toEqual([8, false]);
  });

  test('jobs that take no part are not in it, and the numbers close up', () => {
    const plan = makePlan(configuration, { only: ['b', 'd'] });
    expect(plan.ids).toEqual(['b', 'd']);
    expect([...plan.dependency]).toEqual([]);
  });

  test('its hash changes with whatever can change a decision, and with nothing else', () => {
    const hash = (changes: object, options = {}) =>
      makePlan(workflow([{ ...jobs[0]!, ...changes }, ...jobs.slice(1)], { resources: { cpu: 4 } }), options)
        .hash;
    const plain = hash({});
    expect(plain).toMatch(/^[0-9a-f]{16}$/);
    expect(hash({ description: 'new words', tags: ['x'] })).toBe(plain);
    expect(hash({}, { run: 7, attempt: 2 })).toBe(plain);
    const others = [
      hash({ command: 'other' }),
      hash({ allowFailure: true }),
      hash({ retry: retries(1) }),
      hash({ priority: 1 }),
      hash({ enabled: false }),
      hash({ gracePeriodMs: 1 }),
      hash({}, { seed: 1 }),
      hash({}, { skip: ['a'] }),
      hash({}, { onFailure: 'continue' }),
      hash({}, { parallel: true, workers: 2 }),
    ];
    expect(new Set([plain, ...others]).size).toBe(others.length + 1);
  });

  test('refuses what validation should have refused', () => {
    const refuse = (sketches: Parameters<typeof workflow>[0]) => () => makePlan(workflow(sketches));
    expect(refuse([{ id: 'a', needs: ['ghost'] }])).toThrow('Internal error: job "a" depends on "ghost"');
    expect(refuse([{ id: 'a', resources: { cpu: 1 } }])).toThrow('Internal error: job "a" wants 1 of "cpu"');
    expect(
      refuse([
        { id: 'a', needs: ['b'] },
        { id: 'b', needs: ['a'] },
      ]),
    ).toThrow('Internal error');
  });
});

test('the content hash tells texts apart and stays what it is', () => {
  expect(hashText('')).toBe(hashText(''));
  const texts = [
    '',
    'a',
    'b',
    'ab',
    'ba',
    'a b',
    ...Array.from({ length: 20_000 }, (_, index) => `job ${index}`),
  ];
  expect(new Set(texts.map(hashText)).size).toBe(texts.length);
});
