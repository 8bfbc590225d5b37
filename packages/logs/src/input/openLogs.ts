import { createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Diagnostic } from '@executioner/core';
import { parseLogName, readRunFiles } from '@executioner/engine';
import type { ReadableLog } from '../patterns/index.ts';
import { asUtf8, fileChunks, gunzipped, utf16Of } from './chunks.ts';
import { type FindInputsOptions, findInputs } from './findInputs.ts';
import { damagedGzip, unreadable } from './findings.ts';

export interface OpenLogsOptions extends FindInputsOptions {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** What is wrong with a file that cannot be read, or not to its end; a damaged one may be told of each time it is read. */
  readonly onFinding: (finding: Diagnostic) => void;
}

export interface OpenedLogs {
  readonly logs: readonly ReadableLog[];
  /** Removes what was written meanwhile: a copy of standard input. */
  close(): Promise<void>;
}

/**
 * The text logs that the words of a command line name, which can be read several times: files as they are, of a run (its
 * number or folder) the logs of its jobs, the latest run without words. Files may be compressed; standard input is copied
 * to a temporary file.
 *
 * @throws CommandError as `findInputs`
 */
export async function openLogs(words: readonly string[], options: OpenLogsOptions): Promise<OpenedLogs> {
  const paths = (await findInputs(words, options)).flatMap((input) => input.paths);
  const copies: string[] = [];
  const logs: ReadableLog[] = [];
  for (const path of paths.flatMap(jobLogsOfJournal)) {
    if (path !== '-') logs.push(...[await readableLog(path, options)].filter((log) => log !== undefined));
    else {
      const copy = await copyOf(options.stdin);
      copies.push(copy);
      logs.push((await readableLog(copy, options, '-'))!);
    }
  }
  return {
    logs,
    close: async () => {
      for (const copy of copies) await rm(dirname(copy), { recursive: true });
    },
  };
}

/**
 * A log file that can be read several times; undefined if it cannot be read at all. `path` is absolute; it is named as it is shown,
 * relative to the current folder if inside.
 */
export async function readableLog(
  path: string,
  { cwd, onFinding }: Pick<OpenLogsOptions, 'cwd' | 'onFinding'>,
  file = shownPath(path, cwd),
): Promise<ReadableLog | undefined> {
  let start: Uint8Array;
  try {
    start = await firstBytes(path);
  } catch (error) {
    onFinding(unreadable(error, file));
    return undefined;
  }
  const { job } = parseLogName(path);
  const onDamage = (error: Error): void => onFinding(damagedGzip(error, file));
  const encoding = utf16Of(start);
  const isCompressed = start[0] === 0x1f && start[1] === 0x8b;
  return {
    file,
    ...(job !== undefined && { job }),
    chunks() {
      if (isCompressed) return gunzipped(fileChunks(path), onDamage);
      return encoding === undefined ? fileChunks(path) : asUtf8(fileChunks(path), encoding);
    },
  };
}

function shownPath(path: string, cwd: string): string {
  const near = relative(cwd, path);
  return near.startsWith('..') ? path : near;
}

/** A journal holds no lines of jobs: the logs beside it do. */
function jobLogsOfJournal(path: string): string[] {
  const attempt = /^journal\.(\d+)\.ndjson$/.exec(basename(path))?.[1];
  if (attempt === undefined) return [path];
  const folder = dirname(path);
  const logs = readRunFiles(folder, Number(basename(folder)), Number(attempt)).logs();
  return logs.slice(1).filter((log) => existsSync(log));
}

async function copyOf(stdin: AsyncIterable<Uint8Array>): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'executioner-logs-')), 'stdin.log');
  await pipeline(Readable.from(stdin), createWriteStream(path));
  return path;
}

/** Enough to tell how a file is to be read. */
async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
