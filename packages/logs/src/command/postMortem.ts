import { type CommandContext, exitCodes } from '@executioner/core';
import { knownTimeZone } from '@executioner/report';
import { assemblePostMortem, gatherPostMortem, postMortemDocument } from '../postmortem/index.ts';
import type { LogsArguments } from './arguments.ts';
import { chooseRun } from './chooseRun.ts';
import { exitCodeOf, findingCollector, showFindings } from './findings.ts';
import { writeDocument } from './writeDocument.ts';

/** `logs [RUN] --post-mortem`: what failed first, why, what came of it, what had changed, and what to do. */
export async function postMortemAction(args: LogsArguments, context: CommandContext): Promise<number> {
  const timeZone = knownTimeZone(args.timeZone);
  const { run, earlier, findings } = await chooseRun(args, context);
  const ofLogs = findingCollector();
  const sources = await gatherPostMortem(run, earlier, {
    cwd: context.io.cwd,
    onFinding: ofLogs.add,
  });
  showFindings(ofLogs.findings, context);
  const postMortem = assemblePostMortem(sources, args);
  await writeDocument(postMortemDocument(postMortem, timeZone), postMortem, context);
  const hasFailed = postMortem.failures.some(({ allowed }) => !allowed);
  const all = [...findings, ...ofLogs.findings];
  return exitCodeOf({ findings: all }, hasFailed ? exitCodes.findings : exitCodes.done);
}
