/** Where text goes. Writing never throws: what a closed pipe refuses is dropped. */
export interface TextSink {
  write(data: string | Uint8Array): void;
  /** Resolves when all that was written is handed to the system or dropped. Await it between large pieces. */
  drained(): Promise<void>;
  readonly isTTY: boolean;
  /** Width of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  /** True once the reader went away (EPIPE): a command without other effects may stop early. */
  readonly closed: boolean;
}

export interface InputStream extends AsyncIterable<Uint8Array> {
  readonly isTTY: boolean;
}

export interface Clock {
  /** Wall clock: milliseconds since 1970, UTC. */
  nowMs(): number;
  /** Milliseconds that never go back, for all arithmetic. */
  monotonicMs(): number;
}

export type SignalName = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** Everything of the outside world that a command touches, besides files. */
export interface CommandIo {
  readonly stdin: InputStream;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The absolute current folder: relative paths of the command line start here. */
  readonly cwd: string;
  readonly clock: Clock;
  /** What the program runs on, for bug reports: `Node.js v20.20.2, linux x64`. */
  readonly runtime: string;
  /**
   * Calls `listener` for each signal until the returned function is called. While nobody listens a signal ends the
   * process, as usual.
   */
  onSignal(listener: (signal: SignalName) => void): () => void;
}
