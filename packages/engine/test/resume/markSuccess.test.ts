import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { prepareMark, prepareResume, resume } from '../../src/resume/index.ts';
import { makeRig, type Rig } from '../run/rig.ts';

let rig: Rig;
beforeEach(() => {
  rig = makeRig();
});
afterEach(() => rig.remove());

const jobs = [
  { id: 'a', command: 'echo a >> ledger' },
  { id: 'b', command: 'echo b >> ledger; exit 1', dependencies: ['a'] },
  { id: 'c', command: 'echo c >> ledger', dependencies: ['b'] },
];

const options = () => ({
  run: 1,
  environment: { PATH: process.env.PATH, HOME: rig.folder },
  stateFolder: `${rig.folder}/state`,
});
const clock = { nowMs: Date.now, monotonicMs: () => performance.now() };
const mark = (marked: readonly string[]) => prepareMark({ ...options(), jobs: marked, by: 'ann', clock });

describe('a job marked as successful', () => {
  test('is kept by the resume, which goes on behind it', async () => {
    await rig.run(jobs);
    const prepared = await mark(['b']);
    expect(prepared.jobs).toEqual([{ job: 'b', outcome: 'failed' }]);
    expect(await prepared.mark()).toEqual({ attempt: 2 });
    const run = await resume(rig.configuration(jobs), options());
    expect({ attempt: run.attempt, exitCode: (await run.result).exitCode }).toEqual({
      attempt: 3,
      exitCode: 0,
    });
    expect(rig.read('ledger')).toBe('a\nb\nc\n');
  });

  test('runs again when its definition has changed since it ran', async () => {
    await rig.run(jobs);
    await (await mark(['b'])).mark();
    const changed = jobs.map((job) => (job.id === 'b' ? { ...job, command: 'true' } : job));
    const { decisions } = await prepareResume(rig.configuration(changed), options());
    expect(decisions.map(({ job, action, why }) => ({ job, action, why }))).toEqual([
      { job: 'a', action: 'keep', why: 'succeeded' },
      { job: 'b', action: 'run', why: 'command_changed' },
      { job: 'c', action: 'run', why: 'never_ran' },
    ]);
  });

  test('must be one of the run, and is marked once where two mark at once', async () => {
    await rig.run(jobs);
    await expect(mark(['bb'])).rejects.toMatchObject({ code: 'UNKNOWN_JOB' });
    const [first, second] = [await mark(['b']), await mark(['b'])];
    await first.mark();
    await expect(second.mark()).rejects.toMatchObject({ code: 'ATTEMPT_CLAIMED' });
  });
});

test('a run of other jobs altogether is not gone on with', async () => {
  await rig.run(jobs);
  const others = rig.configuration([{ id: 'x', command: 'true' }]);
  await expect(prepareResume(others, options())).rejects.toMatchObject({ code: 'OTHER_WORKFLOW' });
  const renamed = rig.configuration([jobs[0]!, { id: 'x', command: 'true' }]);
  expect((await prepareResume(renamed, options())).removed.map(({ job }) => job)).toEqual(['b', 'c']);
});
