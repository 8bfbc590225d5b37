import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isFailedOutcome } from '@executioner/core';
import { type JournalFinding, journalParser } from '../journal/index.ts';
import { attemptFiles } from '../runs/index.ts';
import { hashText } from '../scheduler/index.ts';
import { describeFailure } from '../summary/describeFailure.ts';
import type { Database } from './database.ts';
import { type AttemptRecord, applyToRecord, emptyAttempt, type JobRecord } from './records.ts';
import { type RunFiles, readRunFiles } from './runFiles.ts';
import { jobRange, jobsPerRun } from './schema.ts';

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

interface RunRow {
  readonly application: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly duration_ms: number | null;
  readonly status: string | null;
  readonly exit_code: number | null;
  readonly job_count: number;
  readonly workers: number;
  readonly counts: string | null;
  readonly engine: string;
  readonly config_file: string | null;
}

interface JobRow {
  readonly id: number;
  readonly job: string;
  readonly status: JobRecord['status'] | null;
  readonly reason: JobRecord['reason'] | null;
  readonly started_at: number | null;
  readonly ended_at: number | null;
  readonly duration_ms: number | null;
  readonly command_ms: number | null;
  readonly tries: number;
  readonly exit_code: number | null;
  readonly signal: string | null;
  readonly cpu_ms: number | null;
  readonly max_rss_kb: number | null;
  readonly facts: string | null;
}

/** Takes the fold up where it was put aside. */
function readRecord(db: Database, run: number, attempt: number): AttemptRecord {
  const record = emptyAttempt(run, attempt);
  const row = db.get<RunRow>('SELECT * FROM runs WHERE run = ? AND attempt = ?', run, attempt);
  if (row === undefined) return record;
  Object.assign(
    record,
    present({
      application: row.application,
      startedAtMs: row.started_at,
      endedAtMs: row.ended_at,
      durationMs: row.duration_ms,
      status: row.status,
      exitCode: row.exit_code,
      jobCount: row.job_count,
      workers: row.workers,
      counts: row.counts === null ? null : JSON.parse(row.counts),
      engine: JSON.parse(row.engine),
      configFile: row.config_file,
    }),
  );
  const jobs = db.all<JobRow>(
    'SELECT j.*, d.job FROM jobs j JOIN definitions d ON d.id = j.definition WHERE j.id BETWEEN ? AND ? AND j.attempt = ?',
    ...jobRange(run),
    attempt,
  );
  for (const job of jobs) record.jobs.set(job.job, jobRecordOf(job));
  return record;
}

function jobRecordOf(row: JobRow): JobRecord {
  return {
    job: row.job,
    id: row.id,
    tries: row.tries,
    facts: row.facts === null ? {} : JSON.parse(row.facts),
    ...present({
      status: row.status,
      reason: row.reason,
      startedAtMs: row.started_at,
      endedAtMs: row.ended_at,
      durationMs: row.duration_ms,
      commandMs: row.command_ms,
      exitCode: row.exit_code,
      signal: row.signal,
      cpuMs: row.cpu_ms,
      maxRssKb: row.max_rss_kb,
    }),
  };
}

/** Without what is null. */
function present<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as never;
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

const rowsAtOnce = 1000;

/** In bulk: a row costs half of what it does alone. */
function writeJobs(db: Database, record: AttemptRecord, files: RunFiles): void {
  const definitionOf = definitions(db, record.application, files);
  const recorded = files.imported?.attempts.find(({ attempt }) => attempt === record.attempt)?.jobs ?? {};
  let next = nextId(db, record.run);
  let rows: unknown[][] = [];
  let texts: unknown[][] = [];
  let outdated: number[] = [];
  const flush = () => {
    db.run(insertJobs, JSON.stringify(rows));
    if (outdated.length > 0) db.run(deleteTexts, JSON.stringify(outdated));
    db.run(insertTexts, JSON.stringify(texts));
    rows = [];
    texts = [];
    outdated = [];
  };
  for (const job of record.touched) {
    if (job.id === undefined) job.id = next++;
    else outdated.push(job.id);
    const definition = definitionOf(job);
    const output = isFailedOutcome(job.status) ? files.lastLines(job.job, job.endedAtMs ?? 0) : [];
    const error = recorded[job.job]?.error ?? errorText(job);
    rows.push(jobRow(job, record.attempt, definition.id, recorded[job.job]?.recorded_status, error));
    texts.push([
      job.id,
      job.job,
      definition.command,
      error ?? '',
      output.join('\n'),
      definition.tags.join('\n'),
      record.application,
    ]);
    if (rows.length === rowsAtOnce) flush();
  }
  if (rows.length > 0) flush();
  record.touched.clear();
}

