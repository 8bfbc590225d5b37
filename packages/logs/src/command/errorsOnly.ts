import { type CommandContext, exitCodes } from '@executioner/core';
import { knownTimeZone } from '@executioner/report';
import { renderErrors, summarizer } from '../summary/index.ts';
import type { LogsArguments } from './actions.ts';
import { exitCodeOf, readAsked } from './readAsked.ts';

/** `logs FILE… --errors-only`: what failed, why, and what it kept from running. */
export async function errorsOnlyAction(args: LogsArguments, context: CommandContext): Promise<number> {
  const timeZone = knownTimeZone(args.timeZone);
  const gathered = summarizer({ cwd: context.io.cwd, failedRunsKept: args.all ? 100_000 : 200 });
  const reading = await readAsked(args, context, gathered.add);
  const { failures, problems } = gathered.summary(reading);
  const { colors, columns, format } = context;
  const text =
    format === 'json'
      ? `${JSON.stringify({ failures, problems }, null, 2)}\n`
      : renderErrors({ failures, problems }, { colors, columns, timeZone, all: args.all });
  await context.writeResult(text);
  return exitCodeOf(reading, failures.length > 0 ? exitCodes.findings : exitCodes.done);
}
