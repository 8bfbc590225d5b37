import type { CommandContext } from '@executioner/core';
import { retriesDocument, retryAdvice } from '../retries/index.ts';
import type { LogsArguments } from './arguments.ts';
import { exitCodeOf } from './findings.ts';
import { readHistory, runsWithJob } from './history.ts';
import { writeDocument } from './writeDocument.ts';

/** `logs retries`: whether retries help, what they cost, and how many to allow. */
export async function retriesAction(args: LogsArguments, context: CommandContext): Promise<number> {
  const { count, turns, findings } = await readHistory(args, context);
  if (args.job !== undefined) runsWithJob(turns, args.job);
  const all = retryAdvice(turns.map(({ record }) => record));
  const advice = args.job === undefined ? all : all.filter(({ job }) => job === args.job);
  await writeDocument(retriesDocument(advice, count), { runs: count, jobs: advice }, context);
  return exitCodeOf({ findings });
}
