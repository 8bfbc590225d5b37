import { constants, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import type { LaunchRecord } from './protocol.ts';

const retryMs = 250;

/**
 * The launcher's own file, `launch.<attempt>.ndjson`. What follows from a record happens only once the kernel has
 * the record; while the disk is full, records wait here and what follows from them waits too.
 */
export class RecordLog {
  readonly #fd: number;
  #end = 0;
  #torn = false;
  #waiting: { readonly bytes: Buffer; readonly then: (offset: number) => void }[] = [];

  /** Creates the file; throws `EEXIST` when a launcher, or a resume that fenced it off, was here before. */
  constructor(path: string) {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND;
    this.#fd = openSync(path, flags, 0o600);
  }

  /** Appends records in one write, then calls `then` with the byte offset of the first one; at once, as a rule. */
  append(records: readonly LaunchRecord[], then: (offset: number) => void = () => {}): void {
    const bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    this.#waiting.push({ bytes, then });
    if (this.#waiting.length === 1) this.#write();
  }

  /** Reads the record at an offset that `append` gave. */
  read(offset: number): LaunchRecord {
    const bytes = Buffer.alloc(Math.min(this.#end - offset, 1024 * 1024));
    readSync(this.#fd, bytes, 0, bytes.length, offset);
    return JSON.parse(bytes.toString('utf8', 0, bytes.indexOf('\n'))) as LaunchRecord;
  }

  #write(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const offset = this.#end;
      if (!this.#written(next.bytes)) {
        setTimeout(() => this.#write(), retryMs);
        return;
      }
      this.#waiting.shift();
      next.then(offset);
    }
  }

  #written(bytes: Buffer): boolean {
    try {
      if (this.#torn) ftruncateSync(this.#fd, this.#end);
      this.#torn = true;
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
      this.#torn = false;
      this.#end += bytes.length;
      return true;
    } catch {
      if (this.#torn) this.#cutTornTail();
      return false;
    }
  }

  /** What cannot be cut off now is cut off before the next write. */
  #cutTornTail(): void {
    try {
      ftruncateSync(this.#fd, this.#end);
      this.#torn = false;
    } catch {
      this.#torn = true;
    }
  }
}
