import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { historyFile, listRuns } from '@executioner/engine';

/** Runs whose journals are read beside a database, the newest. */
const runsMax = 1000;

/**
 * What was named, and for a history database also the journals that it is an index of, where they still lie beside it: they tell
 * each try, and what is told twice is taken from them.
 */
export function withJournalsBeside(files: readonly string[], cwd: string): string[] {
  return files.flatMap((file) => {
    const path = resolve(cwd, file);
    const folder = dirname(path);
    if (basename(path) !== basename(historyFile('')) || !existsSync(path)) return [file];
    const runs = listRuns(folder).slice(-runsMax);
    return [file, ...runs.map((run) => join(folder, 'runs', String(run)))];
  });
}
