import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { fold, type JournalEvent, readJournal } from '../../src/journal/index.ts';
import type { LaunchRecord } from '../../src/launcher/protocol.ts';
import { removeFolder } from '../removeFolder.ts';
import type { EngineFixtureOptions } from './fixtures/engine.ts';
import { bundlePrograms, type Programs } from './programs.ts';

export interface JobSketch {
  readonly id: string;
  readonly command: string;
  readonly [key: string]: unknown;
}

/** Engines as processes of their own, and folders for them to work in. */
export function resumeRig() {
  const shared = mkdtempSync(join(tmpdir(), 'executioner-resume-'));
  const folders: string[] = [];
  const engines: ChildProcess[] = [];
  let programs: Programs;

  const temporary = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'executioner-resume-'));
    folders.push(folder);
    return folder;
  };

  return {
    async prepare() {
      programs = await bundlePrograms(fileURLToPath(new URL('../..', import.meta.url)), shared, build);
    },
    temporary,
    /** Ends what a test has left running, and removes its folders. */
    tidy() {
      for (const engine of engines.splice(0)) engine.kill('SIGKILL');
      for (const folder of folders.splice(0)) removeFolder(folder);
    },
    remove: () => rmSync(shared, { recursive: true, force: true }),
    /** A workflow in a folder of its own; every job notes its starts in `ledger`. */
    workplace: (jobs: readonly JobSketch[]) =>
      makeWorkplace(temporary(), jobs, (folder, run, how) => {
        const launcher = how.launcherFault === undefined ? programs.launcher : programs.faultyLauncher;
        const paths = [launcher, join(folder, 'workflow.json'), join(folder, 'state')];
        const words = [programs.engine, ...paths, `${run ?? ''}`, JSON.stringify(how)];
        const child = spawn(process.execPath, words, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
        engines.push(child);
        return child;
      }),
  };
}

type StartEngine = (folder: string, run: number | undefined, how: EngineFixtureOptions) => ChildProcess;

function makeWorkplace(folder: string, jobs: readonly JobSketch[], startEngine: StartEngine) {
  const write = (list: readonly JobSketch[], settings: object = {}) =>
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
  const runFolder = join(folder, 'state/runs/1');
  const journal = (attempt = 1) => join(runFolder, `journal.${attempt}.ndjson`);
  const has = (name: string) => existsSync(join(folder, name));
  const events = (): JournalEvent[] => {
    const all: JournalEvent[] = [];
    for (let attempt = 1; existsSync(journal(attempt)); attempt++)
      all.push(...readJournal(journal(attempt)).events);
    return all;
  };
  const logLines = (name: string, stamp: string) =>
    readFileSync(join(folder, 'logs', name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(stamp.length));
  return {
    folder,
    runFolder,
    write,
    journal,
    has,
    events,
    make: (name: string) => writeFileSync(join(folder, name), ''),
    /** The lines of a file of the workplace; none while there is no file. */
    lines: (name: string) =>
      has(name) ? readFileSync(join(folder, name), 'utf8').trimEnd().split('\n') : [],
    starts: () => readFileSync(join(folder, 'ledger'), 'utf8').trimEnd().split('\n').sort(),
    logName: (job: string) => `logs/executioner.app.job-${job}.run-1.log`,
    log: (job: string) => logLines(`executioner.app.job-${job}.run-1.log`, '2026-01-02 03:04:05,678 - '),
    runLog: () => logLines('executioner.app.run-1.log', '2026-01-02 03:04:05 - '),
    applicationLog: () => logLines('executioner.app.log', '2026-01-02 03:04:05 - '),
    outcomes: () => Object.fromEntries([...fold(events()).jobs].map(([id, { outcome }]) => [id, outcome])),
    records: (attempt = 1) => {
      const path = join(runFolder, `launch.${attempt}.ndjson`);
      if (!existsSync(path)) return [];
      const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
      return lines.map((line) => JSON.parse(line) as LaunchRecord);
    },
    engine(run?: number, how: EngineFixtureOptions = {}) {
      const child = startEngine(folder, run, how);
      let text = '';
      child.stdout!.on('data', (chunk) => {
        text += chunk;
      });
      const ended = new Promise<{ code: number | null; text: string }>((resolve) => {
        child.on('close', (code) => resolve({ code, text }));
      });
      return { child, ended, text: () => text };
    },
  };
}

export type Workplace = ReturnType<typeof makeWorkplace>;

/** Waits for a file, then goes on. */
export const awaiting = (name: string) => `until [ -e ${name} ]; do sleep 0.01; done`;

export const exitRecord = (folder: string) => {
  const path = join(folder, 'state/runs/1/launch.1.ndjson');
  return existsSync(path) && readFileSync(path, 'utf8').includes('"exited"');
};
