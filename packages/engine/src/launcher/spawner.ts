import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import type { StartError } from '../journal/event.ts';
import type { ShownNames } from './launcher.ts';
import { waitStatus } from './waitStatus.ts';

export type Environment = Readonly<Record<string, string>>;

/** What a process is made from. It gets its own session and process group and /dev/null for standard input. */
export interface SpawnRequest {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** How program and folder may be named in messages, where they hold secrets. */
  readonly shown?: ShownNames | undefined;
  /** Shared by many requests, as the same object. */
  readonly env: Environment;
  /** Variables of this process alone, above the shared ones. */
  readonly ownEnv: Environment;
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
  /** The process is there; or it was, and `exited` follows: then its pid may be another's by now. */
  started(pid: number, hasEnded: boolean): void;
  /** It was reaped; never before `started`. */
  exited(reaped: Reaped): void;
  /** There is no process, and there never was one. */
  errored(error: StartError): void;
}

/** Makes a process: `started` and later `exited` are called, or `errored`; at once or later. */
export type Spawner = (request: SpawnRequest, listener: SpawnListener) => void;

/** The spawner that runs wherever Node.js does. libuv gives each child default signal dispositions. */
export const portableSpawner: Spawner = (request, listener) => {
  const [program = '', ...args] = request.argv;
  try {
    const child = spawn(program, args, {
      cwd: request.cwd,
      env: { ...request.env, ...request.ownEnv },
      detached: true,
      stdio: ['ignore', request.outputFd, request.outputFd],
    });
    child.on('error', (error) => {
      if (child.pid === undefined) listener.errored(startError(error, request));
    });
    child.on('exit', (code, signal) => {
      if (child.pid !== undefined) listener.exited({ status: waitStatus(code, signal) });
    });
    if (child.pid !== undefined) listener.started(child.pid, false);
  } catch (error) {
    listener.errored(startError(error as Error, request));
  }
};

/** The kernel tells one number for several causes; this finds out which one it was. */
export function startError(
  error: NodeJS.ErrnoException,
  { argv: [program], cwd, shown }: SpawnRequest,
): StartError {
  const errno = error.code?.startsWith('ERR_') ? 'EINVAL' : (error.code ?? 'EIO');
  const folderErrno = folderError(cwd);
  if (folderErrno !== undefined)
    return {
      errno: folderErrno,
      message: `working folder "${shown?.cwd ?? cwd}" cannot be entered (${folderErrno})`,
    };
  if (errno === 'E2BIG')
    return { errno, message: `the command with its environment is too long for the system (${errno})` };
  if (errno === 'EINVAL')
    return { errno, message: `the command, its environment or its folder holds a NUL character (${errno})` };
  return { errno, message: `"${shown?.program ?? program}" cannot be started (${errno})` };
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
