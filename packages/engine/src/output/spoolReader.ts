import { close, fstatSync, open, statSync, unlink } from 'node:fs';
import type { Spool } from '../launcher/index.ts';
import { type LineSplitter, lineSplitter } from './lineSplitter.ts';
import type { SecretMasker } from './masker.ts';
import { readAt } from './readAt.ts';

/** Where the lines of a try go. */
export interface LineSink {
  /** Receives lines in order, as soon as they are seen; resolves when it wants more. */
  lines(lines: readonly string[]): Promise<void> | void;
  /** Told that bytes have come, whether or not they complete a line. */
  seen?(): void;
  /** Hands all lines to the kernel; false when some are lost: only with all of them there may a spool be removed. */
  flush?(): boolean;
}

/** Reads the output of one try from its spool while it grows. */
export interface SpoolFollower {
  /**
   * Call once the try is over: reads what is left before `spoolEnd` and, when the spool has been retired, removes it.
   * Resolves when the sink has everything; undefined when it has everything already.
   */
  finish(spoolEnd: number, retired: boolean): Promise<void> | undefined;
}

/** Follows the spools of all tries of a run; one timer serves them all. */
export interface OutputReader {
  follow(spool: Spool, sink: LineSink): SpoolFollower;
  /** Looks at once, without reading, and tells the sinks whose spools have grown that there is something. */
  hear(): void;
  /** Removes the spools, whose content is with the sinks, unless they are to be kept; only after all followers have finished. */
  close(options?: { readonly keep: boolean }): Promise<void>;
}

export interface OutputReaderOptions {
  /** How often a spool is looked at, which is also how late a line's time stamp may be. 50 ms. */
  readonly pollMs?: number;
  /** Masks what the sinks receive, also where a secret is cut by the end of a piece; nothing unless given. */
  readonly masker?: SecretMasker;
  /** Told when a spool cannot be read; the lines in question are missing from the log. */
  readonly onError?: (path: string, error: NodeJS.ErrnoException) => void;
}

const chunkBytes = 64 * 1024;

/**
 * A reader for spools on the local disk. It holds one chunk at a time for each try, however fast output comes, and opens
 * nothing for a short try that printed nothing.
 */
export function outputReader(options: OutputReaderOptions = {}): OutputReader {
  const files = new SpoolFiles();
  const active = new Set<Follower>();
  let timer: NodeJS.Timeout | undefined;

  const poll = () => {
    for (const follower of active) follower.poll();
  };
  return {
    follow(spool, sink) {
      const follower = new Follower(spool, sink, files, options);
      files.know(spool.path);
      active.add(follower);
      timer ??= setInterval(poll, options.pollMs ?? 50);
      return {
        finish(spoolEnd, retired) {
          active.delete(follower);
          if (active.size === 0) {
            clearInterval(timer);
            timer = undefined;
          }
          const read = follower.finish(spoolEnd);
          return retired ? removed(spool.path, sink, read) : read;
        },
      };
    },
    hear() {
      for (const follower of active) follower.hear();
    },
    async close({ keep } = { keep: false }) {
      clearInterval(timer);
      await files.removeAll(keep);
    },
  };

  async function removed(path: string, sink: LineSink, read: Promise<void> | undefined): Promise<void> {
    await read;
    if (sink.flush?.() === false) files.keep(path);
    await files.remove(path);
  }
}

class Follower {
  readonly #spool: Spool;
  readonly #sink: LineSink;
  readonly #files: SpoolFiles;
  readonly #onError: (path: string, error: NodeJS.ErrnoException) => void;
  readonly #masker: SecretMasker | undefined;
  /** Absent until the first byte comes. */
  #splitter: LineSplitter | undefined;
  #position: number;
  /** Where the output of this try ends, once that is known: the next try may write behind it at any moment. */
  #end = Number.POSITIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(
    spool: Spool,
    sink: LineSink,
    files: SpoolFiles,
    { onError = () => {}, masker }: OutputReaderOptions,
  ) {
    this.#spool = spool;
    this.#sink = sink;
    this.#files = files;
    this.#onError = onError;
    this.#masker = masker;
    this.#position = spool.offset;
  }

  poll(): void {
    if (this.#reading !== undefined) return;
    this.#reading = this.#readAvailable().finally(() => {
      this.#reading = undefined;
    });
  }

  hear(): void {
    const size = statSync(this.#spool.path, { throwIfNoEntry: false })?.size ?? 0;
    if (size > this.#position) this.#sink.seen?.();
  }

  finish(spoolEnd: number): Promise<void> | undefined {
    this.#end = spoolEnd;
    const isSilent = this.#reading === undefined && this.#splitter === undefined;
    return isSilent && spoolEnd <= this.#position ? undefined : this.#finishReading(spoolEnd);
  }

  async #finishReading(spoolEnd: number): Promise<void> {
    await this.#reading;
    if (spoolEnd > this.#position) await this.#readAvailable();
    const last = this.#splitter?.end() ?? [];
    if (last.length > 0) await this.#sink.lines(last);
  }

  async #readAvailable(): Promise<void> {
    try {
      const descriptor = await this.#files.descriptor(this.#spool.path);
      for (;;) {
        const available = Math.min(this.#end, fstatSync(descriptor).size) - this.#position;
        if (available <= 0) return;
        const bytes = await readAt(descriptor, this.#position, Math.min(available, chunkBytes));
        if (bytes.length === 0) return;
        this.#position += bytes.length;
        this.#sink.seen?.();
        this.#splitter ??= lineSplitter(this.#masker?.stream());
        const lines = this.#splitter.push(bytes);
        if (lines.length > 0) await this.#sink.lines(lines);
      }
    } catch (error) {
      this.#onError(this.#spool.path, error as NodeJS.ErrnoException);
      this.#position = Number.POSITIVE_INFINITY;
      this.#files.keep(this.#spool.path);
    }
  }
}

/** Open spools by path: the tries of one worker slot share a file. */
class SpoolFiles {
  readonly #descriptors = new Map<string, Promise<number>>();
  readonly #paths = new Set<string>();
  readonly #kept = new Set<string>();

  know(path: string): void {
    this.#paths.add(path);
  }

  descriptor(path: string): Promise<number> {
    let descriptor = this.#descriptors.get(path);
    if (descriptor === undefined) {
      descriptor = openToRead(path);
      descriptor.catch(() => this.#descriptors.delete(path));
      this.#descriptors.set(path, descriptor);
    }
    return descriptor;
  }

  /** The spool is not removed: not all of it could be read. */
  keep(path: string): void {
    this.#kept.add(path);
  }

  async remove(path: string): Promise<void> {
    await this.#close(path);
    this.#paths.delete(path);
    if (!this.#kept.has(path)) await new Promise((resolve) => unlink(path, resolve));
  }

  async removeAll(keep: boolean): Promise<void> {
    await Promise.all([...this.#paths].map((path) => (keep ? this.#close(path) : this.remove(path))));
  }

  async #close(path: string): Promise<void> {
    const descriptor = await this.#descriptors.get(path)?.catch(() => undefined);
    this.#descriptors.delete(path);
    if (descriptor !== undefined) await new Promise((resolve) => close(descriptor, resolve));
  }
}

function openToRead(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, 'r', (error, descriptor) => (error === null ? resolve(descriptor) : reject(error)));
  });
}
