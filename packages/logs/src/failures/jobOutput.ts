import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { jobLogName, readRunFiles } from '@executioner/engine';
import { namesIn } from '../input/index.ts';
import type { JobRecord, RunRecord } from '../runs/index.ts';

/** Bytes at the end of a job's log that are looked at. */
const tailBytes = 1 << 20;

/** What the log of a job has of its last try. */
export interface LoggedOutput {
  readonly lines: readonly string[];
  /** Whether nothing more will come; undefined where nothing tells: there is no log, or the try did not end by itself. */
  readonly isWhole: boolean | undefined;
}

/** What a failed job has printed last, from its own log as it stands. */
export function loggedOutput(job: JobRecord, run: RunRecord, cwd: string): LoggedOutput {
  return lastTry(jobLogFinder(run, cwd)(job), job);
}

/**
 * The last lines that a failed job has printed, from its own log at a path, where there is one. Empty when there is none. What the
 * engine wrote into it is left out.
 */
export function outputIn(log: string | undefined, job: JobRecord): readonly string[] {
  return lastTry(log, job).lines;
}

/**
 * Finds the logs of the jobs of a run: where the configuration of the run says, or beside the run's log that was read. What is in
 * these folders is looked up once: very many jobs may have failed.
 */
export function jobLogFinder(run: RunRecord, cwd: string): (job: JobRecord) => string | undefined {
  const { run: number } = run;
  if (number === undefined) return () => undefined;
  const ofRun = run.folder === undefined ? [] : readRunFiles(run.folder, number, run.attempts).logs();
  const byName = new Map(ofRun.map((path) => [basename(path), path]));
  const files = run.files.filter((file) => file !== '-');
  const folders = [...new Set(files.map((file) => dirname(resolve(cwd, file))))].map((folder) => ({
    folder,
    names: new Set(namesIn(folder)),
  }));
  return (job) => {
    const name = jobLogName(run.application, job.id, number);
    const known = byName.get(name);
    if (known !== undefined) return existsSync(known) ? known : undefined;
    const names = [name, v1Name(job.id, run)];
    for (const { folder, names: inFolder } of folders) {
      const found = names.find((each) => inFolder.has(each));
      if (found !== undefined) return join(folder, found);
    }
    return undefined;
  };
}

/** Version 1 escapes nothing. */
function v1Name(job: string, { application, run }: RunRecord): string {
  return `executioner.${application}.job-${job.replaceAll('/', '%2F')}.run-${run}.log`;
}

/** The output of the last try that had ended by then. */
function lastTry(path: string | undefined, job: JobRecord): LoggedOutput {
  const text = path === undefined ? undefined : tail(path);
  if (text === undefined)
    return { lines: job.lastOutput === undefined ? [] : job.lastOutput.split('\n'), isWhole: undefined };
  const untilMs = job.tries.at(-1)?.endedAtMs ?? Number.POSITIVE_INFINITY;
  let last: string[] = [];
  let current: string[] = [];
  let isWhole = false;
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
      // Run logs know whole seconds.
      isWhole = atMs >= untilMs - 1;
    } else if (level === 'INFO' && !isOurs(message, job.id)) current.push(message);
  }
  return {
    lines: current.length > 0 ? current : last,
    isWhole: job.status === 'failed' ? isWhole : undefined,
  };
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
