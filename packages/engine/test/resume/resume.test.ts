import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../launcher/rig.ts';
import { awaiting, exitRecord, resumeRig } from './workplace.ts';

const rig = resumeRig();
const { workplace } = rig;
beforeAll(rig.prepare);
afterEach(rig.tidy);
afterAll(rig.remove);

describe('a resume', () => {
  test('keeps what succeeded, and runs again what failed, changed, or depends on either', async () => {
    const jobs = [
      { id: 'a', command: 'true' },
      { id: 'b', command: 'test -e ok', dependencies: ['a'] },
      { id: 'c', command: 'true', dependencies: ['b'] },
      { id: 'd', command: 'true' },
      { id: 'e', command: 'true', dependencies: ['d'] },
    ];
    const place = workplace(jobs);
    place.write(jobs, { on_failure: 'continue' });
    expect((await place.engine().ended).code).toBe(1);
    place.make('ok');
    place.write(
      jobs.map((job) => (job.id === 'd' ? { ...job, command: 'true # changed' } : job)),
      { on_failure: 'continue' },
    );
    expect((await place.engine(1).ended).code).toBe(0);
    expect(place.starts()).toEqual(['a', 'b', 'b', 'c', 'd', 'd', 'e', 'e']);
    expect(place.events().map(({ seq }) => seq)).toEqual(place.events().map((_, index) => index + 1));
  });

  test('takes over a job that still runs: its end counts, its output is in its log once', async () => {
    const place = workplace([{ id: 'a', command: `echo one; touch begun; ${awaiting('go')}; echo two` }]);
    const first = place.engine();
    await until('the job', () => place.has('begun'));
    await until('the first line', () =>
      place.lines(place.logName('a')).some((line) => line.endsWith(' - INFO - one')),
    );
    first.child.kill('SIGKILL');
    await first.ended;
    const second = place.engine(1);
    await until('the adoption', () => place.events().some(({ type }) => type === 'job.adopted'));
    place.make('go');
    expect((await second.ended).code).toBe(0);
    expect(place.starts()).toEqual(['a']);
    expect(place.log('a').slice(1)).toEqual(['INFO - one', 'INFO - two', 'INFO - Job a: SUCCESS']);
  });

  test('counts a job that ended between its exit record and the journal', async () => {
    const place = workplace([{ id: 'a', command: `touch begun; ${awaiting('go')}; seq 1 1000` }]);
    const first = place.engine();
    await until('the job', () => place.has('begun'));
    first.child.kill('SIGSTOP');
    place.make('go');
    await until('the exit record', () => exitRecord(place.folder));
    first.child.kill('SIGKILL');
    await first.ended;
    expect((await place.engine(1).ended).code).toBe(0);
    expect(place.starts()).toEqual(['a']);
    expect(place.log('a').slice(1)).toEqual([
      ...Array.from({ length: 1000 }, (_, index) => `INFO - ${index + 1}`),
      'INFO - Job a: SUCCESS',
    ]);
    const records = readFileSync(join(place.folder, 'state/runs/1/launch.1.ndjson'), 'utf8').split('\n');
    const timeOf = (type: string) => JSON.parse(records.find((line) => line.includes(`"${type}"`))!).t;
    expect(place.events().find(({ type }) => type === 'job.finished')).toMatchObject({
      duration_ms: timeOf('exited') - timeOf('started'),
    });
  });

  test('says unknown, and runs a job again, when its launcher died too', async () => {
    const place = workplace([{ id: 'a', command: `echo here; touch begun; test -e go || sleep 60` }]);
    const first = place.engine();
    await until('the job', () => place.has('begun'));
    const started = await until('its start in the journal', () =>
      place.events().find(({ type }) => type === 'job.started'),
    );
    const launcher = JSON.parse(
      readFileSync(join(place.folder, 'state/runs/1/launch.1.ndjson'), 'utf8').split('\n')[0]!,
    ) as { pid: number };
    first.child.kill('SIGKILL');
    process.kill(launcher.pid, 'SIGKILL');
    if (started.type === 'job.started') process.kill(-started.pid, 'SIGKILL');
    await first.ended;
    place.make('go');
    expect((await place.engine(1).ended).code).toBe(0);
    expect(place.starts()).toEqual(['a', 'a']);
    expect(place.events().filter(({ type }) => type === 'job.lost').length).toBe(1);
    expect(place.log('a').filter((line) => line === 'INFO - here').length).toBe(2);
  });

  test('is refused while the engine is there, also when it is merely stopped', async () => {
    const place = workplace([{ id: 'a', command: `touch begun; ${awaiting('go')}` }]);
    const first = place.engine();
    await until('the job', () => place.has('begun'));
    first.child.kill('SIGSTOP');
    const refused = await place.engine(1).ended;
    expect({ code: refused.code, said: refused.text.split(' ').slice(0, 2) }).toEqual({
      code: 2,
      said: ['refused', 'RUN_ALIVE'],
    });
    first.child.kill('SIGCONT');
    place.make('go');
    expect((await first.ended).code).toBe(0);
    expect(place.starts()).toEqual(['a']);
  });

  test('sweeps away what engines that were killed had begun to store', async () => {
    const place = workplace([{ id: 'a', command: 'test -e ok' }]);
    expect((await place.engine().ended).code).toBe(1);
    for (const name of ['config.1.json.77.tmp', 'journal.2.ndjson.78.tmp'])
      writeFileSync(join(place.runFolder, name), '{');
    place.make('ok');
    expect((await place.engine(1).ended).code).toBe(0);
    expect(readdirSync(place.runFolder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('is won by one of several that begin at once', async () => {
    const place = workplace([{ id: 'a', command: `touch begun; ${awaiting('go')}` }]);
    const first = place.engine();
    await until('the job', () => place.has('begun'));
    first.child.kill('SIGKILL');
    await first.ended;
    const rivals = [place.engine(1), place.engine(1), place.engine(1)];
    const ended: (number | null)[] = [];
    for (const rival of rivals) void rival.ended.then(({ code }) => ended.push(code));
    await until('two losers', () => ended.length === 2);
    expect(ended).toEqual([2, 2]);
    expect(existsSync(place.journal(3))).toBe(false);
    place.make('go');
    const codes = (await Promise.all(rivals.map(({ ended }) => ended))).map(({ code }) => code);
    expect(codes.sort()).toEqual([0, 2, 2]);
    expect(place.starts()).toEqual(['a']);
  });
});

describe('a journal cut at any byte', () => {
  test('can be resumed: what the launch records saw end well does not run again, what failed does', async () => {
    const once = 'mkdir failed 2>/dev/null && exit 1; true';
    const jobs = [
      { id: 'a', command: 'echo a' },
      { id: 'b', command: once, dependencies: ['a'], max_retries: 1, retry_delay: 0.01, retry_jitter: 0 },
      { id: 'c', command: 'echo c', post_checks: [{ name: 'file_exists', params: { path: 'ledger' } }] },
      { id: 'd', command: 'exit 1', allow_failure: true, locks: ['db'] },
      { id: 'e', command: 'true', locks: ['db'], dependencies: [{ job: 'd', when: 'failure' }] },
    ];
    const place = workplace(jobs);
    expect((await place.engine().ended).code).toBe(0);
    const bytes = readFileSync(place.journal()).length;
    const kept = rig.temporary();
    cpSync(place.folder, kept, { recursive: true });
    const cuts = 12;
    for (let part = 0; part < cuts; part++) {
      rmSync(place.folder, { recursive: true });
      cpSync(kept, place.folder, { recursive: true });
      truncateSync(place.journal(), Math.floor((bytes * part) / cuts) + part);
      if (part % 3 === 0) appendFileSync(place.journal(), Buffer.alloc(16));
      expect({ part, code: (await place.engine(1).ended).code }).toEqual({ part, code: 0 });
      expect({ part, starts: place.starts(), outcomes: place.outcomes() }).toEqual({
        part,
        starts: ['a', 'b', 'b', 'c', 'd', 'd', 'e', 'e'],
        outcomes: { a: 'succeeded', b: 'succeeded', c: 'succeeded', d: 'failed', e: 'succeeded' },
      });
    }
  });
});
