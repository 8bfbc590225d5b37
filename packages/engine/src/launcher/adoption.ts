import { closeSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProcessEnd, StartError } from '../journal/event.ts';
import { liveness, type ProcessIdentity, processIdentity } from '../runs/processIdentity.ts';
import type { LaunchFate } from './fates.ts';
import type { ExitedReport } from './launcher.ts';
import { type ProcessCensus, processCensus, signalJob } from './processCensus.ts';
import type { LaunchRecord } from './protocol.ts';
import { recordedEnd } from './waitStatus.ts';

/** A process that is not under the launcher of this engine: under that of an earlier attempt, or under none. */
export interface Adopted {
  /** The job's number in the present plan. */
  readonly job: number;
  readonly token: string;
  readonly fate: Extract<LaunchFate, { readonly kind: 'running' }>;
}

export interface AdoptionListener {
  exited(job: number, report: ExitedReport, end: ProcessEnd): void;
  errored(job: number, error: StartError): void;
  /** It is gone, and nobody has recorded how it ended. */
  lost(job: number, token: string): void;
}

/** Follows adopted processes to their ends. */
export interface Adoption {
  /** Returns false for a job that is not, or no longer, an adopted one. */
  signal(job: number, signal: NodeJS.Signals): boolean;
  kill(): void;
  close(): void;
}

/** How often the launch records and the process table are looked at. */
const pollMs = 25;

/**
 * Waits for the ends of processes that run under other launchers, or under none any more. Their ends come from the launch records,
 * which those launchers go on writing; where the launcher is gone too, an end is noticed and nothing is known of it.
 */
export function adopt(adopted: readonly Adopted[], listener: AdoptionListener): Adoption {
  const open = new Map(adopted.map((one) => [one.token, one]));
  const census: ProcessCensus = processCensus();
  const tails = new Map(adopted.map(({ fate }) => [fate.records, recordsTail(fate.records)]));
  const timer = open.size === 0 ? undefined : setInterval(look, pollMs);

  function look(): void {
    // Before the records are read: a launcher writes what it knows before it goes.
    const lost = [...open.values()].filter(
      (one) => !isAlive(one) && !tails.get(one.fate.records)!.isAttended(),
    );
    for (const [path, tail] of tails) for (const record of tail.read()) take(record, dirname(path));
    for (const one of lost) if (open.delete(one.token)) listener.lost(one.job, one.token);
    if (open.size === 0) close();
  }

  function take(record: LaunchRecord, runFolder: string): void {
    if (record.type !== 'exited' && record.type !== 'errored') return;
    const one = open.get(record.token);
    if (one === undefined) return;
    open.delete(record.token);
    if (record.type === 'errored') {
      listener.errored(one.job, { errno: record.errno, message: record.message });
      return;
    }
    const end = recordedEnd(record);
    listener.exited(
      one.job,
      {
        token: record.token,
        end,
        spool: { path: join(runFolder, record.spool), offset: record.offset },
        spoolEnd: record.spool_end,
        spoolRetired: false,
        leftovers: record.leftovers ?? [],
      },
      end,
    );
  }

  function close(): void {
    clearInterval(timer);
    for (const tail of tails.values()) tail.close();
    tails.clear();
  }

  function signalOne({ token, fate: { pid, ticks } }: Adopted, signal: NodeJS.Signals): void {
    const main = { token, pid, ...(ticks === undefined ? {} : { ticks }) };
    const ownsGroup = census.family(main, []).some((member) => member.pid === pid);
    signalJob(census, { main, known: [], ownsGroup }, signal);
  }

  return {
    signal(job, signal) {
      const one = [...open.values()].find((each) => each.job === job);
      if (one !== undefined) signalOne(one, signal);
      return one !== undefined;
    },
    kill() {
      for (const one of open.values()) signalOne(one, 'SIGKILL');
    },
    close,
  };
}

function isAlive({ fate: { pid, ticks } }: Adopted): boolean {
  const { host, bootId } = processIdentity();
  const identity: ProcessIdentity = {
    pid,
    host,
    ...(ticks === undefined ? {} : { ticks }),
    ...(bootId === undefined ? {} : { bootId }),
  };
  return liveness(identity) !== 'gone';
}

interface RecordsTail {
  /** The records since the last time. */
  read(): LaunchRecord[];
  /** Whether the launcher lives that will record the ends of its children, or may live: nothing has been read yet. */
  isAttended(): boolean;
  close(): void;
}

function recordsTail(path: string): RecordsTail {
  const descriptor = openSync(path, 'r');
  const buffer = Buffer.alloc(64 * 1024);
  let offset = 0;
  let rest = '';
  let launcher: ProcessIdentity | undefined;
  let isRead = false;
  return {
    read() {
      isRead = true;
      let text = rest;
      for (;;) {
        const count = readSync(descriptor, buffer, 0, buffer.length, offset);
        if (count === 0) break;
        offset += count;
        text += buffer.toString('latin1', 0, count);
      }
      const lines = text.split('\n');
      rest = lines.pop() ?? '';
      const records = lines.map((line) => JSON.parse(Buffer.from(line, 'latin1').toString()) as LaunchRecord);
      for (const record of records) if (record.type === 'launcher') launcher = launcherOf(record);
      return records;
    },
    isAttended: () => !isRead || (launcher !== undefined && liveness(launcher) === 'alive'),
    close: () => closeSync(descriptor),
  };
}

function launcherOf(record: Extract<LaunchRecord, { readonly type: 'launcher' }>): ProcessIdentity {
  const { pid, ticks, boot_id: bootId, host } = record;
  return {
    pid,
    host,
    ...(ticks === undefined ? {} : { ticks }),
    ...(bootId === undefined ? {} : { bootId }),
  };
}
