import { dirname, join, resolve } from 'node:path';
import type { CommandContext } from '@executioner/core';
import { listRuns, parseLogName, stateFolderOf } from '@executioner/engine';
import { findInputs, namesIn, readRuns } from '../input/index.ts';
import type { RunRecord } from '../runs/index.ts';

/** Runs that are read at most, the newest. */
const runsMax = 200;

/**
 * The runs of the same application that stand beside one, oldest first, without itself: of a run with a journal those of its
 * state folder before it, of a text log those whose logs lie in the same folder. What is wrong with their files is no matter
 * of this run.
 */
export async function runsBeside(run: RunRecord, { io }: CommandContext): Promise<RunRecord[]> {
  const stateFolder = run.folder === undefined ? stateFolderOf(io) : dirname(dirname(run.folder));
  const words = run.folder === undefined ? logsBeside(run, io.cwd) : journalsBefore(run, stateFolder);
  if (words.length === 0) return [];
  const found: RunRecord[] = [];
  const inputs = await findInputs(words, { cwd: io.cwd, stateFolder });
  await readRuns(inputs, { cwd: io.cwd, stdin: io.stdin, onRun: (record) => found.push(record) });
  return found
    .filter(
      ({ application, startedAtMs }) => application === run.application && startedAtMs !== run.startedAtMs,
    )
    .sort((a, b) => a.startedAtMs - b.startedAtMs)
    .slice(-runsMax);
}

function journalsBefore({ run }: RunRecord, stateFolder: string): string[] {
  const before = listRuns(stateFolder).filter((number) => run !== undefined && number < run);
  return before.slice(-runsMax).map((number) => join(stateFolder, 'runs', String(number)));
}

/** The logs of other runs, by their names; the application's log only where there are none, since it tells the same. */
function logsBeside({ application, run, files }: RunRecord, cwd: string): string[] {
  const [file = '-'] = files;
  if (file === '-' || application === '') return [];
  const folder = dirname(resolve(cwd, file));
  const named = namesIn(folder)
    .map((name) => ({ name, ...parseLogName(name) }))
    .filter((each) => each.application === application && each.job === undefined);
  const ofRuns = named
    .filter((each) => each.run !== undefined && each.run !== run)
    .sort((a, b) => a.run! - b.run!)
    .slice(-runsMax);
  const ofApplication = named.filter((each) => each.run === undefined && !/\.run-main\.log/.test(each.name));
  return (ofRuns.length > 0 ? ofRuns : ofApplication).map(({ name }) => join(folder, name));
}
