import { type CommandContext, CommandError, type Diagnostic } from '@executioner/core';
import { stateFolderOf } from '@executioner/engine';
import { openLogs } from '../input/index.ts';
import { findNovelty, jobNovelty, type NamedNovelty, noveltyDocument } from '../novelty/index.ts';
import { hasFailed } from '../runs/index.ts';
import type { LogsArguments } from './arguments.ts';
import { chooseRun } from './chooseRun.ts';
import { exitCodeOf, type FindingCollector, findingCollector, showFindings } from './findings.ts';
import { writeDocument } from './writeDocument.ts';

/** Good runs that a failed one is compared with unless `--last` says otherwise. */
const goodRuns = 5;

/** `logs novelty [RUN]`, or `logs novelty FILE… --good FILE…`: the messages that tell failed attempts from good ones. */
export async function noveltyAction(args: LogsArguments, context: CommandContext): Promise<number> {
  const wrong = findingCollector();
  const { found, findings } =
    args.good.length > 0
      ? { found: [await betweenFiles(args, context, wrong)], findings: [] }
      : await ofRun(args, context, wrong);
  showFindings(wrong.findings, context);
  const data = found.map(({ name, novelty }) => ({ name, ...novelty }));
  await writeDocument(noveltyDocument(found, args.limit), data, context);
  return exitCodeOf({ findings: [...findings, ...wrong.findings] });
}

async function betweenFiles(
  args: LogsArguments,
  context: CommandContext,
  wrong: FindingCollector,
): Promise<NamedNovelty> {
  if (args.files.length === 0)
    throw new CommandError('USAGE', 'which failed logs are to be compared with the good ones?', {
      hint: 'logs novelty failed.log --good good.log',
    });
  const { io } = context;
  const options = {
    cwd: io.cwd,
    stateFolder: stateFolderOf(io),
    stdin: io.stdin,
    onFinding: wrong.add,
  };
  const failed = await openLogs(args.files, options);
  try {
    const good = await openLogs(args.good, options);
    try {
      const novelty = await findNovelty({
        failed: failed.logs.map((log) => [log]),
        good: good.logs.map((log) => [log]),
      });
      return { name: failed.logs.map(({ file }) => file).join(', '), novelty };
    } finally {
      await good.close();
    }
  } finally {
    await failed.close();
  }
}

async function ofRun(
  args: LogsArguments,
  context: CommandContext,
  wrong: FindingCollector,
): Promise<{ found: NamedNovelty[]; findings: readonly Diagnostic[] }> {
  const { run, earlier, findings } = await chooseRun(args, context);
  const { record } = run;
  const ids = args.job === undefined ? record.jobs.filter(hasFailed).map(({ id }) => id) : [args.job];
  const name = record.run === undefined ? 'this run' : `run ${record.run}`;
  if (ids.length === 0)
    throw new CommandError('USAGE', `no job of ${name} failed`, {
      hint: 'name a run that failed, or a job with --job',
    });
  const found: NamedNovelty[] = [];
  for (const job of ids) {
    const records = earlier.map((each) => each.record);
    const novelty = await jobNovelty(job, record, records, {
      cwd: context.io.cwd,
      goodRuns: args.last ?? goodRuns,
      onFinding: wrong.add,
    });
    if (novelty === undefined)
      context.note(`${job}: there are no logs to compare, of ${name} or of a good run before it`);
    else found.push({ name: `${job} in ${name}`, novelty });
  }
  return { found, findings };
}
