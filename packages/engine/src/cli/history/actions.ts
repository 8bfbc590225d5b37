import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type CommandContext,
  CommandError,
  exitCodes,
  type LogRetention,
  parseDuration,
  parseSize,
} from '@executioner/core';
import {
  applyPrune,
  type HistoryFilter,
  importFile,
  openHistory,
  parseStatus,
  parseTime,
  planPrune,
  removeHistory,
  statusNames,
} from '../../history/index.ts';
import { type ImportFinding, importHistory, type StoredRun } from '../../imports/index.ts';
import { listRuns } from '../../runs/index.ts';
import { loadWorkflow } from '../loadWorkflow.ts';
import { runNotFound, stateFolderOf, tell, withHistory } from './context.ts';
import { foundJobs, runDetails, runsTable } from './tables.ts';

export interface HistoryArguments {
  readonly words: readonly string[];
  readonly app: string | undefined;
  readonly status: readonly string[];
  readonly tag: string | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly limit: number;
  readonly maxRuns: number | undefined;
  readonly maxAge: string | undefined;
  readonly maxSize: string | undefined;
  readonly config: string | undefined;
  readonly imported: boolean;
  readonly dryRun: boolean;
}

/** Does what was asked for; returns the exit code where it is not 0. */
export type HistoryAction = (args: HistoryArguments, context: CommandContext) => Promise<number | undefined>;

export const historyActions = { list, show, search, import: importFiles, prune, rebuild } as const;

async function list(args: HistoryArguments, context: CommandContext): Promise<undefined> {
  const application = args.app ?? args.words[0];
  const filter = filterOf({ ...args, app: application }, context);
  const runs = await withHistory(context, (history) => history.listRuns(filter));
  await write(context, { runs }, () => runsTable(runs, context.colors, application));
}

async function show({ words }: HistoryArguments, context: CommandContext): Promise<undefined> {
  const run = Number(words[0]);
  if (!Number.isSafeInteger(run) || words.length !== 1) {
    throw new CommandError('USAGE', 'history show needs the number of one run', {
      hint: 'executioner history show 12',
    });
  }
  await showRun(run, context);
}

/** One run, also for `run --show-run`. @throws CommandError RUN_NOT_FOUND */
export async function showRun(run: number, context: CommandContext): Promise<void> {
  await withHistory(context, async (history, stateFolder) => {
    const found = history.showRun(run);
    if (found === undefined) throw runNotFound(run, history.listRuns({ limit: 1 })[0]?.run);
    const { attempts, jobs } = found;
    const isImported = attempts.some(({ source }) => source !== 'run');
    const imported = isImported ? { imported: storedImport(stateFolder, run) } : {};
    await write(context, { attempts, jobs, ...imported }, () => runDetails(attempts, jobs, context.colors));
  });
}

/** The newest runs, also for `run --list-runs`. */
export async function showRuns(
  { application, limit }: { readonly application: string | undefined; readonly limit: number },
  context: CommandContext,
): Promise<void> {
  const filter = { limit, ...(application === undefined ? {} : { application }) };
  const runs = await withHistory(context, (history) => history.listRuns(filter));
  await write(context, { runs }, () => runsTable(runs, context.colors, application));
}

function storedImport(stateFolder: string, run: number): unknown {
  return JSON.parse(readFileSync(importFile(join(stateFolder, 'runs', String(run))), 'utf8'));
}

async function search(args: HistoryArguments, context: CommandContext): Promise<undefined> {
  const filter = filterOf(args, context);
  const jobs = await withHistory(context, (history) =>
    history.searchJobs(args.words.map(asTyped).join(' '), filter),
  );
  await write(context, { jobs }, () => foundJobs(jobs, context.colors));
}

/** The shell took the quotes off words that stand together. */
function asTyped(word: string): string {
  return /\s/.test(word) && !word.includes('"') ? `"${word}"` : word;
}

async function importFiles({ words }: HistoryArguments, context: CommandContext): Promise<number> {
  if (words.length === 0) throw new CommandError('USAGE', 'history import needs the name of a file');
  const { io, version } = context;
  return await withHistory(context, async (history, stateFolder) => {
    const results: { file: string; runs: readonly StoredRun[]; findings: readonly ImportFinding[] }[] = [];
    for (const word of words) {
      const file = resolve(io.cwd, word);
      const options = { stateFolder, history, file, nowMs: io.clock.nowMs(), version };
      const result = await importHistory(options);
      results.push({ file: word, ...result });
      for (const finding of result.findings) showFinding(finding, word, context);
      tell(history.catchUp({ first: result.runs.map(({ run }) => run) }), context);
    }
    await write(context, { files: results }, () => results.map(importSummary).join(''));
    return results.some(({ findings }) => findings.some(({ severity }) => severity !== 'info'))
      ? exitCodes.findings
      : exitCodes.done;
  });
}

function showFinding(
  { severity, message, line, hint }: ImportFinding,
  file: string,
  { io }: CommandContext,
): void {
  const place = line === undefined ? file : `${file}:${line}`;
  io.stderr.write(`${place}: ${severity}: ${message}\n${hint === undefined ? '' : `hint: ${hint}\n`}`);
}

