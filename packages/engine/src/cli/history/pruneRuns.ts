import {
  type CommandContext,
  CommandError,
  exitCodes,
  formatSize,
  type LogRetention,
  parseDuration,
  parseSize,
} from '@executioner/core';
import { applyPrune, type PrunePlan, planPrune } from '../../history/index.ts';
import { listRuns } from '../../runs/index.ts';
import { loadWorkflow } from '../loadWorkflow.ts';
import type { HistoryArguments } from './arguments.ts';
import { notTime, tell, withHistory } from './context.ts';
import { writeResult } from './writeResult.ts';

/** Removes runs with their logs, by the options or by the `log_retention` of a configuration. */
export async function pruneRuns(args: HistoryArguments, context: CommandContext): Promise<number> {
  const loaded = args.config === undefined ? undefined : await loadWorkflow(args.config, context);
  if (args.config !== undefined && loaded === undefined) return exitCodes.usage;
  const application = args.app ?? args.words[0] ?? loaded?.configuration.applicationName;
  const retention = { ...loaded?.configuration.logRetention, ...retentionOf(args) };
  if (Object.keys(retention).length === 0) {
    throw new CommandError('USAGE', 'history prune must be told what to keep', {
      hint: 'give --max-runs, --max-age or --max-size, or --config with a configuration that has log_retention',
    });
  }
  return await withHistory(context, async (history, stateFolder) => {
    const filter = application === undefined ? {} : { application };
    const entries = history.listRuns({ ...filter, limit: Number.MAX_SAFE_INTEGER });
    const plan = planPrune(entries, listRuns(stateFolder).at(-1) ?? 0, retention, {
      stateFolder,
      nowMs: context.io.clock.nowMs(),
      imported: args.imported,
    });
    const removed = args.dryRun ? [] : applyPrune(plan);
    tell(history.catchUp(), context);
    await writeResult(context, { ...plan, removed }, () => pruneText(plan, args.dryRun));
    return exitCodes.done;
  });
}

function pruneText({ runs, alive }: PrunePlan, dryRun: boolean): string {
  const bytes = runs.reduce((sum, run) => sum + run.bytes, 0);
  const count = `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`;
  return [
    `${count} ${dryRun ? 'would be removed' : 'removed'} (${formatSize(bytes)})\n`,
    ...runs.map(({ run, application }) => `  run ${run} of ${application}\n`),
    ...alive.map((run) => `  run ${run} stays: something of it is still alive\n`),
  ].join('');
}

function retentionOf({ maxRuns, maxAge, maxSize }: HistoryArguments): LogRetention {
  const maxAgeMs = maxAge === undefined ? undefined : parseDuration(maxAge);
  const maxSizeBytes = maxSize === undefined ? undefined : parseSize(maxSize);
  if (maxAge !== undefined && maxAgeMs === undefined) throw notTime('--max-age', maxAge, '30d');
  if (maxSize !== undefined && maxSizeBytes === undefined) {
    throw new CommandError('USAGE', `--max-size "${maxSize}" is no size`, {
      hint: 'write it as 500MB or 2GB',
    });
  }
  return {
    ...(maxRuns === undefined ? {} : { maxRuns }),
    ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
    ...(maxSizeBytes === undefined ? {} : { maxSizeBytes }),
  };
}
