import { join } from 'node:path';
import { processIdentity } from '../runs/index.ts';
import { mourner } from './abandoned.ts';
import { type LockHolder, removeClaim } from './claimFolder.ts';
import { claimLock } from './claiming.ts';

export type { LockHolder } from './claimFolder.ts';

/** Keeps the locks of one attempt: named locks that all runs of a state folder share. */
export interface LockKeeper {
  /** Asks for all these locks; `granted` or `refused` follows, unless they are released before. */
  acquire(job: string, locks: readonly string[]): void;
  /** Gives back what the job holds, or no longer waits for it. */
  release(job: string): void;
  /** Waits for nothing any more and gives everything back. */
  close(): Promise<void>;
}

export interface LockKeeperOptions {
  /** Absolute; the locks lie in `locks` below it. */
  readonly stateFolder: string;
  readonly run: number;
  readonly attempt: number;
  readonly application: string;
  readonly granted: (job: string) => void;
  /** The locks cannot be had at all. */
  readonly refused: (job: string, message: string) => void;
  /** Told once for each holder that a job waits for. */
  readonly waiting: (job: string, lock: string, holder: LockHolder) => void;
}

interface Wait {
  readonly job: string;
  /** Sorted, without repetitions. */
  readonly locks: readonly string[];
  toldAbout: string;
}

const firstPauseMs = 20;
const longestPauseMs = 1000;

/**
 * A job gets all its locks or none, so that jobs which wait for each other's locks cannot block one another. Waiting
 * jobs look again after a pause that grows to a second; the oldest looks first. A lock whose engine is gone is taken
 * over, but not while its job still runs.
 */
export function lockKeeper(options: LockKeeperOptions): LockKeeper {
  const { stateFolder, run, attempt, application } = options;
  const folder = join(stateFolder, 'locks');
  const engine = processIdentity();
  const dead = mourner(stateFolder);
  const held = new Map<string, readonly string[]>();
  const waits = new Map<string, Wait>();
  let pauseMs = firstPauseMs;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;

  /** Looks for all waiting jobs, and again as long as somebody waits. */
  function look(): void {
    clearTimeout(timer);
    looking ??= lookOnce().then(() => {
      looking = undefined;
      if (waits.size === 0) return;
      timer = setTimeout(look, pauseMs);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    });
  }

  async function lookOnce(): Promise<void> {
    for (const wait of waits.values()) await tryFor(wait);
  }

  async function tryFor(wait: Wait): Promise<void> {
    let paths: readonly string[] | undefined;
    try {
      paths = await claimAll(wait);
    } catch (error) {
      if (isPassing(error as NodeJS.ErrnoException) || !isAwaited(wait)) return;
      waits.delete(wait.job);
      options.refused(wait.job, (error as Error).message);
      return;
    }
    if (paths === undefined) return;
    if (!isAwaited(wait)) {
      paths.forEach(removeClaim);
      return;
    }
    waits.delete(wait.job);
    held.set(wait.job, paths);
    options.granted(wait.job);
  }

  async function claimAll(wait: Wait): Promise<readonly string[] | undefined> {
    const paths: string[] = [];
    try {
      for (const lock of wait.locks) {
        const holder = { engine, run, attempt, application, job: wait.job };
        const result = await claimLock(folder, lock, holder, dead);
        if (!result.ok) {
          if (result.holder !== undefined) tell(wait, lock, result.holder);
          paths.forEach(removeClaim);
          return undefined;
        }
        paths.push(result.path);
      }
      return paths;
    } catch (error) {
      paths.forEach(removeClaim);
      throw error;
    }
  }

  function tell(wait: Wait, lock: string, holder: LockHolder): void {
    const about = JSON.stringify([lock, holder.run, holder.job]);
    if (wait.toldAbout === about || !isAwaited(wait)) return;
    wait.toldAbout = about;
    options.waiting(wait.job, lock, holder);
  }

  const isAwaited = (wait: Wait) => waits.get(wait.job) === wait;

  return {
    acquire(job, locks) {
      waits.set(job, { job, locks: [...new Set(locks)].sort(), toldAbout: '' });
      pauseMs = firstPauseMs;
      look();
    },
    release(job) {
      waits.delete(job);
      held.get(job)?.forEach(removeClaim);
      held.delete(job);
    },
    async close() {
      waits.clear();
      await looking;
      clearTimeout(timer);
      for (const paths of held.values()) paths.forEach(removeClaim);
      held.clear();
    },
  };
}

/** What goes away by itself, or when somebody makes room. */
function isPassing({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EMFILE' || code === 'ENFILE';
}