function importSummary({
  file,
  runs,
}: {
  readonly file: string;
  readonly runs: readonly StoredRun[];
}): string {
  const count = (state: StoredRun['state']) => runs.filter((run) => run.state === state).length;
  const jobs = runs.reduce((sum, run) => sum + run.jobs, 0);
  const parts = [
    `${count('new')} new`,
    ...(count('updated') > 0 ? [`${count('updated')} updated`] : []),
    ...(count('known') > 0 ? [`${count('known')} known already`] : []),
    ...(count('resumed') > 0 ? [`${count('resumed')} left alone, since they were resumed here`] : []),
  ];
  const renumbered = runs
    .filter(
      ({ state, recordedRun, run }) => state === 'new' && recordedRun !== undefined && recordedRun !== run,
    )
    .map(
      ({ recordedRun, run }) => `  run ${recordedRun} is run ${run} here, since ${recordedRun} was taken\n`,
    );
  return `${file}: ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, ${jobs} ${jobs === 1 ? 'job' : 'jobs'}: ${parts.join(', ')}\n${renumbered.join('')}`;
}

async function prune(args: HistoryArguments, context: CommandContext): Promise<number | undefined> {
  const loaded = args.config === undefined ? undefined : await loadWorkflow(args.config, context);
  if (args.config !== undefined && loaded === undefined) return exitCodes.usage;
  const application = args.app ?? args.words[0] ?? loaded?.configuration.applicationName;
  const retention = { ...loaded?.configuration.logRetention, ...retentionOf(args) };
  if (Object.keys(retention).length === 0) {
    throw new CommandError('USAGE', 'history prune must be told what to keep', {
      hint: 'give --max-runs, --max-age or --max-size, or --config with a configuration that has log_retention',
    });
  }
  return await withHistory(context, async (history, stateFolder) => {
    const filter = application === undefined ? {} : { application };
    const entries = history.listRuns({ ...filter, limit: Number.MAX_SAFE_INTEGER });
    const plan = planPrune(entries, listRuns(stateFolder).at(-1) ?? 0, retention, {
      stateFolder,
      nowMs: context.io.clock.nowMs(),
      imported: args.imported,
    });
    const removed = args.dryRun ? [] : applyPrune(plan);
    tell(history.catchUp(), context);
    const bytes = plan.runs.reduce((sum, run) => sum + run.bytes, 0);
    await write(context, { ...plan, removed }, () => {
      const verb = args.dryRun ? 'would be removed' : 'removed';
      const lines = plan.runs.map(({ run, application: name }) => `  run ${run} of ${name}\n`);
      const alive = plan.alive.map((run) => `  run ${run} stays: something of it is still alive\n`);
      return `${plan.runs.length} ${plan.runs.length === 1 ? 'run' : 'runs'} ${verb} (${bytes} bytes)\n${lines.join('')}${alive.join('')}`;
    });
    return undefined;
  });
}

function retentionOf({ maxRuns, maxAge, maxSize }: HistoryArguments): LogRetention {
  const maxAgeMs = maxAge === undefined ? undefined : parseDuration(maxAge);
  const maxSizeBytes = maxSize === undefined ? undefined : parseSize(maxSize);
  if (maxAge !== undefined && maxAgeMs === undefined) throw notTime('--max-age', maxAge, '30d');
  if (maxSize !== undefined && maxSizeBytes === undefined) {
    throw new CommandError('USAGE', `--max-size "${maxSize}" is no size`, {
      hint: 'write it as 500MB or 2GB',
    });
  }
  return {
    ...(maxRuns === undefined ? {} : { maxRuns }),
    ...(maxAgeMs === undefined ? {} : { maxAgeMs }),
    ...(maxSizeBytes === undefined ? {} : { maxSizeBytes }),
  };
}

/** Also mends a damaged index, and one of a newer version. */
async function rebuild(_args: HistoryArguments, context: CommandContext): Promise<undefined> {
  const { io } = context;
  const options = { stateFolder: stateFolderOf(io), nowMs: io.clock.nowMs };
  const history = await openHistory(options).catch((error: unknown) => {
    const { code } = error as CommandError;
    if (code !== 'HISTORY_DAMAGED' && code !== 'HISTORY_NEWER') throw error;
    removeHistory(options.stateFolder);
    return openHistory(options);
  });
  try {
    tell(history.rebuild(), context);
    const runs = listRuns(options.stateFolder).length;
    await write(
      context,
      { runs },
      () => `the history is made anew from ${runs} ${runs === 1 ? 'run' : 'runs'}\n`,
    );
  } finally {
    history.close();
  }
}

function filterOf(args: HistoryArguments, { io }: CommandContext): HistoryFilter {
  const nowMs = io.clock.nowMs();
  const time = (bound: 'since' | 'until') => {
    const text = args[bound];
    if (text === undefined) return undefined;
    const timeMs = parseTime(text, bound, nowMs);
    if (timeMs === undefined) throw notTime(`--${bound}`, text, '7d, 2026-01-31 or "2026-01-31 12:00"');
    return timeMs;
  };
  const sinceMs = time('since');
  const untilMs = time('until');
  const statuses = args.status.map((word) => {
    const status = parseStatus(word);
    if (status !== undefined) return status;
    throw new CommandError('USAGE', `there is no status "${word}"`, {
      hint: `use ${statusNames.join(', ')}`,
    });
  });
  return {
    limit: args.limit,
    ...(args.app === undefined ? {} : { application: args.app }),
    ...(args.tag === undefined ? {} : { tag: args.tag }),
    ...(sinceMs === undefined ? {} : { sinceMs }),
    ...(untilMs === undefined ? {} : { untilMs }),
    ...(statuses.length === 0 ? {} : { statuses }),
  };
}

function notTime(option: string, text: string, example: string): CommandError {
  return new CommandError('USAGE', `${option} "${text}" is no time`, { hint: `write it as ${example}` });
}

async function write(context: CommandContext, data: object, render: () => string): Promise<void> {
  await context.writeResult(context.format === 'json' ? `${JSON.stringify(data, null, 2)}\n` : render());
}
