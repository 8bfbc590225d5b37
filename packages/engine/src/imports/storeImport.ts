import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type History, type ImportedFile, importFile } from '../history/index.ts';
import { attemptFiles, attempts, createRun, storeAttemptFile } from '../runs/index.ts';
import { importedJournal } from './importedJournal.ts';
import type { ImportedRun } from './importedRun.ts';

export interface StoreOptions {
  readonly stateFolder: string;
  readonly history: History;
  /** Where the runs come from, absolute. */
  readonly file: string;
  /** Wall clock, milliseconds since 1970. */
  readonly nowMs: number;
  /** Of the engine. */
  readonly version: string;
}

/** What became of an imported run. */
export interface StoredRun {
  readonly run: number;
  /** The number it has in its source. */
  readonly recordedRun?: number;
  /** `updated`: its source knew more than last time; `resumed`: it did too, but the run has gone on here since. */
  readonly state: 'new' | 'known' | 'updated' | 'resumed';
  readonly jobs: number;
}

/**
 * Makes the folder of an imported run, with a journal per attempt, what is known of its configuration, and all that the
 * source held. Idempotent by the run's key.
 */
export function storeImport(imported: ImportedRun, options: StoreOptions): StoredRun {
  const { history, stateFolder } = options;
  const contentHash = createHash('sha256').update(JSON.stringify(imported)).digest('hex').slice(0, 32);
  const known = history.findImport(imported.key);
  const answer = {
    ...(imported.number === undefined ? {} : { recordedRun: imported.number }),
    jobs: imported.attempts.reduce((sum, { jobs }) => sum + jobs.length, 0),
  };
  if (known !== undefined) {
    const path = join(stateFolder, 'runs', String(known.run));
    if (known.content_hash === contentHash) return { ...answer, run: known.run, state: 'known' };
    const importedMax = Math.max(...imported.attempts.map(({ attempt }) => attempt));
    if ((attempts(path).at(-1) ?? 0) > importedMax) return { ...answer, run: known.run, state: 'resumed' };
    replaceRun(path, (folder) => writeRun(folder, known.run, imported, contentHash, options));
    history.forget(known.run);
    return { ...answer, run: known.run, state: 'updated' };
  }
  const { run, path } = claimRun(stateFolder, imported.number);
  writeRun(path, run, imported, contentHash, options);
  return { ...answer, run, state: 'new' };
}

/** The number it had, where that is free, else the next one. */
function claimRun(stateFolder: string, wanted: number | undefined) {
  if (wanted !== undefined && Number.isSafeInteger(wanted) && wanted >= 1 && wanted < 2 ** 29) {
    const path = join(stateFolder, 'runs', String(wanted));
    mkdirSync(join(stateFolder, 'runs'), { recursive: true, mode: 0o700 });
    try {
      mkdirSync(path, { mode: 0o700 });
      return { run: wanted, path };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return createRun(stateFolder);
}

/** Written beside, then put in place: the folder never holds half a run for long. */
function replaceRun(path: string, write: (folder: string) => void): void {
  const fresh = `${path}.${process.pid}.new`;
  mkdirSync(fresh, { mode: 0o700 });
  write(fresh);
  for (const name of readdirSync(path)) rmSync(join(path, name), { recursive: true });
  for (const name of readdirSync(fresh)) renameSync(join(fresh, name), join(path, name));
  rmSync(fresh, { recursive: true });
}

/** The journals come last: without one the folder is no run to anybody. */
function writeRun(
  folder: string,
  run: number,
  imported: ImportedRun,
  contentHash: string,
  { file, nowMs, version }: StoreOptions,
): void {
  storeAttemptFile(importFile(folder), storedImport(imported, contentHash, file, nowMs));
  let firstSeq = 1;
  const journals = imported.attempts.map((attempt) => {
    const files = attemptFiles(folder, attempt.attempt);
    storeAttemptFile(files.config, storedConfiguration(imported, attempt));
    const events = importedJournal(imported, attempt, { run, firstSeq, file, version });
    firstSeq += events.length;
    return { path: files.journal, text: events.map((event) => `${JSON.stringify(event)}\n`).join('') };
  });
  for (const { path, text } of journals) {
    const unfinished = `${path}.tmp`;
    writeFileSync(unfinished, text, { mode: 0o600 });
    renameSync(unfinished, path);
  }
}

function storedImport(
  { kind, key, number, attempts: imported }: ImportedRun,
  contentHash: string,
  file: string,
  nowMs: number,
): ImportedFile {
  return {
    kind,
    key,
    content_hash: contentHash,
    file,
    imported_at: new Date(nowMs).toISOString(),
    ...(number === undefined ? {} : { recorded_run: number }),
    attempts: imported.map(({ attempt, recordedStatus, columns, jobs }) => ({
      attempt,
      ...(recordedStatus === undefined ? {} : { recorded_status: recordedStatus }),
      columns,
      jobs: Object.fromEntries(
        jobs.map((job) => [
          job.id,
          {
            ...(job.recordedStatus === undefined ? {} : { recorded_status: job.recordedStatus }),
            ...(job.error === undefined ? {} : { error: job.error }),
            columns: job.columns,
          },
        ]),
      ),
    })),
  };
}

/** As far as the source tells: enough to show and search it, not to run it. */
function storedConfiguration(
  { application, workingDir }: ImportedRun,
  { jobs }: ImportedRun['attempts'][number],
): unknown {
  return {
    applicationName: application,
    ...(workingDir === undefined ? {} : { workingDir }),
    jobs: jobs.map(({ id, command, description, dependencies }) => ({
      id,
      command,
      description,
      tags: [],
      dependencies: dependencies.map((job) => ({ job, when: 'success' })),
    })),
  };
}
