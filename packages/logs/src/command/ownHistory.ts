import { existsSync } from 'node:fs';
import { CommandError } from '@executioner/core';
import { type History, historyFile, openHistory } from '@executioner/engine';
import { type RunRecord, recordsOfHistory } from '../runs/index.ts';
import { type RunsReader, readFiles } from './readAsked.ts';

/** Of what the journals have more than the index so much time is taken in at once: above that they are read instead. */
const catchUpMs = 2000;
const runsMax = 1_000_000;

/**
 * All runs of a state folder: from its history database, which is faster, or from the journals where there is none, it
 * cannot be used, or it has fallen far behind.
 */
export const readOwnHistory: RunsReader = async ([stateFolder = ''], context, onRun) => {
  const file = historyFile(stateFolder);
  const isKnown =
    existsSync(file) && (await giveIndexedRuns(stateFolder, file, context.io.clock.nowMs, onRun));
  return isKnown ? { sources: [], findings: [] } : await readFiles([stateFolder], context, onRun);
};

/** Returns false, before any run is given, where the database does not do. */
async function giveIndexedRuns(
  stateFolder: string,
  file: string,
  nowMs: () => number,
  onRun: (run: RunRecord) => void,
): Promise<boolean> {
  let history: History | undefined;
  try {
    history = await openHistory({ stateFolder, nowMs });
    if (history.catchUp({ budgetMs: catchUpMs }).state !== 'done') return false;
  } catch (error) {
    history?.close();
    // The journals know as much, and say what is wrong with them.
    if (error instanceof CommandError) return false;
    throw error;
  }
  try {
    for (const run of recordsOfHistory(history, file, { limit: runsMax })) onRun(run);
    return true;
  } finally {
    history.close();
  }
}
