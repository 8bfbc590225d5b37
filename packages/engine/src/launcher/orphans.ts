import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Processes that lost their parent and were given to this one, a subreaper: whatever a job leaves behind is
 * below them, so where there are none, nothing was left.
 */
export interface Orphans {
  /** Pids of this process's children, or at least of all orphans among them; the dead ones too until they are reaped. */
  pids(): readonly number[];
  /** An orphan that was noted is gone: its pid may come again. */
  reaped(pid: number): void;
  /** The token of the job that an orphan is known to belong to; empty when it belongs to none. */
  tokenOf(pid: number): string | undefined;
  note(pid: number, token: string): void;
}

/** Undefined where the kernel does not list children (Linux before 3.5, or built without). */
export function orphansOfThisProcess(): Orphans | undefined {
  // Orphans are given to the main thread, whatever thread made their ancestors.
  const path = `/proc/self/task/${process.pid}/children`;
  const tokenByPid = new Map<number, string>();
  if (listedPids(path) === undefined) return undefined;
  return {
    pids: () => listedPids(path) ?? [],
    reaped: (pid) => tokenByPid.delete(pid),
    tokenOf: (pid) => tokenByPid.get(pid),
    note: (pid, token) => tokenByPid.set(pid, token),
  };
}

const chunk = Buffer.alloc(64 * 1024);

function listedPids(path: string): number[] | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const parts: string[] = [];
    for (let bytes = readSync(fd, chunk); bytes > 0; bytes = readSync(fd, chunk))
      parts.push(chunk.toString('latin1', 0, bytes));
    const listed = parts.join('').trim();
    return listed === '' ? [] : listed.split(' ').map(Number);
  } finally {
    closeSync(fd);
  }
}
