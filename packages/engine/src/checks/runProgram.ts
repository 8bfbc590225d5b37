import { spawn } from 'node:child_process';

export interface Program {
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it reads from standard input; nothing unless given. */
  readonly input?: string;
}

export type ProgramEnd =
  | { readonly started: false; readonly errno: string | undefined; readonly message: string }
  | {
      readonly started: true;
      readonly exitCode: number | null;
      readonly signal: NodeJS.Signals | null;
      /** The last lines of both its outputs. */
      readonly lastLines: readonly string[];
    };

const keptBytes = 64 * 1024;
const keptLines = 10;
/** How long output is waited for that a process left behind may still write. */
const lateOutputMs = 200;

/**
 * Runs a program in a process group of its own and returns how it ended, in memory that does not grow with its output.
 * When `signal` is aborted the whole group is killed, and the result is a rejection with the signal's reason.
 */
export function runProgram(program: Program, signal: AbortSignal): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const { argv, cwd, env, input = '' } = program;
    const child = spawn(argv[0]!, argv.slice(1), { cwd, env, detached: true, stdio: 'pipe' });
    const tail = outputTail();
    child.stdout.on('data', tail.take);
    child.stderr.on('data', tail.take);
    // A program need not read its input.
    child.stdin.on('error', () => {}).end(input);

    const kill = () => {
      killGroup(child.pid);
      closePipes();
      reject(signal.reason);
    };
    const closePipes = () => {
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    };
    signal.addEventListener('abort', kill, { once: true });
    child.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      signal.removeEventListener('abort', kill);
      resolve({ started: false, errno: code, message });
    });
    child.once('exit', (exitCode, exitSignal) => {
      const end = () => {
        clearTimeout(late);
        signal.removeEventListener('abort', kill);
        closePipes();
        resolve({ started: true, exitCode, signal: exitSignal, lastLines: tail.lines() });
      };
      // What came meanwhile is read before, also when this process itself had to wait for a processor.
      const late = setTimeout(() => setImmediate(end), lateOutputMs);
      child.once('close', end);
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

function outputTail(): { take(bytes: Buffer): void; lines(): string[] } {
  let kept: Buffer = Buffer.alloc(0);
  return {
    take(bytes) {
      kept = Buffer.concat([kept, bytes]);
      if (kept.length > keptBytes) kept = kept.subarray(kept.length - keptBytes);
    },
    lines: () =>
      kept
        .toString('utf8')
        .split(/\r\n|\n|\r/)
        .map((line) => line.trimEnd())
        .filter((line) => line !== '')
        .slice(-keptLines),
  };
}
