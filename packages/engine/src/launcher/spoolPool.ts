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
 * into the pool and a later try appends to it: one that the engine names, since only the engine knows up to which end
 * it has read.
 */
export class SpoolPool {
  readonly #runFolder: string;
  readonly #prefix: string;
  readonly #bytesMax: number;
  readonly #free = new Map<string, SpoolFile>();
  #made = 0;

  constructor(runFolder: string, attempt: number, bytesMax: number) {
    this.#runFolder = runFolder;
    this.#prefix = `spool/${attempt}.`;
    this.#bytesMax = bytesMax;
  }

  /** The free spool of this path; a new one without a path, or when it is not free. */
  take(path?: string): SpoolFile {
    const spool = path === undefined ? undefined : this.#free.get(path);
    if (spool === undefined) return this.#make();
    this.#free.delete(spool.path);
    return spool;
  }

  /**
   * Closes the part of the file that the last job has written and returns whether the file is retired: it has
   * grown large, or `stillInUse` by a process that may go on writing.
   */
  giveBack(spool: SpoolFile, stillInUse: boolean): boolean {
    spool.end = fstatSync(spool.fd).size;
    const retired = stillInUse || spool.end > this.#bytesMax;
    if (retired) closeSync(spool.fd);
    else this.#free.set(spool.path, spool);
    return retired;
  }

  #make(): SpoolFile {
    if (this.#made === 0) mkdirSync(join(this.#runFolder, 'spool'), { recursive: true, mode: 0o700 });
    const path = `${this.#prefix}${this.#made++}`;
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND;
    return { path, fd: openSync(join(this.#runFolder, path), flags, 0o600), end: 0 };
  }
}
