import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import type { StartError } from '../journal/event.ts';
import { waitStatus } from './waitStatus.ts';

/** What a process is made from. It gets its own session and process group and /dev/null for standard input. */
export interface SpawnRequest {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Takes standard output and standard error. */
  readonly outputFd: number;
}

/** How a process ended, with the kernel's accounting where the spawner can have it. */
export interface Reaped {
  readonly status: number;
  readonly cpuMs?: number;
  readonly maxRssKb?: number;
}

export interface SpawnListener {
  exited(reaped: Reaped): void;
  /** There is no process, and there never was one. */
  errored(error: StartError): void;
}

/**
 * Makes a process and returns its pid, or undefined when `errored` is or will be called instead. `exited` is
 * called after the process was reaped, never before this returns.
 */
export type Spawner = (request: SpawnRequest, listener: SpawnListener) => number | undefined;

/** The spawner that runs wherever Node.js does. libuv gives each child default signal dispositions. */
export const portableSpawner: Spawner = (request, listener) => {
  const [program = '', ...args] = request.argv;
  try {
    const child = spawn(program, args, {
      cwd: request.cwd,
      env: request.env,
      detached: true,
      stdio: ['ignore', request.outputFd, request.outputFd],
    });
    child.on('error', (error) => {
      if (child.pid === undefined) listener.errored(startError(error, request));
    });
    child.on('exit', (code, signal) => {
      if (child.pid !== undefined) listener.exited({ status: waitStatus(code, signal) });
    });
    return child.pid;
  } catch (error) {
    listener.errored(startError(error as Error, request));
    return undefined;
  }
};

/** The kernel tells one number for several causes; this finds out which one it was. */
export function startError(error: NodeJS.ErrnoException, { argv, cwd }: SpawnRequest): StartError {
  const errno = error.code?.startsWith('ERR_') ? 'EINVAL' : (error.code ?? 'EIO');
  const folderErrno = folderError(cwd);
  if (folderErrno !== undefined)
    return { errno: folderErrno, message: `working folder "${cwd}" cannot be entered (${folderErrno})` };
  if (errno === 'E2BIG')
    return { errno, message: `the command with its environment is too long for the system (${errno})` };
  if (errno === 'EINVAL')
    return { errno, message: `the command, its environment or its folder holds a NUL character (${errno})` };
  return { errno, message: `"${argv[0]}" cannot be started (${errno})` };
}

function folderError(cwd: string): string | undefined {
  try {
    if (!statSync(cwd).isDirectory()) return 'ENOTDIR';
    accessSync(cwd, constants.X_OK);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code?.startsWith('ERR_') ? undefined : code;
  }
}
