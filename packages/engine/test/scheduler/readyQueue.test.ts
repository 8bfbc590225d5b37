import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { initialState, makePlan, type State, step } from '../../src/scheduler/index.ts';
import { emptyHeap, push, remove, reorder } from '../../src/scheduler/indexedHeap.ts';
import { engine, tell } from './story.ts';
import { type JobSketch, workflow } from './workflow.ts';

describe('pools', () => {
  test('a job waits for what it demands while smaller ones go past it', () => {
    const jobs = [
      { id: 'first', resources: { cpu: 2 }, priority: 3 },
      { id: 'big', resources: { cpu: 3 }, priority: 2 },
      { id: 'small', resources: { cpu: 1 }, priority: 1 },
    ];
    const run = tell(workflow(jobs, { resources: { cpu: 3 } }), { parallel: true, workers: 3 });
    expect(run.outcomes()).toEqual({ first: 'starting', big: 'ready', small: 'starting' });
    run.exits('first');
    expect(run.exits('small').at(-1)).toBe('0s job.starting big');
  });

  test('parallel order: priority, then longer remaining critical path, then file order', () => {
    const jobs = [
      { id: 'short', estimatedDurationMs: 1000 },
      { id: 'head', estimatedDurationMs: 1000 },
      { id: 'tail', estimatedDurationMs: 9000, needs: ['head'] },
      { id: 'equal', estimatedDurationMs: 10_000 },
      { id: 'urgent', estimatedDurationMs: 1, priority: 1 },
    ];
    const { plan } = tell(workflow(jobs), { parallel: true, workers: 2 });
    const preferred = [...plan.ids].sort(
      (a, b) => plan.order[plan.numberById.get(a)!]! - plan.order[plan.numberById.get(b)!]!,
    );
    expect(preferred).toEqual(['urgent', 'head', 'equal', 'tail', 'short']);
  });
});

describe('overtaking', () => {
  // One long job keeps half of the pool. The big job needs all of it; small ones could run beside the long one for ever.
  const jobs: JobSketch[] = [
    { id: 'long', resources: { cpu: 2 }, priority: 9 },
    { id: 'big', resources: { cpu: 4 }, priority: 5 },
    ...Array.from({ length: 300 }, (_, index) => ({ id: `small${index}`, resources: { cpu: 1 } })),
    ...Array.from({ length: 300 }, (_, index) => ({ id: `other${index}`, resources: { db: 1 } })),
  ];
  const settings = { resources: { cpu: 4, db: 1 } };

  test('a blocked job is overtaken a hundred times at most, then what it lacks is kept for it', () => {
    const run = tell(workflow(jobs.slice(0, 302), settings), { parallel: true, workers: 8 });
    let overtakings = 0;
    for (let told = run.events.length; told > 0; ) {
      const small = Object.entries(run.outcomes()).find(
        ([id, phase]) => id.startsWith('small') && phase === 'starting',
      );
      if (small === undefined) break;
      overtakings++;
      told = run.exits(small[0]).length;
    }
    expect(overtakings).toBe(100);
    expect(run.outcomes()).toMatchObject({ long: 'starting', big: 'ready' });
    expect(run.exits('long').at(-1)).toBe('0s job.starting big');
    expect(run.exits('big').filter((line) => line.includes('job.starting small'))).toHaveLength(4);
  });

  test('jobs that take nothing of what it lacks go on', () => {
    const run = tell(workflow(jobs, settings), { parallel: true, workers: 8 });
    let others = 0;
    for (;;) {
      const next = Object.entries(run.outcomes()).find(
        ([id, phase]) => id !== 'long' && phase === 'starting',
      );
      if (next === undefined) break;
      if (next[0].startsWith('other')) others++;
      run.exits(next[0]);
    }
    expect(others).toBe(300);
  });

  test('a starved job that is skipped gives its reservation up', () => {
    const run = tell(workflow(jobs.slice(0, 302), settings), { parallel: true, workers: 8 });
    for (let index = 0; index < 100; index++) run.exits(`small${index}`);
    expect(run.outcomes()).toMatchObject({ small100: 'ready' });
    expect(run.command('skip', 'big').slice(1)).toEqual([
      '0s job.starting small100',
      '0s job.starting small101',
    ]);
  });
});

