import { type CommandContext, CommandError } from '@executioner/core';
import { listRuns, stateFolderOf } from '@executioner/engine';
import { type ConfiguredRun, withConfiguration } from '../changes/index.ts';
import type { LogsArguments } from './actions.ts';
import { readAsked } from './readAsked.ts';

/** Runs that are looked at when the command line names none: enough to tell a change from chance, quick to read. */
const newestRuns = 500;

/**
 * The runs of one application, oldest first, with the configurations they ran with: those that the command line names,
 * else the newest that the state folder has. Of several applications it is that of the newest run, or of the newest run
 * that had `args.job`.
 *
 * @throws CommandError NO_RUNS when there is none, and as `readAsked`
 */
export async function readHistory(args: LogsArguments, context: CommandContext): Promise<ConfiguredRun[]> {
  const known = listRuns(stateFolderOf(context.io));
  const newest = known.slice(-Math.max(newestRuns, args.last ?? 0)).map(String);
  const files = args.files.length > 0 ? args.files : newest;
  const runs: ConfiguredRun[] = [];
  await readAsked({ ...args, files, job: undefined }, context, (record) =>
    runs.push(withConfiguration(record)),
  );
  runs.sort((a, b) => a.record.startedAtMs - b.record.startedAtMs);
  const last = runs.findLast(
    ({ record }) => args.job === undefined || record.jobs.some(({ id }) => id === args.job),
  );
  if (last === undefined) throw noRuns(args, runs);
  return runs.filter(({ record }) => record.application === last.record.application);
}

function noRuns({ job, app }: LogsArguments, runs: readonly ConfiguredRun[]): CommandError {
  const ofApplication = app === undefined ? '' : ` of ${app}`;
  if (runs.length === 0)
    return new CommandError('NO_RUNS', `there are no runs${ofApplication} to learn from`, {
      hint: 'name logs of runs, or make some: executioner run workflow.json',
    });
  const ids = new Set(runs.flatMap(({ record }) => record.jobs.map(({ id }) => id)));
  return new CommandError('NO_RUNS', `no run${ofApplication} has a job "${job}"`, {
    hint: `there are ${[...ids].slice(0, 8).join(', ')}${ids.size > 8 ? ' …' : ''}`,
  });
}
