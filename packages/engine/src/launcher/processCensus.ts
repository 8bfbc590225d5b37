import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isDead, type ProcessStat, processStat } from '../runs/processIdentity.ts';
import type { Orphans } from './orphans.ts';

/** A job's main process: leader of its session and its group. */
export interface MainProcess {
  readonly token: string;
  readonly pid: number;
  readonly ticks?: number;
}

/** A process that belongs to a job; pid and start time together name it for good. */
export interface Member {
  readonly pid: number;
  readonly group: number;
  readonly startTicks: number;
  /** Nothing more is to be expected of it but that it goes. */
  readonly isEnding: boolean;
}

/** What was found to be left of jobs. */
export interface Leftovers {
  readonly byToken: ReadonlyMap<string, readonly Member[]>;
  /** Of some process it cannot be told yet whose it is: it is just executing. To be looked at again a moment later. */
  readonly isUndecided: boolean;
}

/**
 * Finds the processes of jobs: those of a main process's session, those that carry its token in their
 * environment, and the children of either.
 */
export interface ProcessCensus {
  /** What is left of jobs whose main process has been reaped; `running` are the others. */
  leftovers(ended: readonly MainProcess[], running: readonly MainProcess[]): Leftovers;
  /** Every process of a job, whose main process may be among them or be reaped. */
  family(main: MainProcess, known: readonly Member[]): Member[];
  /** Sends the signal if the process is still the one that was found. */
  signal(member: Member, signal: NodeJS.Signals): void;
}

/**
 * The census of this machine: exact with /proc, else by process groups alone. With `orphans` the table is looked at only
 * when there is one whose job is not known.
 */
export function processCensus(orphans?: Orphans): ProcessCensus {
  return existsSync('/proc/self/stat') ? new ProcCensus(orphans) : groupCensus;
}

const strangersTrustedMs = 1000;
const readingsMax = 20;

/** What a look at the process table looks for. */
interface Search {
  readonly tokenBySession: ReadonlyMap<number, string>;
  readonly tokens: ReadonlySet<string>;
  readonly runningPids: ReadonlySet<number>;
  /** Older processes belong to no job, and neither do the kernel's own, which have no session. */
  readonly firstTicks: number;
}

interface Look extends Leftovers {
  /** Some process ended before it could be looked at, perhaps after it had forked. */
  readonly hasMissed: boolean;
}

/**
 * Reads /proc. Looking at every process after every job would cost more than the jobs, so those once found to
 * be strangers are passed over for a second: too short for their pids to come round again.
 */
class ProcCensus implements ProcessCensus {
  readonly #orphans: Orphans | undefined;
  readonly #strangers = new Set<number>();
  #strangersSinceMs = 0;

  constructor(orphans: Orphans | undefined) {
    this.#orphans = orphans;
  }