describe('cost', () => {
  /** Counts every look at a key while a layered run with pools goes from start to end. */
  function looksPerEvent(size: number): number {
    const width = Math.floor(Math.sqrt(size));
    const jobs = Array.from({ length: size }, (_, index) => ({
      id: `j${index}`,
      needs: index < width ? [] : [`j${index - width}`],
      estimatedDurationMs: (index * 7919) % 1000,
      ...(index % 3 === 0 ? { resources: { cpu: 1 + (index % 2) } } : {}),
    }));
    const plan = makePlan(workflow(jobs, { resources: { cpu: 5 } }), { parallel: true, workers: 8 });
    let looks = 0;
    const counted = (keys: Float64Array) =>
      new Proxy(keys, {
        get(target, property) {
          looks++;
          return target[property as unknown as number];
        },
      });
    const state = stateWithKeys(initialState(plan), counted);
    let events = 0;
    const running: number[] = [];
    const take = (input: Parameters<typeof step>[2]): void => {
      for (const event of step(state, plan, input)) {
        events++;
        if (event.type === 'job.starting') running.push(event.job);
      }
    };
    take({ type: 'start', nowMs: 0, application: '', options: {}, engine });
    for (let job = running.shift(); job !== undefined; job = running.shift()) {
      take({ type: 'launched', nowMs: 0, job, pid: 1 });
      take({ type: 'fate', nowMs: 0, job, fate: { kind: 'exited', end: { exit_code: 0 } } });
    }
    expect(state.finished).toBe(true);
    return looks / events;
  }

  function stateWithKeys(state: State, counted: (keys: Float64Array) => Float64Array): State {
    const { ready, deadlines } = state;
    const jobKeys = counted(ready.heaps[0]!.keys);
    const heaps = ready.heaps.map((heap) => ({ ...heap, keys: jobKeys }));
    const open = { ...ready.open, keys: counted(ready.open.keys) };
    return {
      ...state,
      ready: { ...ready, heaps, open },
      deadlines: { ...deadlines, keys: counted(deadlines.keys) },
    };
  }

  test('looks at heap keys grow with the logarithm of the jobs at most', () => {
    const [small, large] = [looksPerEvent(256), looksPerEvent(4096)];
    expect(large / small).toBeLessThan(1.2 * (Math.log2(4096) / Math.log2(256)));
    expect(large).toBeLessThan(4 * Math.log2(4096));
  });
});

test('an indexed heap gives the smallest key first, ties by item, whatever was added, taken out and moved', () => {
  const operation = fc.record({
    kind: fc.constantFrom('push', 'remove', 'reorder', 'take'),
    item: fc.integer({ min: 0, max: 19 }),
    key: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
      const heap = emptyHeap(new Int32Array(20).fill(-1), new Float64Array(20));
      const reference = new Map<number, number>();
      for (const { kind, item, key } of operations) {
        if (kind === 'push' && !reference.has(item)) {
          reference.set(item, key);
          heap.keys[item] = key;
          push(heap, item);
        } else if (kind === 'remove' && reference.delete(item)) remove(heap, item);
        else if (kind === 'reorder' && reference.has(item)) {
          reference.set(item, key);
          heap.keys[item] = key;
          reorder(heap, item);
        } else if (kind === 'take' && heap.items.length > 0) {
          const first = heap.items[0]!;
          remove(heap, first);
          reference.delete(first);
        }
        const smallest = [...reference].sort(([a, keyA], [b, keyB]) => keyA - keyB || a - b)[0]?.[0];
        expect(heap.items[0]).toBe(smallest);
        expect(heap.items.length).toBe(reference.size);
      }
    }),
  );
});
