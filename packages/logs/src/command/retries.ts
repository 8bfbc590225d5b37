import type { CommandContext } from '@executioner/core';
import { retriesDocument, retryAdvice } from '../retries/index.ts';
import type { LogsArguments } from './arguments.ts';
import { exitCodeOf } from './findings.ts';
import { readHistory } from './history.ts';
import { writeDocument } from './writeDocument.ts';

/** `logs retries`: whether retries help, what they cost, and how many to allow. */
export async function retriesAction(args: LogsArguments, context: CommandContext): Promise<number> {
  const { runs: configured, findings } = await readHistory(args, context);
  const runs = configured.map(({ record }) => record);
  const all = retryAdvice(runs);
  const advice = args.job === undefined ? all : all.filter(({ job }) => job === args.job);
  await writeDocument(retriesDocument(advice, runs.length), { runs: runs.length, jobs: advice }, context);
  return exitCodeOf({ findings });
}
