import { isFailedOutcome } from '@executioner/core';
import { describeFailure } from '../summary/describeFailure.ts';
import type { Database } from './database.ts';
import { definitions } from './definitionRows.ts';
import { present } from './present.ts';
import type { AttemptRecord, JobRecord } from './records.ts';
import type { RunFiles } from './runFiles.ts';
import { jobRange, jobsPerRun } from './schema.ts';

const rowsAtOnce = 1000;

/** Writes the jobs that an event since the last time was about. In bulk: a row costs half of what it does alone. */
export function writeJobs(db: Database, record: AttemptRecord, files: RunFiles): void {
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
    const error = recorded[job.job]?.error ?? errorText(job, definition.silenceLimitMs);
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

/** Why a job did not succeed, in words. */
function errorText(job: JobRecord, silenceLimitMs: number | undefined): string | undefined {
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
      reason: job.reason ?? null,
      limitMs: facts.limitMs ?? null,
      silenceLimitMs: silenceLimitMs ?? null,
      stoppedFor: facts.stoppedFor ?? null,
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
