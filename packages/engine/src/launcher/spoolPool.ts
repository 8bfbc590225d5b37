import { closeSync, constants, fstatSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** A file that takes the raw output of one try after the other. */
export interface SpoolFile {
  readonly fd: number;
  /** Relative to the run's folder. */
  readonly path: string;
  /** Where the next output will be appended. */
  end: number;
}

/**
 * Hands out spool files, one per running job. Making and removing files is what costs, so a file goes back
 * into the pool and the next try appends to it.
 */
export class SpoolPool {
  readonly #runFolder: string;
  readonly #prefix: string;
  readonly #bytesMax: number;
  readonly #free: SpoolFile[] = [];
  #made = 0;

  constructor(runFolder: string, attempt: number, bytesMax: number) {
    this.#runFolder = runFolder;
    this.#prefix = `spool/${attempt}.`;
    this.#bytesMax = bytesMax;
  }

  take(): SpoolFile {
    return this.#free.pop() ?? this.#make();
  }

  /**
   * Closes the part of the file that the last job has written and returns whether the file is retired: it has
   * grown large, or `stillInUse` by a process that may go on writing.
   */
  giveBack(spool: SpoolFile, stillInUse: boolean): boolean {
    spool.end = fstatSync(spool.fd).size;
    const retired = stillInUse || spool.end > this.#bytesMax;
    if (retired) closeSync(spool.fd);
    else this.#free.push(spool);
    return retired;
  }

  #make(): SpoolFile {
    if (this.#made === 0) mkdirSync(join(this.#runFolder, 'spool'), { recursive: true, mode: 0o700 });
    const path = `${this.#prefix}${this.#made++}`;
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND;
    return { path, fd: openSync(join(this.#runFolder, path), flags, 0o600), end: 0 };
  }
}
