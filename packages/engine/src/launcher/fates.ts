import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessEnd, StartError } from '../journal/event.ts';
import { liveness, type ProcessIdentity } from '../runs/processIdentity.ts';
import { attemptFiles, attempts } from '../runs/runFolder.ts';
import type { Spool } from './launcher.ts';
import { processWithToken } from './processCensus.ts';
import type { ExitedRecord, LaunchRecord, StartedRecord } from './protocol.ts';
import { recordedEnd } from './waitStatus.ts';

/** What the launch records and the process table tell of a token. Times are wall clock, milliseconds since 1970. */
export type LaunchFate =
  | {
      readonly kind: 'exited';
      readonly end: ProcessEnd;
      readonly endedAtMs: number;
      /** How long it ran; absent when its start was not recorded. */
      readonly ranMs?: number;
      readonly spool: Spool;
      /** The output is the spool from its offset to here, exclusive. */
      readonly spoolEnd: number;
      /** Its launcher, alone, has ended it for its time limit. */
      readonly wasStopped?: true;
    }
  | { readonly kind: 'errored'; readonly error: StartError }
  /** The launcher that started it will record its end. The start is absent if it died too early to say. */
  | {
      readonly kind: 'running';
      readonly pid: number;
      readonly ticks?: number;
      readonly startedAtMs?: number;
      readonly spool?: Spool;
      /** The launch records in which its end will appear. */
      readonly records: string;
    }
  /** It was not started and never will be. */
  | { readonly kind: 'never' }
  /** It was started, or may have been, and nobody can say how it ended. */
  | { readonly kind: 'unknown'; readonly spool?: Spool };

/** Fates by token. */
export interface LaunchFates {
  of(token: string): LaunchFate;
  /** Every try that was launched, or was about to be, in the order of the records. */
  readonly launched: readonly LaunchedTry[];
}

export interface LaunchedTry {
  readonly token: string;
  /** The job's id. */
  readonly job: string;
}

export interface FindFatesOptions {
  /** The attempts to look at: those that the caller knows to have no engine. Default: all. */
  readonly attempts?: readonly number[];
  /** How long to wait for launchers that are about to record something; 30 s. */
  readonly waitMs?: number;
}

/**
 * Finds out what became of everything that the attempts of a run have launched. The engines of these attempts
 * must be gone. A launcher that was still coming up is fenced off (its record file is created here, so that it
 * gives up); one that is alive is waited for until it has noticed that its engine is gone, at most `waitMs`:
 * after that, what has no record counts as `unknown` instead of `never`. Cost: all launch records once,
 * and a look at the process table per start without an end.
 */
export async function findFates(
  runFolder: string,
  { attempts: known = attempts(runFolder), waitMs = 30_000 }: FindFatesOptions = {},
): Promise<LaunchFates> {
  const histories: History[] = [];
  for (const attempt of known) {
    histories.push(await settledHistory(attemptFiles(runFolder, attempt).launch, waitMs));
  }
  return {
    launched: histories.flatMap(({ launched }) => launched),
    of(token) {
      const history = histories.find(({ traces }) => traces.has(token));
      if (history !== undefined) return fate(token, history, runFolder);
      return histories.every(({ settled }) => settled) ? { kind: 'never' } : { kind: 'unknown' };
    },
  };
}

/** The latest record of a token. */
type Trace = Exclude<Extract<LaunchRecord, { readonly token: string }>, { readonly type: 'signalled' }>;

interface History {
  readonly launcher: ProcessIdentity | undefined;
  readonly path: string;
  readonly traces: ReadonlyMap<string, Trace>;
  /** By token. */
  readonly startedAtMs: ReadonlyMap<string, number>;
  readonly launched: readonly LaunchedTry[];
  /** Tokens that the launcher signalled on its own. */
  readonly stopped: ReadonlySet<string>;
  /** Tokens of started processes that were alive after the records were read: whatever comes later is news. */
  readonly alive: ReadonlySet<string>;
  /** Its launcher was there after the records were read, so it may record more. */
  readonly isAttended: boolean;
  /** No start can be added to it any more. */
  readonly settled: boolean;
}

