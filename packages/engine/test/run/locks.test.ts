import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeRig, type Rig } from './rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = makeRig();
});
afterEach(() => rig.remove());

const held = () => {
  const folder = join(rig.folder, 'state', 'locks');
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe('locks', () => {
  test('keep jobs of two runs apart; the second says whom it waits for', async () => {
    const load = 'echo first in >> ledger; cat gate; echo first out >> ledger';
    const first = rig.start(
      rig.configuration([
        { id: 'open', command: 'mkfifo gate' },
        { id: 'load', command: load, locks: ['db'], dependencies: ['open'] },
      ]),
    );
    await first.next('job.started', 'load');
    const said: string[] = [];
    const second = rig.start(
      rig.configuration([{ id: 'index', command: 'echo second >> ledger', locks: ['disk', 'db'] }]),
      { onLog: (lines) => said.push(...lines.map(({ message }) => message)) },
    );
    await second.next('lock.requested', 'index');
    while (!said.some((line) => line.includes('waits'))) await new Promise(setImmediate);
    const opener = rig.run([{ id: 'opener', command: ': > gate' }]);
    const results = await Promise.all([first.result, second.result, opener]);
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(rig.read('ledger')).toBe('first in\nfirst out\nsecond\n');
    expect(said).toContain('Job index waits for lock "db", held by run 1 (app), job load');
    expect(held()).toEqual([]);
  });

  test('a run that is stopped while it waits gives up, and leaves nothing behind', async () => {
    const first = rig.start(rig.configuration([{ id: 'a', command: 'sleep 60', locks: ['db'] }]));
    await first.next('job.started', 'a');
    const second = rig.start(rig.configuration([{ id: 'b', command: 'true', locks: ['db'] }]));
    await second.next('lock.requested', 'b');
    second.cancel('SIGTERM');
    expect((await second.result).exitCode).toBe(143);
    first.kill();
    await first.result;
    expect(held()).toEqual([]);
  });

  test('are given back during a back-off of a parallel run, and taken again', async () => {
    const retrying = { max_retries: 1, retry_delay: 0.01, retry_jitter: 0, locks: ['db'] };
    const { outcomes, events } = await rig.run(
      [{ id: 'a', command: 'mkdir done 2>/dev/null && exit 1; exit 0', ...retrying }],
      { parallel: true, max_workers: 2 },
    );
    expect(outcomes).toEqual({ a: 'succeeded' });
    expect(events.filter(({ type }) => type === 'lock.granted').length).toBe(2);
  });
});
