import { type CommandContext, exitCodes } from '@executioner/core';
import { knownTimeZone } from '@executioner/report';
import { assemblePostMortem, gatherPostMortem, postMortemDocument } from '../postmortem/index.ts';
import type { LogsArguments } from './arguments.ts';
import { chooseRun } from './chooseRun.ts';
import { damageNote } from './damageNote.ts';
import { writeDocument } from './writeDocument.ts';

/** `logs [RUN] --post-mortem`: what failed first, why, what came of it, what had changed, and what to do. */
export async function postMortemAction(args: LogsArguments, context: CommandContext): Promise<number> {
  const timeZone = knownTimeZone(args.timeZone);
  const { run, earlier } = await chooseRun(args, context);
  const sources = await gatherPostMortem(run, earlier, {
    cwd: context.io.cwd,
    onDamage: damageNote(context),
  });
  const postMortem = assemblePostMortem(sources, args);
  await writeDocument(postMortemDocument(postMortem, timeZone), postMortem, context);
  return postMortem.failures.some(({ allowed }) => !allowed) ? exitCodes.findings : exitCodes.done;
}