async function settledHistory(path: string, waitMs: number): Promise<History> {
  fence(path);
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const history = presentHistory(path);
    if (history.settled && !awaitsEnds(history)) return history;
    if (waitedMs >= waitMs) return history;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

const pollMs = 10;

/** Creates the record file if there is none: a launcher that comes up later finds it and gives up. */
function fence(path: string): void {
  try {
    const fd = openSync(path, 'wx', 0o600);
    writeSync(fd, `${JSON.stringify({ type: 'fenced' } satisfies LaunchRecord)}\n`);
    closeSync(fd);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** A launcher writes what it knows before it goes: once it is gone, the records are read once more. */
function presentHistory(path: string): History {
  const history = readHistory(path);
  return history.isAttended ? history : readHistory(path);
}

function readHistory(path: string): History {
  const lines = readFileSync(path, 'utf8').split('\n');
  // What follows the last newline is being written, or was cut off.
  lines.pop();
  let launcher: ProcessIdentity | undefined;
  let noMoreStarts = false;
  const traces = new Map<string, Trace>();
  const startedAtMs = new Map<string, number>();
  const launched: LaunchedTry[] = [];
  const stopped = new Set<string>();
  for (const line of lines) {
    const record = JSON.parse(line) as LaunchRecord;
    if (record.type === 'launcher') launcher = identityOf(record, record.host);
    else if (record.type === 'orphaned' || record.type === 'ended' || record.type === 'fenced')
      noMoreStarts = true;
    else if (record.type === 'signalled') stopped.add(record.token);
    else if ('token' in record) traces.set(record.token, record);
    if (record.type === 'started') startedAtMs.set(record.token, record.t);
    if (record.type === 'launching') launched.push({ token: record.token, job: record.job });
  }
  const settled = noMoreStarts || (launcher !== undefined && liveness(launcher) === 'gone');
  const isAttended = launcher !== undefined && liveness(launcher) === 'alive';
  const alive = new Set<string>();
  for (const [token, trace] of traces) {
    if (trace.type === 'started' && liveness(identityOf(trace, launcher?.host)) === 'alive') alive.add(token);
  }
  return { path, launcher, traces, startedAtMs, launched, stopped, alive, isAttended, settled };
}

/** While their launcher lives, an intended start becomes a start and an ended process gets its end recorded, soon. */
function awaitsEnds({ isAttended, traces, alive }: History): boolean {
  if (!isAttended) return false;
  for (const [token, trace] of traces) {
    if (trace.type === 'launching' || (trace.type === 'started' && !alive.has(token))) return true;
  }
  return false;
}

function fate(token: string, history: History, runFolder: string): LaunchFate {
  const { traces, path: records } = history;
  const trace = traces.get(token)!;
  switch (trace.type) {
    case 'exited':
      return {
        kind: 'exited',
        end: recordedEnd(trace),
        endedAtMs: trace.t,
        ...ranMs(history.startedAtMs.get(token), trace.t),
        spool: spoolOf(trace, runFolder),
        spoolEnd: trace.spool_end,
        ...(history.stopped.has(token) ? { wasStopped: true as const } : {}),
      };
    case 'errored':
      return { kind: 'errored', error: { errno: trace.errno, message: trace.message } };
    case 'started': {
      const spool = spoolOf(trace, runFolder);
      if (!history.alive.has(token)) return { kind: 'unknown', spool };
      const ticks = trace.ticks === undefined ? {} : { ticks: trace.ticks };
      return { kind: 'running', pid: trace.pid, ...ticks, startedAtMs: trace.t, spool, records };
    }
    default: {
      const main = processWithToken(token);
      const spool = intendedSpool(trace, runFolder);
      return main === undefined
        ? { kind: 'unknown', ...spool }
        : { kind: 'running', pid: main.pid, ticks: main.startTicks, ...spool, records };
    }
  }
}

/** The clock may have been set back in between. */
function ranMs(startedAtMs: number | undefined, endedAtMs: number): { ranMs?: number } {
  return startedAtMs === undefined ? {} : { ranMs: Math.max(0, endedAtMs - startedAtMs) };
}

function identityOf(
  { pid, ticks, boot_id }: { readonly pid: number; readonly ticks?: number; readonly boot_id?: string },
  host = '',
): ProcessIdentity {
  return {
    pid,
    host,
    ...(ticks === undefined ? {} : { ticks }),
    ...(boot_id === undefined ? {} : { bootId: boot_id }),
  };
}

function spoolOf(record: StartedRecord | ExitedRecord, runFolder: string): Spool {
  return { path: join(runFolder, record.spool), offset: record.offset };
}

function intendedSpool(trace: Trace & { readonly type: 'launching' }, runFolder: string): { spool?: Spool } {
  const { spool, offset } = trace;
  return spool === undefined || offset === undefined
    ? {}
    : { spool: { path: join(runFolder, spool), offset } };
}
