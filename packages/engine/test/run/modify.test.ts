import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeRig, occursIn, type Rig } from './rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = makeRig();
});
afterEach(() => rig.remove());

const gate = { id: 'gate', command: 'mkfifo gate; cat gate' };
const after = (id: string, command: string, more: object = {}) => ({
  id,
  command,
  dependencies: [{ job: 'gate', when: 'always' }],
  ...more,
});

describe('a job that has not started', () => {
  test('runs with the command, variables, limit and retries it was given meanwhile', async () => {
    const run = rig.start(
      rig.configuration([gate, after('late', 'echo old $A $B', { env_variables: { A: '1' } })]),
    );
    await run.next('job.started', 'gate');
    run.modify('late', { command: 'echo new $A $B; false' });
    run.modify('late', { env_variables: { B: '2' }, timeout: '2m', max_retries: 0 });
    await run.next('job.modified', 'late');
    await open();
    await run.result;
    expect(rig.jobLog('late').slice(0, 2)).toEqual([
      'INFO - Executing job - late: echo new $A $B; false',
      'INFO - new 1 2',
    ]);
    const starting = run.seen.find((event) => event.type === 'job.starting' && event.job === 'late');
    expect(starting).toMatchObject({ limit_ms: 120_000 });
    const hashes = run.seen.flatMap((event) => (event.type === 'job.modified' ? [event] : [])).at(-1)!;
    expect(starting).toMatchObject({
      command_hash: hashes.command_hash,
      definition_hash: hashes.definition_hash,
    });
    expect(
      run.seen.filter(({ type }) => type === 'job.modified').map((event) => 'patch' in event && event.patch),
    ).toEqual([
      { command: 'echo new $A $B; false' },
      { env_variables: { B: '2' }, timeout: 120, max_retries: 0 },
    ]);
  });

  test('one that runs is left as it is', async () => {
    const run = rig.start(rig.configuration([gate]));
    await run.next('job.started', 'gate');
    run.modify('gate', { command: 'true' });
    await open();
    await run.result;
    expect(run.seen.some(({ type }) => type === 'job.modified')).toBe(false);
  });

  test('what a patch may not hold is said at once', async () => {
    const run = rig.start(rig.configuration([gate]));
    expect(() => run.modify('nobody', { command: 'true' })).toThrow(RangeError);
    const refused = (patch: object) => {
      try {
        run.modify('gate', patch);
      } catch (error) {
        return (error as Error).message;
      }
      return 'accepted';
    };
    expect([
      refused({ comand: 'true' }),
      refused({ command: ' ' }),
      refused({ timeout: 0 }),
      refused({ max_retries: 1.5 }),
      refused({ priority: '1' }),
      refused({ env_variables: { A: 1 } }),
      refused({}),
      refused({ env_variables: { DB_PASSWORD: 'brand-new-secret' } }),
    ]).toEqual([
      '"comand" of a job cannot be changed while it runs; these can: command, env_variables, timeout, max_retries, priority',
      '"command" must be a command',
      '"timeout" must be a duration above 0, as 90 or "15m"',
      '"max_retries" must be a whole number from 0',
      '"priority" must be a whole number',
      '"env_variables" must be names with texts',
      'the patch changes nothing',
      '"DB_PASSWORD" is a secret: a new value would not be masked in what this run writes',
    ]);
    run.kill();
    await run.result;
  });

  test('secrets in a patch are masked wherever it is written', async () => {
    const run = rig.start(
      rig.configuration([gate, after('late', 'true')], { env_variables: { API_TOKEN: 'kR7-hidden-99' } }),
    );
    await run.next('job.started', 'gate');
    run.modify('late', { command: 'test $API_TOKEN = kR7-hidden-99' });
    await run.next('job.modified', 'late');
    await open();
    expect((await run.result).outcome).toBe('succeeded');
    expect(occursIn(rig.folder, 'kR7-hidden-99')).toBe(false);
  });
});

test('approve, hold, release, mark and reject reach the jobs', async () => {
  const approvals = new Map([
    ['asked', 60_000],
    ['refused', 60_000],
  ]);
  const run = rig.start(
    rig.configuration(
      [
        { id: 'asked', command: 'true' },
        { id: 'refused', command: 'true', allow_failure: true },
        gate,
        after('held', 'true'),
        after('marked', 'false'),
      ],
      { parallel: true, max_workers: 4 },
    ),
    { approvals },
  );
  await run.next('job.started', 'gate');
  run.approve('asked');
  run.reject('refused');
  run.hold('held');
  run.mark('marked');
  await open();
  await run.next('job.finished', 'gate');
  run.release('held');
  await run.result;
  const endings = run.seen.flatMap((event) =>
    event.type === 'job.finished'
      ? [[event.job, event.status]]
      : event.type === 'job.marked'
        ? [[event.job, 'marked']]
        : [],
  );
  expect(Object.fromEntries(endings)).toEqual({
    asked: 'succeeded',
    refused: 'cancelled',
    gate: 'succeeded',
    held: 'succeeded',
    marked: 'marked',
  });
});

/** Lets the gate go: by another run, which only has to write to it. */
async function open(): Promise<void> {
  await rig.run([{ id: 'open', command: 'while ! test -p gate; do sleep 0.05; done; : > gate' }]);
}
