import { type CommandContext, CommandError } from '@executioner/core';
import { optimizeLate, stateFolderOf } from '@executioner/engine';
import { openLogs } from '../input/index.ts';
import { type MiningResult, minePatterns, type ReadableLog } from '../patterns/index.ts';
import { patternsDocument } from '../patterns/render/document.ts';
import { writeLineTable } from '../patterns/render/lineTable.ts';
import type { LogsArguments } from './arguments.ts';
import { exitCodeOf, findingCollector, showFindings } from './findings.ts';
import { unknownName } from './unknownNames.ts';
import { writeDocument } from './writeDocument.ts';

/** `logs patterns FILE…`: the kinds of lines that logs have; of the jobs of a run when one is named, or nothing. */
export async function patternsAction(args: LogsArguments, context: CommandContext): Promise<number> {
  const { io } = context;
  assertChoosable(args);
  optimizeLate();
  const wrong = findingCollector();
  const opened = await openLogs(args.files, {
    cwd: io.cwd,
    stateFolder: stateFolderOf(io),
    stdin: io.stdin,
    onFinding: wrong.add,
  });
  try {
    const logs = args.job === undefined ? opened.logs : logsOfJob(opened.logs, args.job);
    const mined = await minePatterns(logs, { raw: args.raw });
    showFindings(wrong.findings, context);
    if (logs.length === 0) return exitCodeOf(wrong);
    if (context.format === 'csv') await writeCsv(mined, logs.length > 1, context);
    else {
      const { patterns, lines } = mined;
      await writeDocument(patternsDocument({ patterns, lines }, args.limit), { lines, patterns }, context);
    }
  } finally {
    await opened.close();
  }
  return exitCodeOf(wrong);
}

/** @throws CommandError USAGE for options that choose runs, which lines are not told apart by */
function assertChoosable({ app, since, until, last }: LogsArguments): void {
  if ((app ?? since ?? until ?? last) === undefined) return;
  throw new CommandError(
    'USAGE',
    'patterns are those of whole logs: --app, --since, --until and --last choose none',
    {
      hint: 'name the logs, or a run by its number; --job chooses the log of one of its jobs',
    },
  );
}

/** @throws CommandError NO_RUNS when none is of this job */
function logsOfJob(logs: readonly ReadableLog[], job: string): readonly ReadableLog[] {
  const chosen = logs.filter((log) => log.job === job);
  if (chosen.length > 0) return chosen;
  throw unknownName('log here is of a job', job, [...new Set(logs.flatMap((log) => log.job ?? []))]);
}

/** A table with a row for each line may be larger than memory: without `-o` it is written while it is made. */
async function writeCsv(
  mined: MiningResult,
  withFile: boolean,
  { io, output, writeResult }: CommandContext,
): Promise<void> {
  if (output === undefined) {
    const write = async (text: string): Promise<void> => {
      io.stdout.write(text);
      await io.stdout.drained();
    };
    return await writeLineTable(mined, { withFile, write });
  }
  const pieces: Buffer[] = [];
  await writeLineTable(mined, {
    withFile,
    write: async (text) => {
      pieces.push(Buffer.from(text));
    },
  });
  await writeResult(Buffer.concat(pieces));
}
