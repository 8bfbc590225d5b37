import { afterAll, describe, expect, test } from '@jest/globals';
import { startLauncher } from '../../src/launcher/index.ts';
import { describeLauncher } from './conformance.ts';
import { bundle, removeTemporaryFolders, startRig } from './rig.ts';

describeLauncher('fast', (options, listener) => startLauncher({ ...options, spawner: 'fast' }, listener));

describe('the accounting of the fast launcher', () => {
  afterAll(removeTemporaryFolders);

  test('tells CPU time of the whole tree, and memory where it is more than the launcher has itself', async () => {
    const { run, launcher } = startRig(startLauncher, await bundle('launcher'));
    const busy = `sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; true`;
    const large = `${process.execPath} -e 'Buffer.alloc(300 << 20, 1)'; true`;
    const ends = [
      (await run('busy', busy)).end,
      (await run('large', large)).end,
      (await run('small', 'true')).end,
    ];
    await launcher.close();
    expect(ends[0]!.cpu_ms).toBeGreaterThan(20);
    expect(ends[1]!.max_rss_kb).toBeGreaterThan(300 << 10);
    expect(ends[2]).toEqual({ exit_code: 0, cpu_ms: expect.any(Number) });
  });
});
