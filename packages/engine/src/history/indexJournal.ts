import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type JournalFinding, journalParser } from '../journal/index.ts';
import { attemptFiles } from '../runs/index.ts';
import type { Database } from './database.ts';
import { writeJobs } from './jobRows.ts';
import { type AttemptRecord, applyToRecord, emptyAttempt } from './records.ts';
import { type RunFiles, readRunFiles } from './runFiles.ts';
import { readRecord } from './storedRecord.ts';

/**
 * Takes what the journal of an attempt has more than the index into the index: from the byte where it stopped last time,
 * up to the last whole line. To be called within a transaction. Linear in what is new, and for a journal that is taken
 * up again in the jobs of the attempt.
 *
 * @returns what is wrong with the journal, as with any reader.
 */
export function indexJournal(
  db: Database,
  runFolder: string,
  run: number,
  attempt: number,
): JournalFinding | undefined {
  const fd = openSync(attemptFiles(runFolder, attempt).journal, 'r');
  try {
    const offset = indexedBytes(db, run, attempt);
    const { size } = fstatSync(fd);
    if (size === offset) return undefined;
    const record = offset === 0 ? emptyAttempt(run, attempt) : readRecord(db, run, attempt);
    const { end, finding } = readEvents(fd, offset, size, record);
    if (end > offset) {
      const files = readRunFiles(runFolder, run, attempt);
      writeJobs(db, record, files);
      writeAttempt(db, record, files);
    }
    db.run(
      'INSERT OR REPLACE INTO journals (run, attempt, byte_offset, problem) VALUES (?, ?, ?, ?)',
      run,
      attempt,
      end,
      finding?.severity === 'error' ? finding.message : null,
    );
    return finding;
  } finally {
    closeSync(fd);
  }
}

export function indexedBytes(db: Database, run: number, attempt: number): number {
  const row = db.get<{ byte_offset: number }>(
    'SELECT byte_offset FROM journals WHERE run = ? AND attempt = ?',
    run,
    attempt,
  );
  return row?.byte_offset ?? 0;
}

const chunkBytes = 1024 * 1024;

function readEvents(fd: number, offset: number, size: number, record: AttemptRecord) {
  const parser = journalParser({ onEvent: (event) => applyToRecord(record, event) });
  const chunk = Buffer.alloc(Math.min(chunkBytes, size - offset));
  let position = offset;
  let wholeLinesEnd = offset;
  while (position < size) {
    const length = readSync(fd, chunk, 0, Math.min(chunk.length, size - position), position);
    if (length === 0) break;
    const part = chunk.subarray(0, length);
    parser.push(part);
    const newline = part.lastIndexOf(0x0a);
    if (newline >= 0) wholeLinesEnd = position + newline + 1;
    position += length;
  }
  const [finding] = parser.end();
  // A line that is not whole yet, or never will be, is looked at again next time.
  const end = finding?.severity === 'error' ? offset + finding.byteOffset : wholeLinesEnd;
  return { end, finding };
}

function writeAttempt(db: Database, record: AttemptRecord, files: RunFiles): void {
  const { run, attempt, imported } = { ...record, imported: files.imported };
  const importedAttempt = imported?.attempts.find((each) => each.attempt === attempt);
  db.run(
    `INSERT OR REPLACE INTO runs (run, attempt, application, status, recorded_status, exit_code, started_at, ended_at,
      duration_ms, job_count, workers, counts, engine, working_dir, config_file, log, source)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    run,
    attempt,
    record.application,
    record.status,
    importedAttempt?.recorded_status,
    record.exitCode,
    Math.round(record.startedAtMs),
    record.endedAtMs,
    record.durationMs,
    record.jobCount,
    record.workers,
    record.counts === undefined ? null : JSON.stringify(record.counts),
    JSON.stringify(record.engine),
    files.workingDir,
    record.configFile,
    files.log,
    importedAttempt === undefined ? 'run' : imported!.kind,
  );
  if (imported !== undefined) {
    db.run(
      'INSERT OR REPLACE INTO imports (key, run, content_hash) VALUES (?, ?, ?)',
      imported.key,
      run,
      imported.content_hash,
    );
  }
}
