import { type CommandContext, CommandError, type Diagnostic } from '@executioner/core';
import { listRuns, stateFolderOf } from '@executioner/engine';
import { type ConfiguredRun, turnsOf, withConfiguration } from '../changes/index.ts';
import type { LogsArguments } from './arguments.ts';
import { withJournalsBeside } from './journalsBeside.ts';
import { readAsked } from './readAsked.ts';
import { unknownName } from './unknownNames.ts';

/** Runs and what is wrong with their files. */
export interface ReadHistory {
  /** How many runs there are. */
  readonly count: number;
  /** Their attempts, each as `turnsOf` has it. */
  readonly turns: readonly ConfiguredRun[];
  readonly findings: readonly Diagnostic[];
}

/** Runs that are looked at when the command line names none: enough to tell a change from chance, quick to read. */
const newestRuns = 500;

/**
 * The runs that the command line names, else the newest that the state folder has, attempt by attempt, oldest first, with the
 * configurations they ran with.
 *
 * @throws CommandError NO_RUNS when there is none, and as `readAsked`
 */
export async function readHistory(args: LogsArguments, context: CommandContext): Promise<ReadHistory> {
  const known = listRuns(stateFolderOf(context.io));
  const newest = known.slice(-Math.max(newestRuns, args.last ?? 0)).map(String);
  const files = args.files.length > 0 ? withJournalsBeside(args.files, context.io.cwd) : newest;
  const runs: ConfiguredRun[] = [];
  const { findings } = await readAsked({ ...args, files, job: undefined }, context, (record) => {
    // Logs of the main program tell of runs without jobs.
    if (record.jobs.length > 0) runs.push(withConfiguration(record));
  });
  if (runs.length === 0) throw noRuns(args);
  return { count: runs.length, turns: await turnsOf(runs, context.io.cwd), findings };
}

/**
 * Of these runs those of the application whose newest run has a job.
 *
 * @throws CommandError NO_RUNS when none has it
 */
export function runsWithJob(runs: readonly ConfiguredRun[], job: string): ConfiguredRun[] {
  const last = runs.findLast(({ record }) => record.jobs.some(({ id }) => id === job));
  if (last !== undefined) return runs.filter(({ record }) => record.application === last.record.application);
  throw unknownName('run has a job', job, [
    ...new Set(runs.flatMap(({ record }) => record.jobs.map(({ id }) => id))),
  ]);
}

function noRuns({ app }: LogsArguments): CommandError {
  const ofApplication = app === undefined ? '' : ` of ${app}`;
  return new CommandError('NO_RUNS', `there are no runs${ofApplication} to learn from`, {
    hint: 'name logs of runs, or make some: executioner run workflow.json',
  });
}
