import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { attemptFiles } from '../runs/index.ts';
import { jobLogName, runLogName } from '../textlogs/index.ts';

/** What the files beside the journal tell of an attempt. All of it may be missing: the journal alone is the truth. */
export interface RunFiles {
  readonly workingDir?: string;
  readonly logFolder?: string;
  readonly log?: string;
  jobOf(id: string): JobFile | undefined;
  /** The last lines that a job has printed until then, as far as its log still holds them. */
  lastLines(job: string, untilMs: number): readonly string[];
  /** The text logs of the run under the names that it uses, whether they are there or not. */
  logs(): string[];
  readonly imported?: ImportedFile;
}

export interface JobFile {
  readonly command: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly logDir?: string;
  readonly noOutputTimeoutMs?: number;
}

/** What an import has stored beside the journal that it made: all that the source held, as it stood there. */
export interface ImportedFile {
  readonly kind: string;
  /** Names the run in its source: importing it again is no new run. */
  readonly key: string;
  readonly content_hash: string;
  /** Where it came from. */
  readonly file: string;
  readonly imported_at: string;
  /** The number it had there. */
  readonly recorded_run?: number;
  readonly attempts: readonly ImportedAttemptFile[];
}

export interface ImportedAttemptFile {
  readonly attempt: number;
  readonly recorded_status?: string;
  /** The columns of the run. */
  readonly columns: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, ImportedJobFile>>;
}

export interface ImportedJobFile {
  readonly recorded_status?: string;
  readonly error?: string;
  readonly columns: Readonly<Record<string, unknown>>;
}

export function importFile(runFolder: string): string {
  return join(runFolder, 'import.json');
}

/** Reads the stored configuration of an attempt, and what an import has stored. Never throws. */
export function readRunFiles(runFolder: string, run: number, attempt: number): RunFiles {
  const configuration = record(readJson(attemptFiles(runFolder, attempt).config));
  const imported = readJson(importFile(runFolder)) as ImportedFile | undefined;
  const jobs = new Map(
    (Array.isArray(configuration.jobs) ? configuration.jobs : []).map((job) => [text(record(job).id), job]),
  );
  const workingDir = optionalText(configuration.workingDir);
  const application = text(configuration.applicationName);
  // An imported run has another program's logs, under names with another number.
  const hasLogs = workingDir !== undefined && imported === undefined;
  const logFolder = hasLogs ? resolve(workingDir, text(configuration.logDir)) : undefined;
  const jobOf = (id: string): JobFile | undefined => (jobs.has(id) ? jobFile(jobs.get(id)) : undefined);
  const jobLog = (id: string): string | undefined => {
    if (logFolder === undefined) return undefined;
    const { logDir } = jobOf(id) ?? {};
    const folder = logDir === undefined ? logFolder : resolve(workingDir!, logDir);
    return join(folder, jobLogName(application, id, run));
  };
  return {
    ...(workingDir === undefined ? {} : { workingDir }),
    ...(logFolder === undefined ? {} : { logFolder, log: join(logFolder, runLogName(application, run)) }),
    ...(imported === undefined ? {} : { imported }),
    jobOf,
    lastLines: (id, untilMs) => {
      const log = jobLog(id);
      return log === undefined ? [] : lastOutput(log, untilMs);
    },
    logs() {
      if (logFolder === undefined) return [];
      return [join(logFolder, runLogName(application, run)), ...[...jobs.keys()].map((id) => jobLog(id)!)];
    },
  };
}

function jobFile(value: unknown): JobFile {
  const job = record(value);
  const logDir = optionalText(job.logDir);
  return {
    command: text(job.command),
    description: text(job.description),
    tags: Array.isArray(job.tags) ? job.tags.map(text) : [],
    ...(logDir === undefined ? {} : { logDir }),
    ...(typeof job.noOutputTimeoutMs === 'number' ? { noOutputTimeoutMs: job.noOutputTimeoutMs } : {}),
  };
}

const tailBytes = 64 * 1024;
const lastLineCount = 10;
const lastLineLength = 500;

/**
 * A log goes on over tries and attempts, so what came later is left out by its stamp. A second is granted, since output
 * is read a little after it was written.
 */
function lastOutput(path: string, untilMs: number): string[] {
  const lines: string[] = [];
  for (const line of tail(path).split('\n').reverse()) {
    const [, stamp, message] = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) - INFO - (.*)$/.exec(line) ?? [];
    if (stamp === undefined || message === undefined) continue;
    if (Date.parse(stamp.replace(' ', 'T').replace(',', '.')) > untilMs + 1000) continue;
    lines.unshift(message.slice(0, lastLineLength));
    if (lines.length === lastLineCount) break;
  }
  return lines;
}

function tail(path: string): string {
  try {
    const fd = openSync(path, 'r');
    try {
      const { size } = fstatSync(fd);
      const length = Math.min(size, tailBytes);
      const bytes = Buffer.alloc(length);
      const read = readSync(fd, bytes, 0, length, size - length);
      return bytes.toString('utf8', 0, read);
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
