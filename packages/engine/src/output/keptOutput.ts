import { closeSync, openSync } from 'node:fs';
import type { Spool } from '../launcher/index.ts';
import { readAt } from './readAt.ts';

/** The raw output of one try that has ended, kept readable though its spool may be removed meanwhile. */
export interface KeptOutput {
  readonly sizeBytes: number;
  /** All of it, in pieces; may be called again. @throws NodeJS.ErrnoException while it is read, when it cannot be. */
  read(signal: AbortSignal): AsyncIterable<Buffer>;
  /** Lets go of the file; reads that are under way fail. */
  close(): void;
}

const pieceBytes = 256 * 1024;

/** Holds the spool from its offset to `spoolEnd`. Where it cannot be opened, reading it says so. */
export function keepOutput({ path, offset }: Spool, spoolEnd: number): KeptOutput {
  let descriptor: number | undefined;
  let failure: unknown;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    failure = error;
  }
  return {
    sizeBytes: spoolEnd - offset,
    async *read(signal) {
      for (let position = offset; position < spoolEnd; ) {
        signal.throwIfAborted();
        if (descriptor === undefined) throw failure;
        const bytes = await readAt(descriptor, position, Math.min(pieceBytes, spoolEnd - position));
        if (bytes.length === 0) return;
        position += bytes.length;
        yield bytes;
      }
    },
    close() {
      if (descriptor === undefined) return;
      closeSync(descriptor);
      descriptor = undefined;
      failure = new Error('the output is no longer kept');
    },
  };
}
