import { type CommandContext, CommandError, type Configuration } from '@executioner/core';
import {
  applyPrune,
  type Estimates,
  estimatesFor,
  noEstimates,
  openHistory,
  planPrune,
} from '../history/index.ts';
import type { Run } from '../run/index.ts';
import { listRuns } from '../runs/index.ts';
import { stateFolderOf } from './history/context.ts';

/** At the end of a run older journals, if any are missing in the index, get no more time than this. */
const catchUpBudgetMs = 1000;

/**
 * What the past tells of the jobs. A single job has nothing to be weighed against: unless its time limit follows history,
 * the database is not even opened.
 */
export async function pastOf(configuration: Configuration, context: CommandContext): Promise<Estimates> {
  const { jobs } = configuration;
  const followsHistory = jobs.some(
    ({ timeLimit, warnAfter }) => timeLimit.kind === 'history' || warnAfter?.kind === 'history',
  );
  return jobs.length < 2 && !followsHistory ? noEstimates : estimatesOf(configuration, context);
}

/** What the past tells of the jobs, whoever wants to know. */
export async function estimatesOf(configuration: Configuration, { io }: CommandContext): Promise<Estimates> {
  return estimatesFor(configuration, { stateFolder: stateFolderOf(io), nowMs: io.clock.nowMs });
}

/** Takes a run that is over into the history, and removes what `log_retention` no longer keeps. Never fails the run. */
export async function recordRun(
  run: Run,
  configuration: Configuration,
  context: CommandContext,
): Promise<void> {
  const { io } = context;
  const stateFolder = stateFolderOf(io);
  try {
    const history = await openHistory({ stateFolder, nowMs: io.clock.nowMs });
    try {
      history.catchUp({ first: [run.id], budgetMs: catchUpBudgetMs });
      const { logRetention, applicationName: application } = configuration;
      if (Object.keys(logRetention).length === 0) return;
      const entries = history.listRuns({ application, limit: Number.MAX_SAFE_INTEGER });
      const newest = listRuns(stateFolder).at(-1) ?? run.id;
      applyPrune(planPrune(entries, newest, logRetention, { stateFolder, nowMs: io.clock.nowMs() }));
      history.catchUp({ budgetMs: catchUpBudgetMs });
    } finally {
      history.close();
    }
  } catch (error) {
    const { message, code } = error as CommandError;
    if (!(error instanceof CommandError) && (error as NodeJS.ErrnoException).syscall === undefined)
      throw error;
    if (code !== 'HISTORY_BUSY') context.warn(`the run is not in the history yet: ${message}`);
  }
}
