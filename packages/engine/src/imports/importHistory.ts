import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { databaseProblem } from '../history/index.ts';
import type { ImportReading } from './importedRun.ts';
import { type ImportFinding, importFinding } from './importFinding.ts';
import { isJobLog, readJobLog } from './jobLog.ts';
import { isNinjaLog, readNinjaLog } from './ninjaLog.ts';
import { type StoredRun, type StoreOptions, storeImport } from './storeImport.ts';
import { isSqlite, readV1Database } from './v1Database.ts';
import { isWfFormat, readWfFormat } from './wfFormat.ts';

export interface ImportResult {
  readonly runs: readonly StoredRun[];
  readonly findings: readonly ImportFinding[];
}

/**
 * Takes what another program has recorded into the history: a database of v1, a `.ninja_log`, a job log of GNU parallel or
 * a trace in WfFormat (also gzipped), recognised by content. What a half-broken file holds is taken, and the rest is in
 * `findings`. Doing it again changes nothing. The index catches up afterwards, by the caller.
 */
export async function importHistory(options: StoreOptions): Promise<ImportResult> {
  const { runs, findings } = await readImport(options.file);
  return { runs: runs.map((run) => storeImport(run, options)), findings };
}

/** Reads a file without storing anything. `file` is absolute. */
export async function readImport(file: string): Promise<ImportReading> {
  let bytes: Buffer;
  let modifiedAtMs: number;
  try {
    bytes = readFileSync(file);
    modifiedAtMs = statSync(file).mtimeMs;
  } catch (error) {
    return refused('E131', file, readTrouble(error as NodeJS.ErrnoException));
  }
  if (isSqlite(bytes)) return readDatabase(file);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      bytes = gunzipSync(bytes);
    } catch (error) {
      return refused('E133', file, `this gzip file is damaged: ${(error as Error).message}`);
    }
  }
  const text = bytes.toString('utf8');
  if (isNinjaLog(text)) return readNinjaLog(text, file, modifiedAtMs);
  if (isJobLog(text)) return readJobLog(text, file);
  return readJsonTrace(text, file);
}

async function readDatabase(file: string): Promise<ImportReading> {
  try {
    return await readV1Database(file);
  } catch (error) {
    if (databaseProblem(error) === undefined) throw error;
    return refused('E133', file, `this database cannot be read: ${(error as Error).message}`);
  }
}

function readJsonTrace(text: string, file: string): ImportReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (/^\s*\{/.test(text))
      return refused('E133', file, `this JSON file is damaged: ${(error as Error).message}`);
  }
  return isWfFormat(value)
    ? readWfFormat(value, file)
    : refused('E132', file, 'this is no record that can be imported', {
        hint: 'a history database of version 1, a .ninja_log, a job log of GNU parallel or a trace in WfFormat can be imported',
      });
}

function refused(...finding: Parameters<typeof importFinding>): ImportReading {
  return { runs: [], findings: [importFinding(...finding)] };
}

function readTrouble({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'this is a folder; name a file';
    default:
      return `this file cannot be read: ${message}`;
  }
}
