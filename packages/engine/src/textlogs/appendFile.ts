import { closeSync, openSync, writeSync } from 'node:fs';

/** Appends text to a file, in order. */
export interface AppendFile {
  /** Takes the text at once and writes it soon; never throws. */
  append(text: string): void;
  /** Hands all that was appended to the kernel, unless it cannot be written. */
  flush(): void;
  /** While the file cannot be written: resolves when it can, or was given up. */
  room(): Promise<void> | undefined;
  /**
   * Writes what is left, or gives it up, and closes the file; it is opened again by the next flush. Returns whether the file
   * has all that it was ever given.
   */
  close(): boolean;
}

export interface AppendFileOptions {
  /** Permission bits of a new file; 0o644 unless given. */
  readonly mode?: number;
  /**
   * Told about the first failure to open or write. The text is kept and tried again where that may help, as on a full disk.
   * Once it is given up, so is all that comes after it: the file never has a gap.
   */
  readonly onError?: (error: NodeJS.ErrnoException) => void;
  /** How long to wait before a failed write is tried again. 250 ms. */
  readonly retryMs?: number;
  /** How long lines may be gathered before they are written. 20 ms. */
  readonly gatherMs?: number;
  /** Looks at the file before a batch is written and returns whether to open it anew (rotation). */
  readonly beforeBatch?: (batchBytes: number, descriptor: number | undefined) => boolean;
}

/** Causes of failure that may go away by themselves. */
const passing: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE']);

/** Characters that are gathered at most, whatever the time. */
const gatheredMax = 256 * 1024;

/**
 * An appender that opens its file with its first batch, and gathers what is appended within some milliseconds into
 * one batch. A short job's log costs one open, one write and one close. These are synchronous: through Node's pool of
 * threads the same takes almost three times the processor time (`npm run bench -- textlogs`).
 */
export function appendFile(path: string, options: AppendFileOptions = {}): AppendFile {
  let waiting = '';
  /** What is left of the batch that is being written. */
  let batch: Buffer = empty;
  let descriptor: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let blocked: Blocked | undefined;
  let isGivenUp = false;
  let hasFailed = false;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    try {
      writeBatch();
      if (waiting !== '') {
        batch = Buffer.from(waiting);
        waiting = '';
        if (options.beforeBatch?.(batch.length, descriptor) === true) closeDescriptor();
        writeBatch();
      }
      unblock();
    } catch (error) {
      report(error as NodeJS.ErrnoException);
      if (passing.has((error as NodeJS.ErrnoException).code)) waitForRoom();
      else giveUp();
    }
  }

  function waitForRoom(): void {
    blocked ??= blockage();
    timer = setTimeout(flush, options.retryMs ?? 250);
  }

  function writeBatch(): void {
    if (batch.length === 0) return;
    descriptor ??= openSync(path, 'a', options.mode ?? 0o644);
    while (batch.length > 0) batch = batch.subarray(writeSync(descriptor, batch));
  }

  function giveUp(): void {
    isGivenUp = true;
    clearTimeout(timer);
    timer = undefined;
    waiting = '';
    batch = empty;
    unblock();
  }

  function unblock(): void {
    blocked?.end();
    blocked = undefined;
  }

  function closeDescriptor(): void {
    if (descriptor === undefined) return;
    const closing = descriptor;
    descriptor = undefined;
    closeSync(closing);
  }

  function report(error: NodeJS.ErrnoException): void {
    if (!hasFailed) options.onError?.(error);
    hasFailed = true;
  }

  return {
    append(text) {
      if (text === '' || isGivenUp) return;
      waiting += text;
      if (blocked !== undefined) return;
      if (waiting.length > gatheredMax) flush();
      else timer ??= setTimeout(flush, options.gatherMs ?? 20);
    },
    flush,
    room: () => blocked?.over,
    close() {
      flush();
      if (blocked !== undefined) giveUp();
      try {
        closeDescriptor();
      } catch (error) {
        report(error as NodeJS.ErrnoException);
      }
      return !isGivenUp;
    },
  };
}

const empty = Buffer.alloc(0);

interface Blocked {
  readonly over: Promise<void>;
  readonly end: () => void;
}

function blockage(): Blocked {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { over, end };
}
