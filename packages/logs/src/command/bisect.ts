import { type CommandContext, CommandError } from '@executioner/core';
import { knownTimeZone } from '@executioner/report';
import { bisectionDocument, bisectJob } from '../bisect/index.ts';
import type { LogsArguments } from './arguments.ts';
import { exitCodeOf } from './findings.ts';
import { readHistory, runsWithJob } from './history.ts';
import { writeDocument } from './writeDocument.ts';

/** `logs bisect --job J`: the change after which a job began to fail or to take longer. */
export async function bisectAction(args: LogsArguments, context: CommandContext): Promise<number> {
  const timeZone = knownTimeZone(args.timeZone);
  if (args.job === undefined)
    throw new CommandError('USAGE', 'bisect which job?', { hint: 'name it: logs bisect --job load' });
  const { turns, findings } = await readHistory(args, context);
  const bisection = bisectJob(runsWithJob(turns, args.job), args.job, args);
  await writeDocument(bisectionDocument(bisection, timeZone), bisection, context);
  return exitCodeOf({ findings });
}
