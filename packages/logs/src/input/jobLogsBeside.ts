import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  isFailure,
  jobLogName,
  type LoggedRun,
  mergeRuns,
  runCollector,
  textLogParser,
} from '@executioner/engine';

/** Jobs whose logs are looked into, and how much of each: exit codes stand at the end. */
const jobsMax = 50;
const tailBytes = 1 << 20;

/**
 * A run log tells that a job failed, and the log of the job, which stands beside it, with which exit code, when to the
 * millisecond, and which check it was. Adds that to the failed jobs of a run, as far as their logs are there.
 */
export function withJobLogsBeside(run: LoggedRun, file: string, cwd: string): LoggedRun {
  const { application, run: number } = run;
  if (application === undefined || number === undefined || file === '-') return run;
  const folder = dirname(resolve(cwd, file));
  const failed = [...run.jobs.values()].filter(({ status }) => isFailure(status)).slice(0, jobsMax);
  const told = failed.flatMap(({ id }) => {
    const tail = tailOf(join(folder, jobLogName(application, id, number)));
    return tail === undefined ? [] : readJobLog(tail, application, number, id);
  });
  return mergeRuns([run, ...told])[0]!;
}

function readJobLog(text: Buffer, application: string, run: number, job: string): LoggedRun[] {
  const collector = runCollector({ application });
  const parser = textLogParser({ run, job, onFact: collector.push, jobs: collector.jobs });
  parser.push(text);
  parser.end();
  return collector.end();
}

function tailOf(path: string): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, tailBytes));
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, size - bytes.length));
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    return undefined;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
