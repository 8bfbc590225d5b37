import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Configuration } from '@executioner/core';
import { jobLogName } from '@executioner/engine';
import { statusLook } from '@executioner/report';
import type { PictureSource } from '../picture/buildPicture.ts';
import type { RecordedRun } from './recordedRun.ts';

const linesMax = 15;
const bytesMax = 6000;
const lineLengthMax = 300;
/** Logs of more jobs than this would make a page large; the first ones to fail tell the most. */
const jobsMax = 200;

/** The last lines of the logs of jobs that did not end well, by id; jobs whose log is not to be found are missing. */
export function logExcerpts(
  { report, logFolder }: RecordedRun,
  source: PictureSource,
): ReadonlyMap<string, readonly string[]> {
  const folder = logFolder ?? configuredFolder(source);
  const excerpts = new Map<string, readonly string[]>();
  if (folder === undefined) return excerpts;
  for (const job of report.jobs) {
    if (excerpts.size === jobsMax) break;
    const { tone } = statusLook(job.status, job.reason);
    if ((tone !== 'bad' && tone !== 'warning') || job.tries.length === 0) continue;
    const lines = lastLines(join(folder, jobLogName(report.application, job.id, report.run)));
    if (lines.length > 0) excerpts.set(job.id, lines);
  }
  return excerpts;
}

function configuredFolder(source: PictureSource): string | undefined {
  if (!('workingDir' in source)) return undefined;
  const { workingDir, logDir } = source as Configuration;
  return resolve(workingDir, logDir);
}

/** None when the file cannot be read: it may have been removed since, which is no error of a picture. */
function lastLines(path: string): string[] {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return [];
  }
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, bytesMax));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    const lines = bytes.toString('utf8').split('\n');
    // What the cut has left of a line is no line.
    if (size > bytes.length) lines.shift();
    if (lines.at(-1) === '') lines.pop();
    return lines.slice(-linesMax).map((line) => line.slice(0, lineLengthMax));
  } finally {
    closeSync(file);
  }
}