const jobColumns = [
  'id',
  'attempt',
  'definition',
  'status',
  'reason',
  'recorded_status',
  'started_at',
  'ended_at',
  'duration_ms',
  'command_ms',
  'tries',
  'exit_code',
  'signal',
  'cpu_ms',
  'max_rss_kb',
  'error',
  'facts',
];
const insertJobs = `INSERT OR REPLACE INTO jobs (${jobColumns.join(', ')})
  SELECT ${jobColumns.map((_, index) => `value ->> ${index}`).join(', ')} FROM json_each(?)`;
const deleteTexts = 'DELETE FROM jobs_text WHERE rowid IN (SELECT value FROM json_each(?))';
const insertTexts = `INSERT INTO jobs_text (rowid, job, command, error, output, tag, application)
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6 FROM json_each(?)`;

function jobRow(
  job: JobRecord,
  attempt: number,
  definition: number,
  recordedStatus: string | undefined,
  error: string | undefined,
): unknown[] {
  return [
    job.id,
    attempt,
    definition,
    job.status,
    job.reason,
    recordedStatus,
    job.startedAtMs,
    job.endedAtMs,
    job.durationMs,
    job.commandMs,
    job.tries,
    job.exitCode,
    job.signal,
    job.cpuMs,
    job.maxRssKb,
    error,
    factsText(job),
  ].map((value) => value ?? null);
}

/** Of a job that is over and did not fail nothing is needed any more. */
function factsText(job: JobRecord): string | null {
  return job.status === 'succeeded' ? null : JSON.stringify(job.facts);
}

function nextId(db: Database, run: number): number {
  const row = db.get<{ last: number | null }>(
    'SELECT max(id) AS last FROM jobs WHERE id BETWEEN ? AND ?',
    ...jobRange(run),
  );
  return (row?.last ?? run * jobsPerRun) + 1;
}

interface Definition {
  readonly id: number;
  readonly command: string;
  readonly tags: readonly string[];
}

/** What is the same in every run stands once. */
function definitions(db: Database, application: string, files: RunFiles): (job: JobRecord) => Definition {
  const known = new Map<string, Definition>();
  return ({ job, facts: { hash = '' } }) => {
    const cacheKey = `${hash} ${job}`;
    const cached = known.get(cacheKey);
    if (cached !== undefined) return cached;
    const { command = '', description = '', tags = [] } = files.jobOf(job) ?? {};
    const facts = [application, job, hash, command, description, JSON.stringify(tags)] as const;
    const identity = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
    const id = definitionId(db, identity) ?? addDefinition(db, identity, facts);
    const definition = { id, command, tags };
    known.set(cacheKey, definition);
    return definition;
  };
}

function definitionId(db: Database, identity: string): number | undefined {
  return db.get<{ id: number }>('SELECT id FROM definitions WHERE identity = ?', identity)?.id;
}

function addDefinition(
  db: Database,
  identity: string,
  facts: readonly [
    application: string,
    job: string,
    hash: string,
    command: string,
    description: string,
    tags: string,
  ],
): number {
  db.run(
    `INSERT INTO definitions (identity, application, job, hash, command, description, tags, command_hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    identity,
    ...facts,
    hashText(facts[3]),
  );
  return definitionId(db, identity)!;
}

/** Why a job did not succeed, in words. */
function errorText(job: JobRecord): string | undefined {
  const { status, facts } = job;
  if (status === undefined || status === 'succeeded') return undefined;
  if (status === 'skipped') return facts.because === undefined ? undefined : `needs ${facts.because}`;
  if (status === 'cancelled') return 'cancelled';
  return describeFailure({
    job: job.job,
    description: '',
    status,
    tries: job.tries,
    durationMs: job.durationMs ?? 0,
    ...present({
      limitMs: facts.limitMs ?? null,
      check: facts.check ?? null,
      startError: facts.startError ?? null,
    }),
    end: {
      ...present({ exit_code: job.exitCode ?? null, signal: job.signal ?? null }),
    },
    lastLines: [],
    log: '',
  });
}
