import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { CommandError, inputError } from '@executioner/core';
import { attemptFiles, attempts, listRuns } from '@executioner/engine';
import { glob } from 'tinyglobby';
import { groupedParts } from './logParts.ts';

/** Files that belong together and are read one after the other: the attempts of a run, the parts of a rotated log. */
export interface InputGroup {
  /** Absolute, or `-`. */
  readonly paths: readonly string[];
}

export interface FindInputsOptions {
  readonly cwd: string;
  readonly stateFolder: string;
}

/**
 * What the words of a command line name: files, folders (of logs, of a run, a state folder), globs, numbers of runs, and
 * `-` for standard input. Without words the latest run. Each file is there once, in the order of the words and, of a
 * folder or glob, by name.
 *
 * @throws CommandError INPUT_… when a file does not exist, RUN_NOT_FOUND, NO_LOGS when a folder or a glob holds none
 */
export async function findInputs(
  words: readonly string[],
  options: FindInputsOptions,
): Promise<InputGroup[]> {
  const paths = new Set<string>();
  for (const word of words) for (const path of await pathsOf(word, options)) paths.add(path);
  if (words.length === 0) for (const path of latestRun(options.stateFolder)) paths.add(path);
  return await grouped([...paths]);
}

async function pathsOf(word: string, options: FindInputsOptions): Promise<readonly string[]> {
  if (word === '-') return ['-'];
  const path = resolve(options.cwd, word);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if ('isDirectory' in found) return found.isDirectory() ? await inFolder(path, word) : [path];
  if (/^\d+$/.test(word)) return journalsOfRun(Number(word), options.stateFolder);
  if (/[*?[\]{}]/.test(word)) return await matching(word, options.cwd);
  throw await inputError(word, options.cwd, found);
}

async function matching(pattern: string, cwd: string): Promise<readonly string[]> {
  const paths = await glob(pattern, {
    cwd,
    absolute: true,
    onlyFiles: true,
    expandDirectories: false,
    dot: true,
  });
  if (paths.length === 0) throw new CommandError('NO_LOGS', `no file matches "${pattern}"`);
  return paths.sort(byName);
}

/** Numbers in names by their value: run 9 before run 10. */
function byName(a: string, b: string): number {
  collator ??= new Intl.Collator('en', { numeric: true });
  return collator.compare(a, b) || (a < b ? -1 : 1);
}

/** Made when there is something to compare: that takes 6 ms. */
let collator: Intl.Collator | undefined;

const logFileName = /\.(log|ndjson|db|sqlite)([.-]\d[\d.T_:-]*)?(\.gz)?$/i;
const ownRecords = /^launch\.\d+\.ndjson$/;

async function inFolder(folder: string, word: string): Promise<readonly string[]> {
  const ofRun = attempts(folder).map((attempt) => attemptFiles(folder, attempt).journal);
  if (ofRun.length > 0) return ofRun;
  const runs = listRuns(folder);
  if (runs.length > 0) return runs.flatMap((run) => journalsIn(join(folder, 'runs', String(run))));
  const names = await readdir(folder, { recursive: true });
  const paths = names
    .filter((name) => logFileName.test(name) && !ownRecords.test(basename(name)))
    .map((name) => join(folder, name));
  if (paths.length > 0) return paths.sort(byName);
  throw new CommandError('NO_LOGS', `there are no logs in "${word}"`, {
    hint: 'names of logs end in .log, .ndjson or .db, rotated (.log.1) or compressed (.gz); name other files one by one',
  });
}

function journalsIn(folder: string): string[] {
  return attempts(folder).map((attempt) => attemptFiles(folder, attempt).journal);
}

function journalsOfRun(run: number, stateFolder: string): readonly string[] {
  const journals = journalsIn(join(stateFolder, 'runs', String(run)));
  if (journals.length > 0) return journals;
  const latest = listRuns(stateFolder).at(-1);
  throw new CommandError(
    'RUN_NOT_FOUND',
    `there is no journal of run ${run} in "${stateFolder}", and no file "${run}"`,
    {
      hint: latest === undefined ? 'there are no runs there yet' : `the latest run is ${latest}`,
    },
  );
}

function latestRun(stateFolder: string): readonly string[] {
  const latest = listRuns(stateFolder).at(-1);
  if (latest !== undefined) return journalsOfRun(latest, stateFolder);
  throw new CommandError('RUN_NOT_FOUND', `there are no runs in "${stateFolder}" yet`, {
    hint: 'name log files, or make a run: executioner run workflow.json',
  });
}

/** Attempts of a run by their folder, parts of a rotated log in the order of time. */
async function grouped(paths: readonly string[]): Promise<InputGroup[]> {
  const journals = new Map<string, string[]>();
  for (const path of paths) {
    if (attemptOf(path) === undefined) continue;
    journals.set(dirname(path), [...(journals.get(dirname(path)) ?? []), path]);
  }
  const logs = await groupedParts(paths.filter((path) => attemptOf(path) === undefined));
  const groups = [
    ...[...journals.values()].map((members) => members.sort((a, b) => attemptOf(a)! - attemptOf(b)!)),
    ...logs,
  ];
  const place = new Map(paths.map((path, index) => [path, index]));
  const first = (group: readonly string[]) => Math.min(...group.map((path) => place.get(path)!));
  return groups.sort((a, b) => first(a) - first(b)).map((members) => ({ paths: members }));
}

function attemptOf(path: string): number | undefined {
  const attempt = /^journal\.(\d+)\.ndjson(?:\.gz)?$/.exec(basename(path))?.[1];
  return attempt === undefined ? undefined : Number(attempt);
}
