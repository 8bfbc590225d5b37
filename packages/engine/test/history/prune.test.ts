import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { LogRetention } from '@executioner/core';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { applyPrune, type PruneOptions, planPrune } from '../../src/history/index.ts';
import { listRuns, processIdentity } from '../../src/runs/index.ts';
import { makeRig, type Rig, startMs } from './rig.ts';

let rig: Rig;
let logs: string;
beforeEach(() => {
  rig = makeRig();
  logs = join(rig.stateFolder, 'work/logs');
  mkdirSync(logs, { recursive: true });
  for (let run = 1; run <= 4; run++) {
    rig.record(run, [{ id: 'a' }]);
    for (const name of [`run-${run}`, `job-a.run-${run}`])
      writeFileSync(join(logs, `executioner.app.${name}.log`), 'x');
  }
  writeFileSync(join(logs, 'executioner.app.log'), 'x');
});
afterEach(() => rig.remove());

async function plan(retention: LogRetention, options: Partial<PruneOptions> = {}) {
  const history = await rig.open();
  history.catchUp();
  const newest = listRuns(rig.stateFolder).at(-1)!;
  return planPrune(history.listRuns(), newest, retention, {
    stateFolder: rig.stateFolder,
    nowMs: startMs + 5 * 60_000,
    ...options,
  });
}

const planned = async (retention: LogRetention) => (await plan(retention)).runs.map(({ run }) => run);

describe('pruning', () => {
  test('by number, age and size; the newest run always stays', async () => {
    expect(await planned({ maxRuns: 2 })).toEqual([1, 2]);
    expect(await planned({ maxRuns: 0 })).toEqual([1, 2, 3]);
    expect(await planned({ maxAgeMs: 150_000 })).toEqual([1, 2]);
    expect(await planned({ maxSizeBytes: 1 })).toEqual([1, 2, 3]);
    const { bytes } = (await plan({ maxRuns: 0 })).runs[0]!;
    expect(await planned({ maxSizeBytes: 2 * bytes })).toEqual([1, 2]);
    expect(await planned({})).toEqual([]);
  });

  test('removes folders and text logs of those runs, and the index forgets them', async () => {
    expect(applyPrune(await plan({ maxRuns: 2 }))).toEqual([1, 2]);
    expect(readdirSync(join(rig.stateFolder, 'runs')).sort()).toEqual(['3', '4']);
    expect(readdirSync(logs).sort()).toEqual([
      'executioner.app.job-a.run-3.log',
      'executioner.app.job-a.run-4.log',
      'executioner.app.log',
      'executioner.app.run-3.log',
      'executioner.app.run-4.log',
    ]);
    const history = await rig.open();
    history.catchUp();
    expect(history.listRuns().map(({ run }) => run)).toEqual([3, 4]);
    expect(history.searchJobs('a').map(({ run }) => run)).toEqual([4, 3]);
  });

  test('never touches what is alive, or what nobody can say of', async () => {
    const { pid, ticks, bootId } = processIdentity();
    const engines = [
      { engine_pid: pid, ticks, boot_id: bootId, host: hostname(), version: '0' },
      { engine_pid: 1, host: 'another machine', version: '0' },
    ];
    for (const [index, engine] of engines.entries()) {
      const line = { v: 1, seq: 1, t: new Date(startMs).toISOString(), m: 0, run: index + 1, attempt: 1 };
      const started = {
        type: 'run.started',
        plan_hash: '',
        seed: 1,
        application: 'app',
        jobs: 1,
        workers: 1,
        options: {},
      };
      const path = join(rig.stateFolder, 'runs', `${index + 1}`, 'journal.1.ndjson');
      writeFileSync(path, `${JSON.stringify({ ...line, ...started, engine })}\n`);
    }
    const { runs, alive } = await plan({ maxRuns: 1 });
    expect([runs.map(({ run }) => run), alive]).toEqual([[3], [2, 1]]);
  });
});
