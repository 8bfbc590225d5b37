import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import type { Entry } from './world.ts';

/** What a folder holds, once that has been asked for often enough. */
interface Listing {
  questions: number;
  /** `unlistable`: it may not be read; undefined: not listed yet. */
  names: ReadonlySet<string> | 'unlistable' | undefined;
}

const questionsBeforeListing = 16;
const missing: Entry = { kind: 'missing' };

/**
 * What is at paths of this machine, each looked at once. Where many paths of one folder are asked for, the folder is listed
 * once: most of them are those of files that are not there yet, and to look at each costs a call of the system.
 */
export class Entries {
  readonly #byPath = new Map<string, Entry>();
  readonly #byFolder = new Map<string, Listing>();

  lookAt(path: string): Entry {
    if (this.#isNotListed(path)) return missing;
    let entry = this.#byPath.get(path);
    if (entry === undefined) {
      entry = lookAt(path);
      this.#byPath.set(path, entry);
    }
    return entry;
  }

  #isNotListed(path: string): boolean {
    const slash = path.lastIndexOf('/');
    const { names } = this.#listingOf(slash <= 0 ? '/' : path.slice(0, slash));
    if (names === undefined || names === 'unlistable') return false;
    const name = path.slice(slash + 1);
    // Of other letters some systems take more than one form for the same.
    return /^[ -~]+$/.test(name) && !names.has(name.toLowerCase());
  }

  #listingOf(folder: string): Listing {
    let listing = this.#byFolder.get(folder);
    if (listing === undefined) {
      listing = { questions: 0, names: undefined };
      this.#byFolder.set(folder, listing);
    }
    if (listing.names === undefined && ++listing.questions > questionsBeforeListing)
      listing.names = namesIn(folder);
    return listing;
  }
}

/** In lower case, since some systems do not tell it from upper case. Of what is no folder: none. */
function namesIn(folder: string): ReadonlySet<string> | 'unlistable' {
  try {
    return new Set(readdirSync(folder).map((name) => name.toLowerCase()));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? new Set() : 'unlistable';
  }
}

function lookAt(path: string): Entry {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return missing;
    return new FoundEntry(path, stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other');
  } catch (error) {
    // A folder on the way that may not be looked into, or a file where a folder is meant.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES') return { kind: 'other', isReadable: false, isExecutable: false };
    return missing;
  }
}

/** Rights are asked for when somebody wants to know them: each costs a call of the system. */
class FoundEntry {
  readonly kind: 'file' | 'folder' | 'other';
  readonly #path: string;
  #isReadable: boolean | undefined;
  #isExecutable: boolean | undefined;

  constructor(path: string, kind: FoundEntry['kind']) {
    this.#path = path;
    this.kind = kind;
  }

  get isReadable(): boolean {
    this.#isReadable ??= isAllowed(this.#path, constants.R_OK);
    return this.#isReadable;
  }

  get isExecutable(): boolean {
    this.#isExecutable ??= isAllowed(this.#path, constants.X_OK);
    return this.#isExecutable;
  }
}

function isAllowed(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
