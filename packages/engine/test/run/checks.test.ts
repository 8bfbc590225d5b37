import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeRig, type Rig } from './rig.ts';

let rig: Rig;

beforeEach(() => {
  rig = makeRig();
});

afterEach(() => rig.remove());

describe('checks in a run', () => {
  test('of the output look at the last try alone', async () => {
    const { outcomes, events } = await rig.run([
      {
        id: 'a',
        command: 'echo try $EXECUTIONER_TRY',
        post_checks: [{ name: 'output_contains', params: { text: 'try 2' } }],
        max_retries: 1,
        retry_delay: 0,
        retry_on_exit_codes: [0],
      },
    ]);
    expect(outcomes).toEqual({ a: 'succeeded' });
    expect(events.flatMap((event) => (event.type === 'check.finished' ? [event.message] : []))).toEqual([
      '"try 2" does not occur in what the command printed',
      'the command printed "try 2", line 1',
    ]);
  });

  test('read a large output whose spool goes', async () => {
    const { outcomes } = await rig.run([
      {
        id: 'a',
        command: 'yes 0123456789 | head -c 70000000; echo; echo the end',
        post_checks: [
          { name: 'output_contains', params: { text: 'the end' } },
          { name: 'output_not_contains', params: { text: 'ERROR' } },
        ],
      },
    ]);
    expect(outcomes).toEqual({ a: 'succeeded' });
  });

  test('see parameters with variables in them replaced, and run programs beside the file', async () => {
    mkdirSync(join(rig.folder, 'checks'));
    writeFileSync(join(rig.folder, 'checks/rows.sh'), '#!/bin/sh\ncat\nexit 1\n');
    chmodSync(join(rig.folder, 'checks/rows.sh'), 0o755);
    const { summary } = await rig.run([
      {
        id: 'a',
        command: 'true',
        env_variables: { DATA: '/srv/data' },
        pre_checks: [
          { name: 'env_set', params: { name: 'DATA', value: '${DATA}' } },
          { name: 'command', params: { command: 'test "$DATA" = /srv/data' } },
        ],
        post_checks: [{ name: './checks/rows.sh', params: { path: '${DATA}/x' } }],
      },
    ]);
    expect(summary.failed[0]?.check).toMatchObject({
      phase: 'post',
      name: './checks/rows.sh',
      message: '{"path":"/srv/data/x"}',
    });
  });
});