  /**
   * A process may fork and end between the listing and the look at it: then its child is in no list yet, so the
   * table is read again, until nothing slips away any more or a chain of forks has gone on for too long.
   */
  leftovers(ended: readonly MainProcess[], running: readonly MainProcess[]): Leftovers {
    const search: Search = {
      tokenBySession: new Map(ended.map(({ pid, token }) => [pid, token])),
      tokens: new Set(ended.map(({ token }) => token)),
      runningPids: new Set(running.map(({ pid }) => pid)),
      firstTicks: Math.min(...[...ended, ...running].map(({ ticks = 0 }) => ticks)),
    };
    if (this.#orphans !== undefined && !orphansAmong(search, this.#orphans))
      return { byToken: new Map(), isUndecided: false };
    this.#forgetStrangers();
    for (let reading = 1; ; reading++) {
      const look = this.#look(search);
      if ((!look.hasMissed && !look.isUndecided) || reading === readingsMax) return look;
    }
  }

  #look({ tokenBySession, tokens, runningPids, firstTicks }: Search): Look {
    const byToken = new Map<string, Member[]>([...tokens].map((token) => [token, []]));
    let hasMissed = false;
    let isUndecided = false;
    for (const pid of allPids()) {
      if (this.#strangers.has(pid) || runningPids.has(pid)) continue;
      const stat = processStat(pid);
      if (stat === undefined || isDead(stat)) {
        // What it forked before it ended may have missed the listing, but will not miss the next one.
        hasMissed = true;
        this.#strangers.add(pid);
        continue;
      }
      if (runningPids.has(stat.session)) continue;
      const isOld = stat.startTicks < firstTicks || stat.session === 0;
      const token = tokenBySession.get(stat.session) ?? (isOld ? '' : tokenOf(pid));
      if (token === undefined && stat.isEnding) {
        hasMissed = true;
        this.#strangers.add(pid);
      } else if (token === undefined) isUndecided = true;
      else if (tokens.has(token)) byToken.get(token)!.push(memberOf(stat));
      else if (token === '') this.#strangers.add(pid);
    }
    return { byToken, hasMissed, isUndecided };
  }

  family(main: MainProcess, known: readonly Member[]): Member[] {
    for (let reading = 1; ; reading++) {
      const { members, isUndecided } = lookForFamily(main, known);
      if (!isUndecided || reading === readingsMax) return members;
    }
  }

  signal(member: Member, signal: NodeJS.Signals): void {
    if (processStat(member.pid)?.startTicks === member.startTicks) sendSignal(member.pid, signal);
  }

  #forgetStrangers(): void {
    const nowMs = performance.now();
    if (nowMs - this.#strangersSinceMs < strangersTrustedMs) return;
    this.#strangers.clear();
    this.#strangersSinceMs = nowMs;
  }
}

function lookForFamily(
  main: MainProcess,
  known: readonly Member[],
): { readonly members: Member[]; readonly isUndecided: boolean } {
  const all = allPids().flatMap((pid) => processStat(pid) ?? []);
  const startTicks = main.ticks ?? 0;
  const mainIsThere = all.some(({ pid, startTicks: ticks }) => pid === main.pid && ticks === startTicks);
  const undecided: ProcessStat[] = [];
  const isFamily = (stat: ProcessStat) => {
    if (mainIsThere && stat.session === main.pid) return true;
    if (known.some(({ pid, startTicks: ticks }) => pid === stat.pid && ticks === stat.startTicks))
      return true;
    if (stat.startTicks < startTicks || stat.session === 0 || isDead(stat)) return false;
    const token = tokenOf(stat.pid);
    if (token === undefined) undecided.push(stat);
    return token === main.token;
  };
  const family = new Map(all.filter(isFamily).map((stat) => [stat.pid, stat]));
  addDescendants(family, all);
  return {
    members: [...family.values()].filter((stat) => !isDead(stat)).map(memberOf),
    isUndecided: undecided.some(({ pid, isEnding }) => !isEnding && !family.has(pid)),
  };
}

/**
 * Signals every process of a job; `ownsGroup` when its main process is there, so that the group is its own. After SIGKILL it
 * is looked again until nobody is left who was not killed: what forked meanwhile does not get away.
 */
export function signalJob(
  census: ProcessCensus,
  job: { readonly main: MainProcess; readonly known: readonly Member[]; readonly ownsGroup: boolean },
  signal: NodeJS.Signals,
): void {
  const { main, known, ownsGroup } = job;
  for (let look = 1; look <= readingsMax; look++) {
    const family = census.family(main, known).filter(({ isEnding }) => !isEnding);
    const isFirst = look === 1;
    if (isFirst && ownsGroup) sendSignal(-main.pid, signal);
    for (const member of family)
      if (!isFirst || !ownsGroup || member.group !== main.pid) census.signal(member, signal);
    if (signal !== 'SIGKILL' || (!isFirst && family.length === 0)) return;
  }
}

/** Whether one of the orphans belongs to a job that is searched for, or may do so. */
function orphansAmong(search: Search, orphans: Orphans): boolean {
  const dead = new Set<number>();
  for (let listing = 1; listing <= readingsMax; listing++) {
    const deadBefore = dead.size;
    for (const pid of orphans.pids()) {
      if (dead.has(pid) || search.runningPids.has(pid)) continue;
      const owner = orphans.tokenOf(pid) ?? ownerOf(pid, search, orphans);
      if (owner === 'dead') dead.add(pid);
      else if (owner === undefined || search.tokens.has(owner)) return true;
    }
    // What the dead leave behind is listed only now.
    if (dead.size === deadBefore) return false;
  }
  return true;
}

/** The token of an orphan's job, empty for one of a running job or of none; undefined when that cannot be told yet. */
function ownerOf(pid: number, search: Search, orphans: Orphans): string | 'dead' | undefined {
  const stat = processStat(pid);
  if (stat === undefined || isDead(stat)) return 'dead';
  const { session } = stat;
  if (search.runningPids.has(session)) return '';
  const token = search.tokenBySession.get(session) ?? tokenOf(pid);
  if (token !== undefined) orphans.note(pid, token);
  return token;
}

/** Without /proc (macOS) the process group is all that can be asked cheaply. */
const groupCensus: ProcessCensus = {
  leftovers: (ended) => ({
    byToken: new Map(ended.map(({ token, pid }) => [token, groupMembers(pid)])),
    isUndecided: false,
  }),
  family: (main) => groupMembers(main.pid),
  signal: ({ pid }, signal) => sendSignal(pid, signal),
};

/** The oldest process that carries a token; undefined when there is none, or no /proc. */
export function processWithToken(token: string): Member | undefined {
  if (!existsSync('/proc/self/stat')) return undefined;
  const carriers = allPids().flatMap((pid) => (tokenOf(pid) === token ? (processStat(pid) ?? []) : []));
  return carriers
    .filter((stat) => !isDead(stat))
    .sort((a, b) => a.startTicks - b.startTicks || a.pid - b.pid)[0];
}

/** Signals a process, or with a negative number a group; one that is gone is passed over. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone, or owned by another user: nothing more can be done about it.
  }
}

function groupMembers(group: number): Member[] {
  try {
    process.kill(-group, 0);
  } catch {
    return [];
  }
  const { stdout = '' } = spawnSync('/bin/ps', ['-axo', 'pid=,pgid=,stat='], { encoding: 'latin1' });
  return [...stdout.matchAll(/^ *(\d+) +(\d+) +(\S)/gm)]
    .filter(([, , pgid, state]) => Number(pgid) === group && state !== 'Z')
    .map(([, pid]) => ({ pid: Number(pid), group, startTicks: 0, isEnding: false }));
}

function addDescendants(family: Map<number, ProcessStat>, all: readonly ProcessStat[]): void {
  for (let before = -1; before !== family.size; ) {
    before = family.size;
    for (const stat of all) if (family.has(stat.parent)) family.set(stat.pid, stat);
  }
}

function allPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => name.charCodeAt(0) <= 0x39)
    .map(Number);
}

/** Empty without a token; undefined when the environment cannot be seen: the process is just executing, or ending. */
function tokenOf(pid: number): string | undefined {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    if (environment === '') return undefined;
    return /(?:^|\0)EXECUTIONER_TOKEN=([^\0]*)/.exec(environment)?.[1] ?? '';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? '' : undefined;
  }
}

function memberOf({ pid, group, startTicks, isEnding }: ProcessStat): Member {
  return { pid, group, startTicks, isEnding };
}
