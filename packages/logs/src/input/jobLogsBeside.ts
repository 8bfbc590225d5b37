import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  type CollectedRun,
  isFailure,
  jobLogName,
  type LoggedRun,
  mergeRuns,
  runCollector,
  textLogParser,
} from '@executioner/engine';
import { namesIn } from './namesIn.ts';

/** Jobs whose logs are looked into, and how much of each: exit codes stand at the end. */
const jobsMax = 50;
const tailBytes = 1 << 20;

/**
 * A run log tells that a job failed, and the log of the job, which stands beside it, with which exit code, when to the
 * millisecond, and which check it was. Returns what adds that to the failed jobs of a run that `file` told of, as far as their
 * logs are there. What is in a folder is looked up once: a log may tell of very many failures.
 */
export function jobLogsBeside(cwd: string): (run: LoggedRun | CollectedRun, file: string) => LoggedRun {
  const known = new Map<string, ReadonlySet<string>>();
  const folders = new Map<string, string>();

  function folderOf(file: string): string {
    let folder = folders.get(file);
    if (folder === undefined) {
      folder = dirname(resolve(cwd, file));
      folders.set(file, folder);
    }
    return folder;
  }

  function jobLogsIn(folder: string): ReadonlySet<string> {
    let names = known.get(folder);
    if (names === undefined) {
      names = new Set(namesIn(folder).filter((name) => name.includes('.job-')));
      known.set(folder, names);
    }
    return names;
  }

  return (run, file) => {
    const { application, run: number } = run;
    if (application === undefined || number === undefined || file === '-') return run;
    const folder = folderOf(file);
    const names = jobLogsIn(folder);
    if (names.size === 0) return run;
    const told = failedJobs(run).flatMap((id) => {
      const name = jobLogName(application, id, number);
      const tail = names.has(name) ? tailOf(join(folder, name)) : undefined;
      return tail === undefined ? [] : readJobLog(tail, application, number, id);
    });
    return told.length === 0 ? run : mergeRuns([run, ...told])[0]!;
  };
}

function failedJobs(run: LoggedRun | CollectedRun): string[] {
  const table = 'table' in run ? run.table : undefined;
  const failed: string[] = [];
  if (table?.failed === 0) return failed;
  if (table === undefined) {
    for (const { id, status } of run.jobs.values()) if (isFailure(status)) failed.push(id);
    return failed.slice(0, jobsMax);
  }
  for (let row = 0; row < table.size && failed.length < jobsMax; row++)
    if (isFailure(table.status(row))) failed.push(table.id(row));
  return failed;
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
