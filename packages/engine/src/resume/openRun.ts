import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '@executioner/core';
import type { JournalEvent } from '../journal/index.ts';
import { isUnderWay } from '../run/underWay.ts';
import { type PastRun, readPastRun } from './pastRun.ts';

export interface OpenRunOptions {
  /** Absolute. */
  readonly stateFolder: string;
  readonly run: number;
  /** Go on where nobody can tell whether the engine of the latest attempt is gone. */
  readonly force?: boolean | undefined;
}

/**
 * Reads a run that a further attempt may follow.
 *
 * @throws CommandError `UNKNOWN_RUN`; `RUN_ALIVE` when its engine is there, be it merely stopped; `ENGINE_UNKNOWN` when that
 * cannot be told; `JOURNAL_DAMAGED` when a journal has a bad line before its end.
 */
export function openRun({ stateFolder, run, force = false }: OpenRunOptions): PastRun {
  const past = readPastRun(run, join(stateFolder, 'runs', `${run}`));
  if (past === undefined) {
    throw new CommandError('UNKNOWN_RUN', `there is no run ${run} in "${stateFolder}"`, {
      hint: 'the number of a run stands in its logs and in its summary; EXECUTIONER_HOME names another state folder',
    });
  }
  assertEngineGone(past, force);
  const damage = past.findings.find(({ severity }) => severity === 'error');
  if (damage !== undefined) {
    const where = `${damage.file}, line ${damage.line}`;
    throw new CommandError(
      'JOURNAL_DAMAGED',
      `the journal of run ${run} is damaged: ${damage.message} (${where})`,
      {
        hint: damage.hint,
      },
    );
  }
  return past;
}

function assertEngineGone({ run, folder, engine, attempts }: PastRun, force: boolean): void {
  const isOver = attempts.at(-1)!.events.at(-1)?.type === 'run.finished';
  if (engine === undefined || engine.liveness === 'gone' || (isOver && !hasOutput(folder))) return;
  const { pid, host, attempt } = engine;
  const isOwn = engine.liveness === 'alive' && pid === process.pid;
  if (isOwn && !isUnderWay(folder, attempt)) return;
  if (engine.liveness === 'alive') {
    throw new CommandError(
      'RUN_ALIVE',
      `run ${run} still has its engine: process ${pid} runs attempt ${attempt}`,
      {
        hint: `wait for its end, or end it with: kill ${pid} (a stopped one goes on with: kill -CONT ${pid})`,
      },
    );
  }
  if (isOver || force) return;
  throw new CommandError(
    'ENGINE_UNKNOWN',
    `nobody can tell from here whether process ${pid} on host "${host}", which runs attempt ${attempt} of run ${run}, is gone`,
    { hint: 'make sure that it is, then repeat with --force' },
  );
}

/** Raw output of jobs is left: what came of it may not be in the logs yet. A process may have finished the run long ago. */
function hasOutput(folder: string): boolean {
  return readdirSync(folder).includes('spool') && readdirSync(join(folder, 'spool')).length > 0;
}

/** What the latest attempt that could say so was asked for. */
export interface PastOptions {
  /** The configuration file; undefined when it came from standard input, or nothing tells. */
  readonly file?: string;
  readonly application?: string;
  /** The jobs that a selection picked. */
  readonly selected?: readonly string[];
  readonly skip: readonly string[];
  /** Names of the variables given on the command line. */
  readonly variables: readonly string[];
  readonly seed?: number;
}

export function pastOptions({ attempts }: PastRun): PastOptions {
  const started = attempts
    .flatMap(({ events }) => events)
    .findLast(
      (event): event is JournalEvent & { readonly type: 'run.started' } => event.type === 'run.started',
    );
  if (started === undefined) return { skip: [], variables: [] };
  const { file, selected, skip, variables } = started.options;
  return {
    application: started.application,
    seed: started.seed,
    skip: strings(skip) ?? [],
    variables: strings(variables) ?? [],
    ...(typeof file === 'string' && file !== '-' ? { file } : {}),
    ...(strings(selected) === undefined ? {} : { selected: strings(selected)! }),
  };
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}
