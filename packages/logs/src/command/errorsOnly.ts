import { type CommandContext, exitCodes } from '@executioner/core';
import { knownTimeZone } from '@executioner/report';
import { failuresCsv } from '../exports/index.ts';
import { errorsDocument, renderErrors, summarizer } from '../summary/index.ts';
import type { LogsArguments } from './arguments.ts';
import { exitCodeOf } from './findings.ts';
import { withJournalsBeside } from './journalsBeside.ts';
import { readAsked } from './readAsked.ts';
import { writeDocument } from './writeDocument.ts';

/** `logs FILE… --errors-only`: what failed, why, and what it kept from running. */
export async function errorsOnlyAction(args: LogsArguments, context: CommandContext): Promise<number> {
  const { colors, columns, format } = context;
  const timeZone = knownTimeZone(args.timeZone);
  const gathered = summarizer({ cwd: context.io.cwd, failedRunsKept: args.all ? 100_000 : 200 });
  const files = withJournalsBeside(args.files, context.io.cwd);
  const reading = await readAsked({ ...args, files }, context, gathered.add);
  const { failures, problems } = gathered.summary(reading);
  switch (format) {
    case 'json':
      await context.writeResult(`${JSON.stringify({ failures, problems }, null, 2)}\n`);
      break;
    case 'md':
    case 'html':
      await writeDocument(
        errorsDocument({ failures, problems }, { timeZone, all: args.all }),
        undefined,
        context,
      );
      break;
    case 'csv':
      await context.writeResult(failuresCsv(failures));
      break;
    default: {
      const options = { colors, columns, timeZone, all: args.all };
      await context.writeResult(renderErrors({ failures, problems }, options));
    }
  }
  return exitCodeOf(reading, failures.length > 0 ? exitCodes.findings : exitCodes.done);
}
