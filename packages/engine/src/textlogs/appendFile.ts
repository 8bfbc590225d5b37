import { closeSync, openSync, writeSync } from 'node:fs';

/** Appends text to a file, in order. */
export interface AppendFile {
  /** Takes the text at once and writes it soon; never throws. */
  append(text: string): void;
  /** Hands all that was appended to the kernel, unless it cannot be written. */
  flush(): void;
  /** Writes what is left and closes the file; it is opened again by the next flush. */
  close(): void;
}

export interface AppendFileOptions {
  /** Permission bits of a new file; 0o644 unless given. */
  readonly mode?: number;
  /** Told about the first failure to open or write; text that could not be written is lost. */
  readonly onError?: (error: NodeJS.ErrnoException) => void;
  /** How long lines may be gathered before they are written. 20 ms. */
  readonly gatherMs?: number;
  /** Looks at the file before a batch is written and returns whether to open it anew (rotation). */
  readonly beforeBatch?: (batchBytes: number, descriptor: number | undefined) => boolean;
}

/** Characters that are gathered at most, whatever the time. */
const gatheredMax = 256 * 1024;

/**
 * An appender that opens its file with its first batch, and gathers what is appended within some milliseconds into
 * one batch. A short job's log costs one open, one write and one close. These are synchronous: through Node's pool of
 * threads they take ten times as long, six changes of thread for 30 µs of work (`npm run bench -- textlogs`).
 */
export function appendFile(path: string, options: AppendFileOptions = {}): AppendFile {
  let waiting = '';
  let descriptor: number | undefined;
  let gathering: NodeJS.Timeout | undefined;
  let hasFailed = false;

  function flush(): void {
    clearTimeout(gathering);
    gathering = undefined;
    if (waiting === '') return;
    const batch = Buffer.from(waiting);
    waiting = '';
    guarded(() => writeBatch(batch));
  }

  function writeBatch(batch: Buffer): void {
    if (options.beforeBatch?.(batch.length, descriptor) === true) closeDescriptor();
    descriptor ??= openSync(path, 'a', options.mode ?? 0o644);
    for (let offset = 0; offset < batch.length; ) offset += writeSync(descriptor, batch, offset);
  }

  function closeDescriptor(): void {
    if (descriptor === undefined) return;
    const closing = descriptor;
    descriptor = undefined;
    closeSync(closing);
  }

  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!hasFailed) options.onError?.(error as NodeJS.ErrnoException);
      hasFailed = true;
    }
  }

  return {
    append(text) {
      if (text === '') return;
      waiting += text;
      if (waiting.length > gatheredMax) flush();
      else gathering ??= setTimeout(flush, options.gatherMs ?? 20);
    },
    flush,
    close() {
      flush();
      guarded(closeDescriptor);
    },
  };
}
