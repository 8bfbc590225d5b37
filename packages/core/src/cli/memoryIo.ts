import type { CommandIo, SignalName, TextSink } from './io.ts';

export interface MemoryIoOptions {
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Width of both outputs, which then count as terminals. */
  readonly columns?: number;
  /** Standard output fails with EPIPE after so many writes. */
  readonly closeAfterWrites?: number;
}

export interface MemoryIo {
  readonly io: CommandIo;
  /** What was written so far. */
  stdout(): string;
  stderr(): string;
  /** Delivers a signal to the command. */
  signal(name: SignalName): void;
}

/** An outside world in memory, to run commands inside a program or a test. Its clock stands still at 0. */
export function memoryIo(options: MemoryIoOptions = {}): MemoryIo {
  const out = memorySink(options.columns, options.closeAfterWrites);
  const err = memorySink(options.columns);
  const listeners = new Set<(signal: SignalName) => void>();
  const io: CommandIo = {
    stdin: { isTTY: false, [Symbol.asyncIterator]: () => once(options.stdin) },
    stdout: out.sink,
    stderr: err.sink,
    env: options.env ?? {},
    cwd: options.cwd ?? '/',
    clock: { nowMs: () => 0, monotonicMs: () => 0 },
    runtime: 'in memory',
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return {
    io,
    stdout: out.text,
    stderr: err.text,
    signal: (name) => {
      for (const listener of listeners) listener(name);
    },
  };
}

function memorySink(
  columns: number | undefined,
  closeAfterWrites?: number,
): { sink: TextSink; text: () => string } {
  const chunks: Uint8Array[] = [];
  const isClosed = () => closeAfterWrites !== undefined && chunks.length >= closeAfterWrites;
  const sink: TextSink = {
    write(data) {
      if (!isClosed()) chunks.push(typeof data === 'string' ? new TextEncoder().encode(data) : data);
    },
    drained: () => Promise.resolve(),
    isTTY: columns !== undefined,
    columns,
    get closed() {
      return isClosed();
    },
  };
  return { sink, text: () => Buffer.concat(chunks).toString() };
}

async function* once(data: string | Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  if (data !== undefined) yield typeof data === 'string' ? new TextEncoder().encode(data) : data;
}
