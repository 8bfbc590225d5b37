import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { jobLogName, readRunFiles } from '@executioner/engine';
import type { JobRecord, RunRecord } from '../runs/index.ts';

/** Bytes at the end of a job's log that are looked at. */
const tailBytes = 1 << 20;

/**
 * The last lines that a failed job has printed, from its own log: it stands where the configuration of the run says, or
 * beside the run's log that was read. Empty when there is none. What the engine wrote into it is left out.
 */
export function outputOf(job: JobRecord, run: RunRecord, cwd: string): readonly string[] {
  for (const path of jobLogPaths(job, run, cwd)) {
    const lines = lastTryLines(path, job);
    if (lines !== undefined) return lines;
  }
  return job.lastOutput === undefined ? [] : job.lastOutput.split('\n');
}

/** Where the log of a job may stand, the likeliest first. */
export function jobLogPaths(job: JobRecord, run: RunRecord, cwd: string): string[] {
  if (run.run === undefined) return [];
  const names = [jobLogName(run.application, job.id, run.run), v1Name(job.id, run)];
  if (run.folder !== undefined) {
    const files = readRunFiles(run.folder, run.run, run.attempts);
    const ours = files.logs().find((path) => path.endsWith(`/${names[0]}`));
    if (ours !== undefined) return [ours];
  }
  const folders = new Set(
    run.files.filter((file) => file !== '-').map((file) => dirname(resolve(cwd, file))),
  );
  return [...folders].flatMap((folder) => [...new Set(names)].map((name) => join(folder, name)));
}

/** Version 1 escapes nothing. */
function v1Name(job: string, { application, run }: RunRecord): string {
  return `executioner.${application}.job-${job.replaceAll('/', '%2F')}.run-${run}.log`;
}

/** The output of the last try that had ended by then; undefined when the file cannot be read. */
function lastTryLines(path: string, job: JobRecord): string[] | undefined {
  const text = tail(path);
  if (text === undefined) return undefined;
  const untilMs = job.tries.at(-1)?.endedAtMs ?? Number.POSITIVE_INFINITY;
  let last: string[] = [];
  let current: string[] = [];
  for (const line of text.split('\n')) {
    const [, stamp, level, message = ''] =
      /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) - ([A-Z]+) - (.*)$/.exec(line) ?? [];
    if (stamp === undefined) continue;
    const atMs = Date.parse(stamp.replace(' ', 'T').replace(',', '.'));
    // Output is read a little after it was written, and run logs know whole seconds.
    if (atMs > untilMs + 2000) break;
    // Another attempt, soon after.
    const isLater = atMs > untilMs + (untilMs % 1000 === 0 ? 1000 : 0);
    if (isLater && last.length > 0 && message.startsWith(`Executing job - ${job.id}: `)) break;
    if (endsTry(level!, message, job.id)) {
      if (current.length > 0) last = current;
      current = [];
    } else if (level === 'INFO' && !isOurs(message, job.id)) current.push(message);
  }
  return current.length > 0 ? current : last;
}

function endsTry(level: string, message: string, job: string): boolean {
  if (level !== 'ERROR') return false;
  return message.startsWith(`Job ${job}: FAILED`) || message.startsWith(`Job ${job} timed out`);
}

function isOurs(message: string, job: string): boolean {
  return (
    message === `Job ${job}: SUCCESS` ||
    message.startsWith(`Executing job - ${job}: `) ||
    /^(Pre|Post)-check passed: /.test(message)
  );
}

function tail(path: string): string | undefined {
  // Most often there is none, and an exception takes ten times as long.
  if (!existsSync(path)) return undefined;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, tailBytes));
    const read = readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8', 0, read);
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
