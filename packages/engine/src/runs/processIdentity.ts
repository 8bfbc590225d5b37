import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants, hostname } from 'node:os';

/** A process that cannot be mistaken for a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time: clock ticks since boot on Linux, seconds since 1970 on macOS. */
  readonly ticks?: number;
  /** The boot in which pid and ticks mean something; absent where the kernel does not tell. */
  readonly bootId?: string;
  readonly host: string;
}

/** `alive` includes merely stopped (SIGSTOP); `unknown`: it belongs to another machine, or nobody can say. */
export type Liveness = 'alive' | 'gone' | 'unknown';

/** The identity of a process of this machine, by default of this one; its parts are absent when it is gone. */
export function processIdentity(pid: number = process.pid): ProcessIdentity {
  const ticks = startTicks(pid);
  const boot = bootId();
  return {
    pid,
    host: hostname(),
    ...(ticks === undefined ? {} : { ticks }),
    ...(boot === undefined ? {} : { bootId: boot }),
  };
}

/**
 * Whether a process recorded earlier still exists. A pid alone proves nothing: the pid, its start time and the
 * boot must agree. Zombies count as gone.
 */
export function liveness(recorded: ProcessIdentity): Liveness {
  if (recorded.host !== hostname()) return 'unknown';
  const boot = bootId();
  if (recorded.bootId !== undefined && boot !== undefined && recorded.bootId !== boot) return 'gone';
  if (!exists(recorded.pid)) return 'gone';
  if (recorded.ticks === undefined) return 'unknown';
  return startTicks(recorded.pid) === recorded.ticks ? 'alive' : 'gone';
}

/** Start time of a process (see `ProcessIdentity.ticks`); undefined when there is none or only a zombie. */
export function startTicks(pid: number): number | undefined {
  if (process.platform !== 'linux') return startSecondsByPs(pid);
  const stat = processStat(pid);
  return stat === undefined || isDead(stat) ? undefined : stat.startTicks;
}

/** The fields of /proc/<pid>/stat that are needed here. */
export interface ProcessStat {
  readonly pid: number;
  /** One letter: `R`unning, `S`leeping, s`T`opped, `Z`ombie … */
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly startTicks: number;
  /** It runs no more of its program: it has ended, is just ending, or a signal that it cannot survive is on its way to it. */
  readonly isEnding: boolean;
}

/** A process that has ended and was not reaped yet. */
export function isDead(stat: ProcessStat): boolean {
  return stat.state === 'Z' || stat.state === 'X';
}

/** Reads /proc/<pid>/stat; undefined when there is no such process. Linux only. */
export function processStat(pid: number): ProcessStat | undefined {
  try {
    return parseProcessStat(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return undefined;
  }
}

/**
 * Parses a line of /proc/<pid>/stat. The name in the second field may itself hold blanks and parentheses, so
 * the fields are counted from the last parenthesis.
 */
export function parseProcessStat(line: string): ProcessStat | undefined {
  const nameEnd = line.lastIndexOf(')');
  const fields = line.slice(nameEnd + 2).split(' ');
  if (nameEnd < 0 || fields.length < 20) return undefined;
  const state = fields[0] ?? '';
  return {
    pid: Number.parseInt(line, 10),
    state,
    parent: Number(fields[1]),
    group: Number(fields[2]),
    session: Number(fields[3]),
    startTicks: Number(fields[19]),
    isEnding: state === 'Z' || state === 'X' || isFlaggedAsEnding(fields) || isKilled(fields),
  };
}

/** PF_EXITING and PF_SIGNALED of the kernel's include/linux/sched.h. */
const endingFlags = 0x4 | 0x400;

function isFlaggedAsEnding(fields: readonly string[]): boolean {
  return (Number(fields[6]) & endingFlags) !== 0;
}

/** Whatever deadly signal is sent, the kernel makes SIGKILL pending in each thread at once (complete_signal in its kernel/signal.c). */
function isKilled(fields: readonly string[]): boolean {
  return (Number(fields[28]) & (1 << (constants.signals.SIGKILL - 1))) !== 0;
}

let knownBootId: string | undefined;

/** Identifies this boot of the machine; undefined where the kernel does not tell. */
export function bootId(): string | undefined {
  if (knownBootId !== undefined) return knownBootId;
  try {
    knownBootId = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return undefined;
  }
  return knownBootId;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** `ps -o lstart=` prints `Thu Jan  1 00:00:00 1970` in local time. */
function startSecondsByPs(pid: number): number | undefined {
  const ps = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'latin1',
    env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' },
  });
  const [, state, started] = /^\s*(\S+)\s+(.+?)\s*$/.exec(ps.stdout ?? '') ?? [];
  if (started === undefined || state?.startsWith('Z')) return undefined;
  return Math.floor(Date.parse(started) / 1000);
}
