import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CommandContext, CommandError, type CommandIo, inputError } from '@executioner/core';
import {
  type EngineIdentity,
  type JournalEvent,
  type JournalFinding,
  journalParser,
} from '../journal/index.ts';
import { attemptFiles, attempts, engineLiveness, listRuns } from '../runs/index.ts';
import { stateFolderOf } from './history/context.ts';

/** The numbers of all runs that have a folder, ascending. */
export function knownRuns(io: CommandIo): number[] {
  return listRuns(stateFolderOf(io));
}

/**
 * The events of a run, attempt after attempt. `wanted` is a run's number, its folder, a journal file or `-`; the
 * latest run when undefined.
 *
 * @throws CommandError RUN_NOT_FOUND, INPUT_… or JOURNAL_DAMAGED
 */
export async function* readRunEvents(
  wanted: string | undefined,
  context: CommandContext,
): AsyncGenerator<JournalEvent> {
  for (const path of await journalsOf(wanted, context.io)) yield* readJournalEvents(path, context);
}

/**
 * The journals of a run, attempt after attempt, or of what else names them: see `readRunEvents`.
 *
 * @throws CommandError RUN_NOT_FOUND or INPUT_…
 */
export async function journalsOf(wanted: string | undefined, io: CommandIo): Promise<string[]> {
  if (wanted === '-') return ['-'];
  if (wanted === undefined || /^\d+$/.test(wanted)) return journalsOfRun(wanted, stateFolderOf(io));
  const path = resolve(io.cwd, wanted);
  const found = await stat(path).catch(async (error: NodeJS.ErrnoException) => {
    throw await inputError(wanted, io.cwd, error);
  });
  if (!found.isDirectory()) return [path];
  const journals = attempts(path).map((attempt) => attemptFiles(path, attempt).journal);
  if (journals.length > 0) return journals;
  throw new CommandError('RUN_NOT_FOUND', `there is no journal in "${wanted}"`, {
    hint: 'the folder of a run holds journal.1.ndjson',
  });
}

/** What tells a run that is under way from one whose engine was killed. */
export function surroundingsOf({ clock }: CommandIo): {
  nowMs(): number;
  isAlive(engine: EngineIdentity): boolean;
} {
  return { nowMs: () => clock.nowMs(), isAlive: (engine) => engineLiveness(engine) === 'alive' };
}

function journalsOfRun(wanted: string | undefined, folder: string): string[] {
  const runs = listRuns(folder);
  const latest = runs.at(-1);
  if (latest === undefined) {
    throw new CommandError('RUN_NOT_FOUND', `there are no runs in "${folder}" yet`, {
      hint: 'executioner run workflow.json makes one; EXECUTIONER_HOME says where runs are kept',
    });
  }
  const run = wanted === undefined ? latest : Number(wanted);
  const path = `${folder}/runs/${run}`;
  const journals = attempts(path).map((attempt) => attemptFiles(path, attempt).journal);
  if (journals.length > 0) return journals;
  throw new CommandError('RUN_NOT_FOUND', `there is no journal of run ${run} in "${folder}"`, {
    hint: `the latest run is ${latest}`,
  });
}

async function* readJournalEvents(path: string, { io, warn }: CommandContext): AsyncGenerator<JournalEvent> {
  const name = path === '-' ? 'standard input' : path;
  const chunks: AsyncIterable<Uint8Array> = path === '-' ? io.stdin : createReadStream(path);
  let events: JournalEvent[] = [];
  const parser = journalParser({
    ...(path === '-' ? {} : { file: path }),
    onEvent: (event) => events.push(event),
  });
  for await (const chunk of chunks) {
    parser.push(chunk);
    yield* events;
    events = [];
  }
  for (const finding of parser.end()) {
    if (finding.severity === 'warning') warn(`${finding.message}: ${name}`);
    else throw damaged(name, finding);
  }
}

function damaged(name: string, { message, line, hint }: JournalFinding): CommandError {
  return new CommandError('JOURNAL_DAMAGED', `${name}:${line}: ${message}`, { hint });
}
