import { close, type NoParamCallback, open, write } from 'node:fs';

/** Appends text to a file in the background, in order. */
export interface AppendFile {
  /** Takes the text at once and writes it soon; never throws. */
  append(text: string): void;
  /** Characters taken and not yet written: a fast producer waits for `drained` when they are many. */
  readonly pending: number;
  /** Resolves when all that was appended has been handed to the kernel, or could not be. */
  drained(): Promise<void>;
  /** Writes what is left and closes the file. */
  close(): Promise<void>;
}

export interface AppendFileOptions {
  /** Permission bits of a new file; 0o644 unless given. */
  readonly mode?: number;
  /** Told about the first failure to open or write; text that could not be written is lost. */
  readonly onError?: (error: NodeJS.ErrnoException) => void;
  /** How long lines may be gathered before they are written, unless somebody waits for them. 20 ms. */
  readonly gatherMs?: number;
  /** Looks at the file before a batch is written and returns whether to open it anew (rotation). */
  readonly beforeBatch?: (batchBytes: number, descriptor: number | undefined) => Promise<boolean>;
}

/**
 * An appender that opens its file with its first batch, and gathers what is appended within some milliseconds, or while a
 * write is under way, into one batch: a short job's log costs one open, one write and one close.
 */
export function appendFile(path: string, options: AppendFileOptions = {}): AppendFile {
  return new Appender(path, options);
}

class Appender implements AppendFile {
  readonly #path: string;
  readonly #options: AppendFileOptions;
  #waiting: string[] = [];
  #waitingLength = 0;
  #writingLength = 0;
  #descriptor: number | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #failed = false;

  constructor(path: string, options: AppendFileOptions) {
    this.#path = path;
    this.#options = options;
  }

  get pending(): number {
    return this.#waitingLength + this.#writingLength;
  }

  append(text: string): void {
    if (text === '') return;
    this.#waiting.push(text);
    this.#waitingLength += text.length;
    if (this.#writing === undefined)
      this.#gathering ??= setTimeout(() => this.#write(), this.#options.gatherMs ?? 20);
  }

  async drained(): Promise<void> {
    this.#write();
    await this.#writing;
  }

  async close(): Promise<void> {
    await this.drained();
    if (this.#descriptor === undefined) return;
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    await settled((done) => close(descriptor, done)).catch((error) => this.#report(error));
  }

  #write(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    if (this.#writing === undefined && this.#waiting.length > 0) this.#writing = this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = Buffer.from(this.#waiting.join(''));
      this.#writingLength = this.#waitingLength;
      this.#waiting = [];
      this.#waitingLength = 0;
      await this.#writeBatch(batch).catch((error) => this.#report(error));
      this.#writingLength = 0;
    }
    this.#writing = undefined;
  }

  async #writeBatch(batch: Buffer): Promise<void> {
    const { beforeBatch, mode = 0o644 } = this.#options;
    if ((await beforeBatch?.(batch.length, this.#descriptor)) === true) await this.#closeDescriptor();
    this.#descriptor ??= await openToAppend(this.#path, mode);
    for (let offset = 0; offset < batch.length; ) offset += await writeSome(this.#descriptor, batch, offset);
  }

  async #closeDescriptor(): Promise<void> {
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    if (descriptor !== undefined) await settled((done) => close(descriptor, done));
  }

  #report(error: NodeJS.ErrnoException): void {
    if (!this.#failed) this.#options.onError?.(error);
    this.#failed = true;
  }
}

function settled(start: (done: NoParamCallback) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error === null ? resolve() : reject(error))));
}

function openToAppend(path: string, mode: number): Promise<number> {
  return new Promise((resolve, reject) => {
    open(path, 'a', mode, (error, descriptor) => (error === null ? resolve(descriptor) : reject(error)));
  });
}

function writeSome(descriptor: number, batch: Buffer, offset: number): Promise<number> {
  return new Promise((resolve, reject) => {
    write(descriptor, batch, offset, batch.length - offset, null, (error, written) =>
      error === null ? resolve(written) : reject(error),
    );
  });
}
