import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandContext, CommandError, nearest } from '@executioner/core';
import {
  fieldNames,
  type HistoryFilter,
  importFile,
  openHistory,
  parseStatus,
  parseTime,
  removeHistory,
  statusNames,
  unknownFields,
} from '../../history/index.ts';
import { listRuns } from '../../runs/index.ts';
import { runCalledAs } from '../resumeCommand.ts';
import { markSuccess } from '../resumeRun.ts';
import type { HistoryArguments } from './arguments.ts';
import { notTime, runNotFound, stateFolderOf, tell, withHistory } from './context.ts';
import { importFiles } from './importFiles.ts';
import { pruneRuns } from './pruneRuns.ts';
import { foundJobs, runDetails, runsTable } from './tables.ts';
import { writeResult } from './writeResult.ts';

/** Does what was asked for; returns the exit code where it is not 0. */
export type HistoryAction = (args: HistoryArguments, context: CommandContext) => Promise<number | undefined>;

export const historyActions = {
  list,
  show,
  search,
  'mark-success': mark,
  import: async ({ words }, context) => importFiles(words, context),
  prune,
  rebuild,
} as const satisfies Readonly<Record<string, HistoryAction>>;

async function list(args: HistoryArguments, context: CommandContext): Promise<undefined> {
  assertWords('list', args.words, 1, 'an application');
  const application = args.app ?? args.words[0];
  await showRuns(
    { ...filterOf(args, context), ...(application === undefined ? {} : { application }) },
    context,
  );
}

/** The newest runs, also for `run --list-runs`. */
export async function showRuns(filter: HistoryFilter, context: CommandContext): Promise<void> {
  await withHistory(context, async (history) => {
    const runs = history.listRuns(filter);
    await writeResult(context, { runs }, () => runsTable(runs, context.colors, filter.application));
    const { application } = filter;
    if (runs.length > 0 || application === undefined) return;
    const known = history.listRuns({ limit: Number.MAX_SAFE_INTEGER }).map((run) => run.application);
    const meant = known.includes(application) ? undefined : nearest(application, new Set(known));
    if (meant !== undefined) context.note(`did you mean "${meant}"?`);
  });
}

async function show({ words }: HistoryArguments, context: CommandContext): Promise<undefined> {
  await showRun(runNumber('show', words.length === 1 ? words[0] : undefined), context);
}

/** One run, also for `run --show-run`. @throws CommandError RUN_NOT_FOUND */
export async function showRun(run: number, context: CommandContext): Promise<void> {
  await withHistory(context, async (history, stateFolder) => {
    const found = history.showRun(run);
    if (found === undefined) throw runNotFound(run, history.listRuns({ limit: 1 })[0]?.run);
    const { attempts, jobs } = found;
    const isImported = attempts.some(({ source }) => source !== 'run');
    const imported = isImported ? { imported: storedImport(stateFolder, run) } : {};
    await writeResult(context, { attempts, jobs, ...imported }, () =>
      runDetails(attempts, jobs, { colors: context.colors, calledAs: runCalledAs(context.calledAs) }),
    );
  });
}

function storedImport(stateFolder: string, run: number): unknown {
  return JSON.parse(readFileSync(importFile(join(stateFolder, 'runs', String(run))), 'utf8'));
}

async function search(args: HistoryArguments, context: CommandContext): Promise<undefined> {
  const filter = filterOf(args, context);
  const words = [...args.words.map(asTyped), ...args.without.map((word) => `-${asTyped(word)}`)].join(' ');
  const jobs = await withHistory(context, (history) => history.searchJobs(words, filter));
  await writeResult(context, { jobs }, () => foundJobs(jobs, context.colors));
  if (jobs.length === args.limit) {
    const shown = args.limit === 1 ? 'only the newest is' : `only the newest ${args.limit} are`;
    context.note(`${shown} shown; --limit shows more`);
  }
  if (jobs.length > 0) return;
  for (const field of unknownFields(words)) {
    context.note(`"${field}:" is no field, and was looked for as text; fields are ${fieldNames.join(', ')}`);
  }
}

/** The shell took the quotes off words that stand together. */
function asTyped(word: string): string {
  return /\s/.test(word) && !word.includes('"') ? `"${word}"` : word;
}

/** `--mark-success -r RUN -j JOBS` of `run`. */
async function mark({ words, jobs, yes, force }: HistoryArguments, context: CommandContext): Promise<number> {
  const [run, ...named] = words;
  const all = [...named.flatMap((word) => word.split(',')), ...jobs];
  if (run === undefined || all.length === 0) {
    throw new CommandError('USAGE', 'history mark-success needs the number of a run and jobs of it', {
      hint: 'for example: executioner history mark-success 12 load report',
    });
  }
  return markSuccess({ runId: runNumber('mark-success', run), jobs: all, yes, force }, context);
}

function runNumber(action: string, word: string | undefined): number {
  if (word !== undefined && /^[1-9]\d{0,14}$/.test(word)) return Number(word);
  throw new CommandError('USAGE', `history ${action} needs the number of one run`, {
    hint: action === 'show' ? 'executioner history show 12' : 'executioner history mark-success 12 load',
  });
}

async function prune(args: HistoryArguments, context: CommandContext): Promise<number> {
  assertWords('prune', args.words, 1, 'an application');
  return pruneRuns(args, context);
}

/** Also mends a damaged index, and one of a newer version. */
async function rebuild(args: HistoryArguments, context: CommandContext): Promise<undefined> {
  assertWords('rebuild', args.words, 0);
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
    await writeResult(
      context,
      { runs },
      () => `the history is made anew from ${runs} ${runs === 1 ? 'run' : 'runs'}\n`,
    );
  } finally {
    history.close();
  }
}

function assertWords(action: string, words: readonly string[], most: number, what = 'nothing'): void {
  const extra = words[most];
  if (extra === undefined) return;
  throw new CommandError('USAGE', `unexpected argument "${extra}": history ${action} takes ${what}`, {
    hint: 'see executioner history --help',
  });
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
    const meant = nearest(word.toLowerCase(), statusNames);
    throw new CommandError('USAGE', `there is no status "${word}"`, {
      hint: meant === undefined ? `use ${statusNames.join(', ')}` : `did you mean "${meant}"?`,
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
