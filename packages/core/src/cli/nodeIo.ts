import type { CommandIo, SignalName, TextSink } from './io.ts';

/** The process this runs in, as a command sees it: its streams, environment, folder, clock and signals. */
export function nodeIo(): CommandIo & { readonly stdout: NodeSink; readonly stderr: NodeSink } {
  return {
    // A getter: looking at process.stdin opens it, which most commands never need.
    get stdin() {
      return Object.assign(process.stdin, { isTTY: process.stdin.isTTY === true });
    },
    stdout: nodeSink(process.stdout),
    stderr: nodeSink(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    clock: { nowMs: Date.now, monotonicMs: () => performance.now() },
    runtime: `Node.js ${process.version}, ${process.platform} ${process.arch}`,
    onSignal,
  };
}

/**
 * Runs a command as this process: its exit code becomes the process's, once everything is written. A reader that
 * went away is no failure; output that cannot be written for another reason is (exit code 2).
 */
export async function runAsProcess(
  main: (argv: readonly string[], io: CommandIo) => Promise<number>,
): Promise<void> {
  const io = nodeIo();
  const exitCode = await main(process.argv.slice(2), io);
  await io.stdout.drained();
  const { failure } = io.stdout;
  if (failure !== undefined)
    io.stderr.write(`error OUTPUT_FAILED: cannot write standard output: ${failure.message}\n`);
  await io.stderr.drained();
  process.exitCode = failure !== undefined && exitCode === 0 ? 2 : exitCode;
}

export interface NodeSink extends TextSink {
  /** Why output was lost, unless its reader went away. */
  readonly failure: Error | undefined;
}

const readerWentAway = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

function nodeSink(stream: NodeJS.WriteStream): NodeSink {
  let closed = false;
  let failure: Error | undefined;
  let pending = 0;
  let waiting: (() => void)[] = [];
  const settle = (): void => {
    pending -= 1;
    if (pending > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  stream.on('error', (error: NodeJS.ErrnoException) => {
    closed = true;
    if (!readerWentAway.has(error.code ?? '')) failure ??= error;
  });
  return {
    write(data) {
      if (closed) return;
      pending += 1;
      stream.write(data, settle);
    },
    drained: () => (pending === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns;
    },
    get closed() {
      return closed;
    },
    get failure() {
      return failure;
    },
  };
}

const signals: readonly SignalName[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function onSignal(listener: (signal: SignalName) => void): () => void {
  const listeners = signals.map((signal) => [signal, () => listener(signal)] as const);
  for (const [signal, handler] of listeners) process.on(signal, handler);
  return () => {
    for (const [signal, handler] of listeners) process.off(signal, handler);
  };
}
