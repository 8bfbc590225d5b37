import { type CommandContext, CommandError } from '@executioner/core';
import { parseTime, stateFolderOf } from '@executioner/engine';
import { findInputs, type RunsReading, readRuns } from '../input/index.ts';
import type { RunRecord } from '../runs/index.ts';
import type { LogsArguments } from './arguments.ts';
import { skipExplainer } from './explainSkips.ts';
import { showFindings } from './findings.ts';
import { seenNames, unknownName } from './unknownNames.ts';

/** Gives the runs that files tell of; what is chosen of them is another matter. */
export type RunsReader = (
  files: readonly string[],
  context: CommandContext,
  onRun: (run: RunRecord) => void,
) => Promise<RunsReading>;

/** From the files themselves. */
export const readFiles: RunsReader = async (files, { io }, onRun) => {
  const inputs = await findInputs(files, { cwd: io.cwd, stateFolder: stateFolderOf(io) });
  return await readRuns(inputs, { cwd: io.cwd, stdin: io.stdin, onRun });
};

/**
 * Reads the runs that the command line asks for, gives each to `onRun`, and shows what was found wrong with the files.
 *
 * @throws CommandError INPUT_…, NO_LOGS, RUN_NOT_FOUND or USAGE, NO_RUNS when the application or the job that is asked for is none
 */
export async function readAsked(
  args: LogsArguments,
  context: CommandContext,
  onRun: (run: RunRecord) => void,
  read: RunsReader = readFiles,
): Promise<RunsReading> {
  const { io } = context;
  const isWanted = wantedRuns(args, io.clock.nowMs());
  const newest: RunRecord[] = [];
  const explainer = skipExplainer(args.config, context);
  const applications = seenNames();
  const jobs = seenNames();
  let isJobKnown = false;
  const give = (run: RunRecord): void => {
    const chosen = args.job === undefined ? run : onlyJob(run, args.job);
    if (chosen === undefined) {
      if (!isJobKnown) for (const { id } of run.jobs) jobs.add(id);
      return;
    }
    isJobKnown = true;
    if (args.last === undefined) onRun(chosen);
    else keepNewest(newest, chosen, args.last);
  };
  const reading = await read(args.files, context, (run) => {
    applications.add(run.application);
    if (!isWanted(run)) return;
    const explained = explainer.take(run);
    if (explained !== undefined) give(explained);
  });
  for (const run of await explainer.finish()) give(run);
  for (const run of newest) onRun(run);
  showFindings(reading.findings, context);
  if (args.app !== undefined && applications.all().length > 0 && !applications.has(args.app))
    throw unknownName('run is of an application', args.app, applications.all());
  if (args.job !== undefined && !isJobKnown && jobs.all().length > 0)
    throw unknownName('run has a job', args.job, jobs.all());
  return reading;
}

function wantedRuns({ app, since, until }: LogsArguments, nowMs: number): (run: RunRecord) => boolean {
  const sinceMs = timeOf(since, 'since', nowMs) ?? Number.NEGATIVE_INFINITY;
  const untilMs = timeOf(until, 'until', nowMs) ?? Number.POSITIVE_INFINITY;
  return ({ application, startedAtMs }) =>
    (app === undefined || application === app) && startedAtMs >= sinceMs && startedAtMs < untilMs;
}

function timeOf(text: string | undefined, bound: 'since' | 'until', nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  const timeMs = parseTime(text, bound, nowMs);
  if (timeMs !== undefined) return timeMs;
  throw new CommandError('USAGE', `"${text}" is no time`, {
    hint: 'write how long ago (7d, 2h30m), a day (2026-01-31) or a time ("2026-01-31 12:00")',
  });
}

function onlyJob(run: RunRecord, id: string): RunRecord | undefined {
  const jobs = run.jobs.filter((job) => job.id === id);
  return jobs.length === 0 ? undefined : { ...run, jobs, jobCount: jobs.length, problems: [] };
}

function keepNewest(newest: RunRecord[], run: RunRecord, count: number): void {
  newest.push(run);
  newest.sort((a, b) => a.startedAtMs - b.startedAtMs || (a.run ?? 0) - (b.run ?? 0));
  if (newest.length > count) newest.shift();
}
