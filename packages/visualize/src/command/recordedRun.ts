import { createReadStream, readdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type CommandContext, CommandError, inputError } from '@executioner/core';
import {
  type JournalEvent,
  journalsOf,
  type LoggedRun,
  loggedEvents,
  parseLogName,
  readRunEvents,
  readTextLogs,
  surroundingsOf,
} from '@executioner/engine';
import { buildRunReport, type RunReport, type Surroundings } from '@executioner/report';

/** A run as its journals or logs tell it. */
export interface RecordedRun {
  readonly report: RunReport;
  /** The journals it was read from; none for text logs. */
  readonly journals: readonly string[];
  /** The folder with the text logs of the jobs, if it is known. */
  readonly logFolder?: string;
  /** Commands of jobs that text logs tell. */
  readonly commands: ReadonlyMap<string, string>;
}

/**
 * The run that `--run` or `--from-log` name; undefined when neither does.
 *
 * @throws CommandError RUN_NOT_FOUND, JOURNAL_DAMAGED, LOG_WITHOUT_RUN or INPUT_…
 */
export async function recordedRun(
  { run, fromLog }: { readonly run: string | undefined; readonly fromLog: string | undefined },
  context: CommandContext,
): Promise<RecordedRun | undefined> {
  if (run !== undefined) return fromJournals(run === 'latest' ? undefined : runNumber(run), context);
  if (fromLog === undefined) return undefined;
  if (await isJournal(fromLog, context)) return fromJournals(fromLog, context);
  return fromTextLog(fromLog, context);
}

function runNumber(text: string): string {
  if (/^\d+$/.test(text)) return text;
  throw new CommandError('RUN_NOT_FOUND', `"${text}" is not the number of a run`, {
    hint: 'use a number or "latest"; --from-log takes files',
  });
}

/** Journals begin with a brace; folders hold them. */
async function isJournal(path: string, { io }: CommandContext): Promise<boolean> {
  if (path === '-') return true;
  const absolute = resolve(io.cwd, path);
  try {
    if ((await stat(absolute)).isDirectory()) return true;
    for await (const chunk of createReadStream(absolute, { end: 1023 })) {
      return /^\ufeff?\s*\{/.test((chunk as Buffer).toString('utf8'));
    }
    return false;
  } catch (error) {
    throw await inputError(path, io.cwd, error as NodeJS.ErrnoException);
  }
}

async function fromJournals(wanted: string | undefined, context: CommandContext): Promise<RecordedRun> {
  const journals = wanted === '-' ? [] : await journalsOf(wanted, context.io);
  const report = await reportOf(readRunEvents(wanted, context), surroundingsOf(context.io));
  return { report, journals, commands: new Map() };
}

async function fromTextLog(path: string, context: CommandContext): Promise<RecordedRun> {
  const absolute = resolve(context.io.cwd, path);
  const { runs, surveys } = await readTextLogs([absolute, ...jobLogsBeside(absolute)]);
  const { run: asked } = parseLogName(absolute);
  const told = runs.filter(({ jobs }) => jobs.size > 0);
  const run = told.findLast((each) => each.run === asked) ?? told.at(-1);
  if (run === undefined) {
    const lines = surveys[0]?.lines ?? 0;
    throw new CommandError('LOG_WITHOUT_RUN', `"${path}" tells of no job`, {
      hint: `${lines} lines were read; name a journal, or a log such as executioner.<application>.run-<number>.log`,
    });
  }
  if (told.length > 1) context.note(`${told.length} runs are in the log; run ${run.run ?? '?'} is drawn`);
  return {
    report: await reportOf(loggedEvents(run)),
    journals: [],
    logFolder: dirname(absolute),
    commands: commandsOf(run),
  };
}

/** The logs of the jobs of the same run, which tell exit codes and more. */
function jobLogsBeside(path: string): string[] {
  const own = parseLogName(path);
  if (own.application === undefined || own.run === undefined || own.job !== undefined) return [];
  const folder = dirname(path);
  return readdirSync(folder)
    .filter((name) => {
      const other = parseLogName(name);
      return (
        name !== basename(path) &&
        other.job !== undefined &&
        other.application === own.application &&
        other.run === own.run
      );
    })
    .sort()
    .map((name) => join(folder, name));
}

function commandsOf({ jobs }: LoggedRun): ReadonlyMap<string, string> {
  return new Map(
    [...jobs].flatMap(([id, { command }]) => (command === undefined ? [] : [[id, command] as const])),
  );
}

async function reportOf(
  events: Iterable<JournalEvent> | AsyncIterable<JournalEvent>,
  surroundings?: Surroundings,
): Promise<RunReport> {
  const report = await buildRunReport(events, surroundings);
  if (report !== undefined) return report;
  throw new CommandError('JOURNAL_DAMAGED', 'the journal holds no event', {
    hint: 'a journal lies at runs/<number>/journal.1.ndjson in the state folder',
  });
}
