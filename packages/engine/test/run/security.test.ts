import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeRig, type Rig } from './rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = makeRig();
});
afterEach(() => rig.remove());

const jobs = [{ id: 'a', command: 'true || sudo true' }];

test('the policy warn says in the log what it minds, and runs it', async () => {
  const { outcomes } = await rig.run(jobs);
  expect(outcomes).toEqual({ a: 'succeeded' });
  expect(rig.read('logs', 'executioner.app.run-1.log')).toContain(
    'WARNING - Security: the command of job "a" takes the rights of another user\n',
  );
});

test('the policy strict refuses before anything is recorded, unless it is allowed', async () => {
  const strict = { security_policy: 'strict' };
  expect(() => rig.start(rig.configuration(jobs, strict))).toThrow(
    expect.objectContaining({ code: 'SECURITY' }),
  );
  expect(existsSync(join(rig.folder, 'state'))).toBe(false);
  const { outcomes } = await rig.run(jobs, { ...strict, command_allowlist_patterns: ['sudo true$'] });
  expect(outcomes).toEqual({ a: 'succeeded' });
});
