import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandError, type Configuration, type Job } from '@executioner/core';
import type { Masker } from '../output/index.ts';
import { type AppendFile, appendFile } from './appendFile.ts';
import { applicationLogName, jobLogName, runLogName } from './fileNames.ts';
import type { LogLine } from './logLine.ts';
import { applicationLogLimit, rotatingFile } from './rotation.ts';
import { millisecondStamp, secondStamp } from './stamp.ts';

/** The folders that a configuration's logs go to, absolute. */
export interface LogFolders {
  readonly main: string;
  ofJob(job: Job): string;
}

export function logFolders(configuration: Configuration): LogFolders {
  const main = resolve(configuration.workingDir, configuration.logDir);
  return {
    main,
    ofJob: (job) => (job.logDir === undefined ? main : resolve(configuration.workingDir, job.logDir)),
  };
}

/**
 * Makes the log folders where they are missing, but not the working folder.
 *
 * @throws CommandError `WORKING_FOLDER` when that is missing, `LOG_FOLDER` when one cannot be made or written to.
 */
export function prepareLogFolders(configuration: Configuration): LogFolders {
  const { workingDir } = configuration;
  if (!statSync(workingDir, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CommandError('WORKING_FOLDER', `the working folder "${workingDir}" does not exist`, {
      hint: 'make it, or name another one with "working_dir"',
    });
  }
  const folders = logFolders(configuration);
  for (const folder of new Set([folders.main, ...configuration.jobs.map(folders.ofJob)])) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o755 });
      accessSync(folder, constants.W_OK | constants.X_OK);
    } catch (error) {
      const { message } = error as Error;
      throw new CommandError('LOG_FOLDER', `the log folder "${folder}" cannot be used: ${message}`, {
        hint: 'name a folder you may write to with "log_dir", or change its permissions',
        cause: error,
      });
    }
  }
  return folders;
}

/** Writes the text logs of one attempt. */
export interface TextLogWriter {
  /** The run log. */
  readonly runLog: string;
  /** The application's log, which its runs share. */
  readonly applicationLog: string;
  /** The path of a job's log. */
  jobLog(job: string): string;
  /** Appends lines to the run log and the application log, or to the log of their job. */
  write(lines: readonly LogLine[]): void;
  /** Appends lines that an earlier attempt has lost, to the log that lacks them. */
  recover(lost: { readonly run: readonly LogLine[]; readonly application: readonly LogLine[] }): void;
  /** Appends output of a job at INFO, masked already, all lines with one stamp. */
  output(job: string, lines: readonly string[], atMs: number): void;
  /** While the log of a job cannot be written: resolves when it can, or was given up. */
  room(job: string): Promise<void> | undefined;
  /** Waits no longer for that: what cannot be written now is given up. */
  settle(job: string): void;
  /** Hands all that was given so far to the kernel, unless it cannot be written. */
  flush(): void;
  /** Closes the log of a job; it may be opened again. Returns whether it has all its lines. */
  closeJob(job: string): boolean;
  /** Whether the logs of all jobs have all their lines, as far as they were closed. */
  isWhole(): boolean;
  close(): void;
}

export interface TextLogWriterOptions {
  readonly configuration: Configuration;
  readonly folders: LogFolders;
  readonly run: number;
  readonly masker: Masker;
  /** Told once per file that cannot be written for now; its lines are kept, and written when that is possible. */
  readonly onError: (path: string, error: NodeJS.ErrnoException) => void;
  /** Told once per file whose end is missing, since it never was; nothing more is written to it, so that it has no gap. */
  readonly onLost: (path: string) => void;
}

/** Takes what would come behind a gap. */
const nowhere: AppendFile = { append() {}, flush() {}, room: () => undefined, close: () => false };

/** Opens nothing by itself: a file appears with its first line. */
export function textLogWriter(options: TextLogWriterOptions): TextLogWriter {
  const { configuration, folders, run, masker } = options;
  const { applicationName } = configuration;
  const jobs = new Map(configuration.jobs.map((job) => [job.id, job]));
  const open = new Map<string, AppendFile>();
  const lost = new Set<string>();
  const onErrorOf = (path: string) => ({
    onError: (error: NodeJS.ErrnoException) => options.onError(path, error),
  });

  const runLog = join(folders.main, runLogName(applicationName, run));
  const runFile = appendFile(runLog, onErrorOf(runLog));
  const applicationLog = join(folders.main, applicationLogName(applicationName));
  const applicationFile = rotatingFile(applicationLog, applicationLogLimit, onErrorOf(applicationLog));

  const jobLog = (id: string) => {
    const job = jobs.get(id);
    return join(job === undefined ? folders.main : folders.ofJob(job), jobLogName(applicationName, id, run));
  };
  const jobFile = (id: string) => {
    let file = open.get(id);
    if (file === undefined) {
      const path = jobLog(id);
      file = lost.has(path) ? nowhere : appendFile(path, onErrorOf(path));
      open.set(id, file);
    }
    return file;
  };
  const closed = (path: string, file: AppendFile | undefined) => {
    if (file?.close() !== false || lost.has(path)) return;
    lost.add(path);
    options.onLost(path);
  };
  const closeJob = (job: string) => {
    const path = jobLog(job);
    closed(path, open.get(job));
    open.delete(job);
    return !lost.has(path);
  };

  const runLine = ({ atMs, level }: LogLine, text: string) => `${secondStamp(atMs)} - ${level} - ${text}\n`;
  const applicationLine = (line: LogLine, text: string) => runLine(line, `[RUN #${run}] ${text}`);

  return {
    runLog,
    applicationLog,
    jobLog,
    write(lines) {
      let forRun = '';
      let forApplication = '';
      for (const line of lines) {
        const { to, atMs, level, message, job } = line;
        const text = masker(message);
        if (to === 'job') jobFile(job!).append(`${millisecondStamp(atMs)} - ${level} - ${text}\n`);
        if (to !== 'run' && to !== 'application') continue;
        if (to === 'run') forRun += runLine(line, text);
        forApplication += applicationLine(line, text);
      }
      runFile.append(forRun);
      applicationFile.append(forApplication);
    },
    recover(lost) {
      runFile.append(lost.run.map((line) => runLine(line, masker(line.message))).join(''));
      applicationFile.append(
        lost.application.map((line) => applicationLine(line, masker(line.message))).join(''),
      );
    },
    output(job, lines, atMs) {
      const head = `${millisecondStamp(atMs)} - INFO - `;
      let text = '';
      for (const line of lines) text += `${head}${line}\n`;
      jobFile(job).append(text);
    },
    flush() {
      for (const file of [runFile, applicationFile, ...open.values()]) file.flush();
    },
    room: (job) => open.get(job)?.room(),
    settle(job) {
      if (open.get(job)?.room() !== undefined) closeJob(job);
    },
    closeJob,
    isWhole: () => lost.size === 0,
    close() {
      for (const job of [...open.keys()]) closeJob(job);
      closed(runLog, runFile);
      closed(applicationLog, applicationFile);
    },
  };
}
