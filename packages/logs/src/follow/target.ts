import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CommandError, inputError } from '@executioner/core';
import { attemptFiles, attempts, listRuns, parseLogName } from '@executioner/engine';
import { globSync } from 'tinyglobby';
import { recognise } from '../input/index.ts';
import { headOf, openGrowing } from './openGrowing.ts';

/** Files of the run to follow: its journals in their order, or one text log. */
export type FollowedFiles = readonly string[];

/** What a word of the command line asks to follow. */
export interface FollowTarget {
  /** What is waited for, in words, while there is nothing to follow: `the next run in logs`. */
  readonly awaited: string;
  /** The files of the run that is under way; undefined while there is none. To be asked again and again. */
  find(): FollowedFiles | undefined;
}

export interface FollowTargetOptions {
  readonly cwd: string;
  readonly stateFolder: string;
  readonly nowMs: number;
}

/**
 * What `--follow` is to follow. A run by its number or folder, a journal or a log: that one, and a file that is not there
 * yet is waited for. A state folder, a folder of logs or a glob: the run under way, else the next one. Nothing: the latest run,
 * else the first.
 *
 * @throws CommandError RUN_NOT_FOUND, INPUT_NOT_FOUND when neither a file nor its folder exists
 */
export async function followTarget(
  word: string | undefined,
  { cwd, stateFolder, nowMs }: FollowTargetOptions,
): Promise<FollowTarget> {
  if (word === undefined) {
    const latest = listRuns(stateFolder).at(-1);
    return latest === undefined
      ? nextRun(stateFolder, stateFolder)
      : files(journalsOf(join(stateFolder, 'runs', String(latest))));
  }
  const path = resolve(cwd, word);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) {
    if (attempts(path).length > 0) return files(journalsOf(path));
    if (existsSync(join(path, 'runs'))) return nextRun(path, word);
    return nextLog(join(word, '*.log'), cwd, nowMs);
  }
  if (found !== undefined) {
    assertGrows(path, word);
    return files([path]);
  }
  if (/^\d+$/.test(word)) return files(knownRun(Number(word), stateFolder));
  if (/[*?[\]{}]/.test(word)) return nextLog(word, cwd, nowMs);
  if (!existsSync(dirname(path)))
    throw await inputError(word, cwd, Object.assign(new Error('ENOENT'), { code: 'ENOENT' }));
  return { awaited: word, find: () => (existsSync(path) ? [path] : undefined) };
}

/** @throws CommandError USAGE for a file that nothing is appended to */
function assertGrows(path: string, word: string): void {
  const kind = recognise(headOf(path));
  if (kind === 'gzip')
    throw new CommandError('USAGE', `"${word}" is compressed, so nothing more is written to it`, {
      hint: `what it tells: executioner logs ${word}`,
    });
  if (kind === 'database')
    throw new CommandError(
      'USAGE',
      `"${word}" is a history database, which tells of runs when they are over`,
      {
        hint: 'follow a run by its number, or the state folder',
      },
    );
}

function files(paths: FollowedFiles): FollowTarget {
  return { awaited: paths[0]!, find: () => paths };
}

function journalsOf(folder: string): string[] {
  return attempts(folder).map((attempt) => attemptFiles(folder, attempt).journal);
}

function knownRun(run: number, stateFolder: string): string[] {
  const journals = journalsOf(join(stateFolder, 'runs', String(run)));
  if (journals.length > 0) return journals;
  const latest = listRuns(stateFolder).at(-1);
  throw new CommandError('RUN_NOT_FOUND', `there is no journal of run ${run} in "${stateFolder}"`, {
    hint:
      latest === undefined
        ? 'there are no runs there yet; without a number the first one is waited for'
        : `the latest run is ${latest}; with the folder instead of a number the next run is waited for`,
  });
}

/** Runs whose resumes are waited for too, besides new ones. */
const watchedRuns = 50;

/** The run of a state folder that is under way, else the next one or the next resume. */
function nextRun(folder: string, shown: string): FollowTarget {
  const attemptsOf = new Map(newestRuns(folder).map((run) => [run, journalsIn(folder, run).length]));
  const latest = listRuns(folder).at(-1);
  const current = latest === undefined ? [] : journalsIn(folder, latest);
  const isUnderWay = current.length > 0 && isRunning(current);
  return {
    awaited: `the next run in ${shown}`,
    find() {
      if (isUnderWay) return current;
      const begun = newestRuns(folder).find(
        (run) => journalsIn(folder, run).length > (attemptsOf.get(run) ?? 0),
      );
      return begun === undefined ? undefined : journalsIn(folder, begun);
    },
  };
}

function newestRuns(folder: string): number[] {
  return listRuns(folder).slice(-watchedRuns);
}

function journalsIn(folder: string, run: number): string[] {
  return journalsOf(join(folder, 'runs', String(run)));
}

/** Whether its files tell of a run that has begun and not ended. */
function isRunning(paths: readonly string[]): boolean {
  const growing = openGrowing(paths);
  try {
    growing.look();
    return growing.run() !== undefined && !growing.hasEnded() && !growing.isAbandoned();
  } finally {
    growing.close();
  }
}

/**
 * Of the logs that a glob matches, the newest one if its run is under way, else the next one that is written to. Logs of
 * runs go before those of applications, which tell the same.
 */
function nextLog(pattern: string, cwd: string, nowMs: number): FollowTarget {
  const before = new Map(logsMatching(pattern, cwd).map((log) => [log.path, log]));
  // Of those that were written to in the same moment the last by name: runs are numbered.
  const newest = [...before.values()].reverse().sort((a, b) => b.changedAtMs - a.changedAtMs)[0];
  const isUnderWay =
    newest !== undefined && nowMs - newest.changedAtMs < silentMaxMs && isRunning([newest.path]);
  return {
    awaited: `the next run in ${pattern}`,
    find() {
      if (isUnderWay) return [newest.path];
      const written = logsMatching(pattern, cwd).filter(
        ({ path, bytes, inode }) =>
          bytes > 0 && (before.get(path)?.bytes !== bytes || before.get(path)?.inode !== inode),
      );
      const [first] = written.sort((a, b) => Number(a.isOfApplication) - Number(b.isOfApplication));
      return first && [first.path];
    },
  };
}

/** A log without an end that nobody has written to for so long is that of a run which was killed. */
const silentMaxMs = 24 * 3_600_000;

interface MatchingLog {
  readonly path: string;
  readonly bytes: number;
  readonly inode: number;
  readonly changedAtMs: number;
  readonly isOfApplication: boolean;
}

function logsMatching(pattern: string, cwd: string): MatchingLog[] {
  return globSync(pattern, { cwd, absolute: true, onlyFiles: true, expandDirectories: false, dot: true })
    .sort()
    .flatMap((path): MatchingLog[] => {
      const { run, job, rotation } = parseLogName(path);
      if (
        job !== undefined ||
        rotation !== undefined ||
        /\.gz$|\.run-main\.log$|launch\.\d+\.ndjson$/.test(path)
      )
        return [];
      const found = statSync(path, { throwIfNoEntry: false });
      if (found === undefined) return [];
      const isOfApplication = run === undefined && !/^journal\./.test(basename(path));
      return [{ path, bytes: found.size, inode: found.ino, changedAtMs: found.mtimeMs, isOfApplication }];
    });
}
