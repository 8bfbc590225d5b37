import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fold, readJournal } from '../../src/journal/index.ts';
import { bundle, removeTemporaryFolders } from '../launcher/rig.ts';
import { makeRig, type Rig } from '../run/rig.ts';
import { schemaErrors } from './schemaErrors.ts';

let rig: Rig;
let launcher = '';
beforeAll(async () => {
  rig = makeRig();
  launcher = await bundle('launcher');
});
afterAll(() => {
  rig.remove();
  removeTemporaryFolders();
});

test('the journal of a real run follows the published schema, and its fold is what happened', async () => {
  const jobs = [
    { id: 'made', command: 'touch file' },
    {
      id: 'retried',
      command: 'echo try >> tries; test $(wc -l < tries) -ge 2',
      max_retries: 2,
      retry_delay: 0.01,
      retry_on_exit_codes: [1],
    },
    {
      id: 'checked',
      command: 'true',
      dependencies: ['made'],
      pre_checks: [{ name: 'check_file_exists', params: { path: 'file' } }],
    },
    { id: 'slow', command: 'exec sleep 1000', timeout: 0.2, grace_period: 5 },
    { id: 'never', command: 'true', dependencies: ['slow'] },
    { id: 'lost', command: 'true', working_dir: '/no/such/folder' },
    { id: 'leaves', command: 'sleep 1000 & true' },
    { id: 'off', command: 'true', enabled: false },
    { id: 'allowed', command: 'exit 5', allow_failure: true },
  ];
  const { folder, events } = await rig.run(
    jobs,
    { parallel: true, max_workers: 4, on_failure: 'continue' },
    { launcher },
  );

  const path = join(folder, 'journal.1.ndjson');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(
    lines
      .map((line) => [JSON.parse(line).type, schemaErrors(JSON.parse(line))])
      .filter(([, errors]) => errors.length > 0),
  ).toEqual([]);
  expect(events.map((event) => JSON.stringify(event))).toEqual(lines);
  expect(readJournal(path)).toEqual({ events, findings: [] });

  const state = fold(events);
  const view = [...state.jobs.values()].map(({ id, outcome, tries }) => [
    id,
    outcome,
    tries.map(({ end, error }) => end?.exit_code ?? end?.signal ?? error?.errno),
  ]);
  expect(Object.fromEntries(view.map(([id, ...rest]) => [id, rest]))).toEqual({
    made: ['succeeded', [0]],
    retried: ['succeeded', [1, 0]],
    checked: ['succeeded', [0]],
    slow: ['timed_out', ['SIGTERM']],
    never: ['skipped', []],
    lost: ['errored', ['ENOENT']],
    leaves: ['succeeded', [0]],
    off: ['skipped', []],
    allowed: ['failed', [5]],
  });
  expect([state.phase, state.outcome, state.busy.filter((each) => each !== undefined)]).toEqual([
    'finished',
    'failed',
    [],
  ]);
  const { leftovers } = state.jobs.get('leaves')!;
  expect(leftovers).toHaveLength(1);
  for (const pid of leftovers) process.kill(pid, 'SIGKILL');
  expect(Math.max(...state.occupancy.map(({ worker }) => worker))).toBeLessThan(4);
});
