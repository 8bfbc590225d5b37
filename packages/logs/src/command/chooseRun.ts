import { type CommandContext, CommandError, type Diagnostic } from '@executioner/core';
import { type ConfiguredRun, withConfiguration } from '../changes/index.ts';
import { failsRun, type RunRecord } from '../runs/index.ts';
import type { LogsArguments } from './arguments.ts';
import { withJournalsBeside } from './journalsBeside.ts';
import { readAsked } from './readAsked.ts';
import { runsBeside } from './runsBeside.ts';

export interface ChosenRun {
  readonly run: ConfiguredRun;
  /** Those of its application before it that are known, oldest first. */
  readonly earlier: readonly ConfiguredRun[];
  /** What is wrong with the files that were named. */
  readonly findings: readonly Diagnostic[];
}

/**
 * The run that the command line names, the latest if none; of several the newest that failed. The runs before it are
 * those that were named with it and those that stand beside it: in the same state folder, or with logs in the same folder.
 *
 * @throws CommandError NO_RUNS when the files tell of none, and as `readAsked`
 */
export async function chooseRun(args: LogsArguments, context: CommandContext): Promise<ChosenRun> {
  let named: RunRecord[] = [];
  const files = withJournalsBeside(args.files, context.io.cwd);
  const { findings } = await readAsked({ ...args, files, job: undefined, last: undefined }, context, (run) =>
    named.push(run),
  );
  // Logs of the main program tell of runs without jobs.
  if (named.some(({ jobs }) => jobs.length > 0)) named = named.filter(({ jobs }) => jobs.length > 0);
  named.sort((a, b) => a.startedAtMs - b.startedAtMs);
  const failed = named.findLast((run) => run.jobs.some(failsRun));
  const chosen = failed ?? named.at(-1);
  if (chosen === undefined)
    throw new CommandError('NO_RUNS', 'these files tell of no run', {
      hint: 'name a log of a run or its journal, or the number of a run',
    });
  if (named.length > 1 && chosen.run !== undefined)
    context.note(
      `of ${named.length} runs this is about run ${chosen.run}, the newest${failed === undefined ? '' : ' that failed'}`,
    );
  const beside = [...named, ...(await runsBeside(chosen, context))];
  const earlier = new Map(
    beside
      .filter((run) => run.application === chosen.application && run.startedAtMs < chosen.startedAtMs)
      .map((run) => [run.startedAtMs, run]),
  );
  return {
    run: withConfiguration(chosen),
    findings,
    earlier: [...earlier.values()].sort((a, b) => a.startedAtMs - b.startedAtMs).map(withConfiguration),
  };
}
