import { dirname } from 'node:path';
import { type CommandContext, CommandError } from '@executioner/core';
import { listRuns, stateFolderOf } from '@executioner/engine';
import { type ConfiguredRun, withConfiguration } from '../changes/index.ts';
import { findInputs, readRuns } from '../input/index.ts';
import { failsRun, type RunRecord } from '../runs/index.ts';
import type { LogsArguments } from './arguments.ts';
import { readAsked } from './readAsked.ts';

/** Runs before it that are read. */
const earlierMax = 200;

export interface ChosenRun {
  readonly run: ConfiguredRun;
  /** Those of its application before it that are known, oldest first. */
  readonly earlier: readonly ConfiguredRun[];
}

/**
 * The run that the command line names, the latest if none; of several the newest that failed. The runs before it are
 * those that were named with it and those in the folder of runs that it belongs to.
 *
 * @throws CommandError NO_RUNS when the files tell of none, and as `readAsked`
 */
export async function chooseRun(args: LogsArguments, context: CommandContext): Promise<ChosenRun> {
  const named: RunRecord[] = [];
  await readAsked({ ...args, job: undefined, last: undefined }, context, (run) => named.push(run));
  named.sort((a, b) => a.startedAtMs - b.startedAtMs);
  const chosen = named.findLast((run) => run.jobs.some(failsRun)) ?? named.at(-1);
  if (chosen === undefined)
    throw new CommandError('NO_RUNS', 'these files tell of no run', {
      hint: 'name a log of a run or its journal, or the number of a run',
    });
  if (named.length > 1 && chosen.run !== undefined)
    context.note(`of ${named.length} runs this is about run ${chosen.run}, the newest that failed`);
  const beside = [...named, ...(await runsBeside(chosen, context))];
  const earlier = new Map(
    beside
      .filter((run) => run.application === chosen.application && run.startedAtMs < chosen.startedAtMs)
      .map((run) => [run.startedAtMs, run]),
  );
  return {
    run: withConfiguration(chosen),
    earlier: [...earlier.values()].sort((a, b) => a.startedAtMs - b.startedAtMs).map(withConfiguration),
  };
}

/** The runs in the folder that a run with a journal lies in, before it. */
async function runsBeside({ folder, run }: RunRecord, { io }: CommandContext): Promise<RunRecord[]> {
  const stateFolder = folder === undefined ? stateFolderOf(io) : dirname(dirname(folder));
  if (folder === undefined || run === undefined) return [];
  const numbers = listRuns(stateFolder).filter((number) => number < run);
  const words = numbers.slice(-earlierMax).map((number) => `${stateFolder}/runs/${number}`);
  if (words.length === 0) return [];
  const records: RunRecord[] = [];
  // What is wrong with an earlier journal is no matter of this run.
  const inputs = await findInputs(words, { cwd: io.cwd, stateFolder });
  await readRuns(inputs, { cwd: io.cwd, stdin: io.stdin, onRun: (record) => records.push(record) });
  return records;
}
