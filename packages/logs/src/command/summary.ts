import type { CommandContext } from '@executioner/core';
import { knownTimeZone } from '@executioner/report';
import { renderText, summarizer } from '../summary/index.ts';
import type { LogsArguments } from './actions.ts';
import { exitCodeOf, readAsked } from './readAsked.ts';

/** `logs FILE… --summary`: statistics of runs and jobs, and the failures of the newest runs. */
export async function summaryAction(args: LogsArguments, context: CommandContext): Promise<number> {
  const timeZone = knownTimeZone(args.timeZone);
  const gathered = summarizer({ cwd: context.io.cwd });
  const reading = await readAsked(args, context, gathered.add);
  const summary = gathered.summary(reading);
  const { colors, columns, format } = context;
  const text =
    format === 'json'
      ? `${JSON.stringify(summary, null, 2)}\n`
      : renderText(summary, { colors, columns, timeZone, all: args.all });
  await context.writeResult(text);
  return exitCodeOf(reading);
}
