import { type Configuration, load, nodeHost } from '@executioner/core';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { definitionHasher, estimatesFor, stateKey } from '../../src/history/index.ts';
import { makeRig, type Rig } from './rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = makeRig();
});
afterEach(() => rig.remove());

function configuration(command = 'run a'): Configuration {
  const jobs = [
    { id: 'a', command },
    { id: 'b', command: 'run b' },
  ];
  const text = JSON.stringify({ version: 2, working_dir: '/tmp', jobs });
  const result = load({ file: '/tmp/w.json', text }, nodeHost('/tmp', '/tmp'));
  if (result.state === 'valid') return result.configuration;
  throw new Error(JSON.stringify(result.diagnostics));
}

const hashOf = (loaded: Configuration) =>
  definitionHasher(stateKey(rig.stateFolder), loaded)(loaded.jobs[0]!);

async function estimates(loaded = configuration()) {
  const history = await rig.open();
  history.catchUp();
  return history.estimatesFor(loaded);
}

describe('estimates', () => {
  test('the median of the last 20 successes of the same definition', async () => {
    const hash = hashOf(configuration());
    for (let run = 1; run <= 25; run++) rig.record(run, [{ id: 'a', hash, durationMs: run * 1000 }]);
    rig.record(26, [{ id: 'a', hash, durationMs: 900_000, status: 'failed' }]);
    rig.record(27, [{ id: 'a', hash: 'another', durationMs: 900_000 }]);
    const { estimatesMs, pastDurationMs } = await estimates();
    expect([...estimatesMs]).toEqual([['a', 15_500]]);
    expect([0, 50, 95, 100].map((percentile) => pastDurationMs('a', percentile))).toEqual([
      6000, 15_000, 24_000, 25_000,
    ]);
    expect(pastDurationMs('b', 50)).toBeUndefined();
  });

  test('a changed definition begins anew', async () => {
    rig.record(1, [{ id: 'a', hash: hashOf(configuration()) }]);
    expect([...(await estimates(configuration('run a --other'))).estimatesMs]).toEqual([]);
  });

  test('without own successes those of imports: of the job with the same command, else of the command', async () => {
    rig.record(1, [
      { id: 'a', durationMs: 3000 },
      { id: 'other', command: 'run b', durationMs: 7000 },
    ]);
    expect([...(await estimates()).estimatesMs].sort()).toEqual([
      ['a', 3000],
      ['b', 7000],
    ]);
    expect([...(await estimates(configuration('changed'))).estimatesMs]).toEqual([['b', 7000]]);
  });

  test('none without a history, and none is made for it', async () => {
    const options = { stateFolder: `${rig.stateFolder}/none`, nowMs: () => 0 };
    const { estimatesMs, pastDurationMs } = await estimatesFor(configuration(), options);
    expect([estimatesMs.size, pastDurationMs('a', 50)]).toEqual([0, undefined]);
  });
});
