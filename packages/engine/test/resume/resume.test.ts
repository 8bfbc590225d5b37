import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { build } from 'esbuild';
import { fold, type JournalEvent, readJournal } from '../../src/journal/index.ts';
import { until } from '../launcher/rig.ts';
import { bundlePrograms, type Programs } from './killing.ts';

jest.setTimeout(120_000);

const shared = mkdtempSync(join(tmpdir(), 'executioner-resume-'));
let programs: Programs;
const folders: string[] = [];
const engines: ChildProcess[] = [];

beforeAll(async () => {
  programs = await bundlePrograms(fileURLToPath(new URL('../..', import.meta.url)), shared, build);
});
afterAll(() => rmSync(shared, { recursive: true, force: true }));
afterEach(() => {
  for (const engine of engines.splice(0)) engine.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A workflow in a folder of its own; every job notes its starts in `ledger`. */
function workplace(jobs: readonly { id: string; command: string; dependencies?: string[] }[]) {
  const folder = mkdtempSync(join(tmpdir(), 'executioner-resume-'));
  folders.push(folder);
  const write = (list: typeof jobs, settings: object = {}) =>
    writeFileSync(
      join(folder, 'workflow.json'),
      JSON.stringify({
        version: 2,
        application_name: 'app',
        parallel: true,
        max_workers: 4,
        ...settings,
        jobs: list.map((job) => ({ ...job, command: `echo ${job.id} >> ledger; ${job.command}` })),
      }),
    );
  write(jobs);
  const journal = (attempt = 1) => join(folder, 'state/runs/1', `journal.${attempt}.ndjson`);
  const has = (name: string) => existsSync(join(folder, name));
  const events = (): JournalEvent[] => {
    const all: JournalEvent[] = [];
    for (let attempt = 1; existsSync(journal(attempt)); attempt++)
      all.push(...readJournal(journal(attempt)).events);
    return all;
  };
  return {
    folder,
    write,
    journal,
    has,
    events,
    make: (name: string) => writeFileSync(join(folder, name), ''),
    starts: () => readFileSync(join(folder, 'ledger'), 'utf8').trimEnd().split('\n').sort(),
    log: (job: string) =>
      readFileSync(join(folder, 'logs', `executioner.app.job-${job}.run-1.log`), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => line.slice('2026-01-02 03:04:05,678 - '.length)),
    outcomes: () => Object.fromEntries([...fold(events()).jobs].map(([id, { outcome }]) => [id, outcome])),
    engine(run?: number) {
      const child = spawn(
        process.execPath,
        [
          programs.engine,
          programs.launcher,
          join(folder, 'workflow.json'),
          join(folder, 'state'),
          ...(run === undefined ? [] : [`${run}`]),
        ],
        { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] },
      );
      engines.push(child);
      let text = '';
      child.stdout.on('data', (chunk) => {
        text += chunk;
      });
      const ended = new Promise<{ code: number | null; text: string }>((resolve) => {
        child.on('close', (code) => resolve({ code, text }));
      });
      return { child, ended };
    },
  };
}

/** Waits for a file, then goes on. */
const awaiting = (name: string) => `until [ -e ${name} ]; do sleep 0.01; done`;

const exitRecord = (folder: string) => {
  const path = join(folder, 'state/runs/1/launch.1.ndjson');
  return existsSync(path) && readFileSync(path, 'utf8').includes('"exited"');
};

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
    await until('the first line', () => place.log('a').includes('INFO - one'));
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
  test('can be resumed, and what the launch records saw end does not run again', async () => {
    const jobs = [
      { id: 'a', command: 'echo a' },
      { id: 'b', command: 'echo b', dependencies: ['a'] },
      { id: 'c', command: 'echo c' },
    ];
    const place = workplace(jobs);
    expect((await place.engine().ended).code).toBe(0);
    const bytes = readFileSync(place.journal()).length;
    const kept = `${place.folder}.kept`;
    folders.push(kept);
    cpSync(place.folder, kept, { recursive: true });
    for (let part = 0; part < 12; part++) {
      rmSync(place.folder, { recursive: true });
      cpSync(kept, place.folder, { recursive: true });
      truncateSync(place.journal(), Math.floor((bytes * part) / 12) + part);
      if (part % 3 === 0) appendFileSync(place.journal(), Buffer.alloc(16));
      expect({ part, code: (await place.engine(1).ended).code }).toEqual({ part, code: 0 });
      expect({ part, starts: place.starts(), outcomes: place.outcomes() }).toEqual({
        part,
        starts: ['a', 'b', 'c'],
        outcomes: { a: 'succeeded', b: 'succeeded', c: 'succeeded' },
      });
    }
  });
});
