import {
  closeSync,
  constants,
  existsSync,
  fdatasync,
  fdatasyncSync,
  ftruncateSync,
  linkSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { unfinishedPath } from '../runs/runFolder.ts';
import type { Event } from './event.ts';
import { type LineSerializer, lineSerializer } from './serialize.ts';

/** `batched` syncs at most 100 ms after a write; `sync` also before the effects of each job's start. */
export type Durability = 'batched' | 'sync';

/** A refused system call, as a value. */
export interface JournalError {
  /** `ENOSPC`, `EEXIST`, … */
  readonly code: string;
  readonly message: string;
}

/** Whether events reach the disk. While blocked they are kept in memory and nothing new may start. */
export type JournalState =
  | { readonly blocked: false }
  | { readonly blocked: true; readonly error: JournalError };

export interface JournalOptions {
  /** `runs/<id>/journal.<attempt>.ndjson`; the file must not exist: creating it is the claim on the attempt. */
  readonly path: string;
  readonly run: number;
  readonly attempt: number;
  /** Ids in the plan's order. */
  readonly jobIds: readonly string[];
  /** Number of the first event: 1, or after the last one of the attempt before. */
  readonly firstSeq?: number;
  readonly durability?: Durability;
  /**
   * Written before anybody can see the file. A resume gives the event that names its engine, so that whoever
   * finds the attempt claimed also finds by whom.
   */
  readonly first?: FirstEvents;
  /** Called when writing gets blocked and when it works again. */
  readonly onState?: (state: JournalState) => void;
  /** How long to wait before a blocked write is tried again; 250 ms. */
  readonly retryMs?: number;
  /** How long after a write its fdatasync begins; 50 ms. */
  readonly syncWithinMs?: number;
  /** The system calls; for tests of failures. */
  readonly calls?: JournalCalls;
}

export interface FirstEvents {
  readonly events: readonly Event[];
  readonly wallMs: number;
}

/** The system calls that can fail while a journal is written. */
export interface JournalCalls {
  write(fd: number, bytes: Uint8Array, offset: number): number;
  truncate(fd: number, length: number): void;
  sync(fd: number, done: (error: NodeJS.ErrnoException | null) => void): void;
  syncNow(fd: number): void;
}

export type OpenedJournal =
  | { readonly ok: true; readonly journal: JournalWriter }
  | { readonly ok: false; readonly error: JournalError };

const hostCalls: JournalCalls = {
  write: (fd, bytes, offset) => writeSync(fd, bytes, offset),
  truncate: ftruncateSync,
  sync: fdatasync,
  syncNow: fdatasyncSync,
};

/**
 * Creates the journal of an attempt (mode 0600). A file that is already there is refused with `EEXIST`:
 * somebody else has claimed the attempt.
 */
export function openJournal(options: JournalOptions): OpenedJournal {
  try {
    const journal =
      options.first === undefined ? created(options.path, options) : createdWith(options.first, options);
    return { ok: true, journal };
  } catch (error) {
    return { ok: false, error: journalError(error) };
  }
}

function created(path: string, options: JournalOptions): JournalWriter {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_APPEND;
  return new JournalWriter(openSync(path, flags, 0o600), options);
}

/** Written under another name first, then linked: so the journal never stands there without its first events. */
function createdWith(first: FirstEvents, options: JournalOptions): JournalWriter {
  const unfinished = unfinishedPath(options.path);
  rmSync(unfinished, { force: true });
  const journal = created(unfinished, options);
  try {
    journal.write(first.events, first.wallMs);
    if (journal.state.blocked) throw journal.state.error;
    claim(unfinished, options.path);
    return journal;
  } catch (error) {
    journal.abandon();
    throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Whoever claims an attempt sweeps away what others had prepared for it: then theirs is missing, and the claim is there. */
function claim(unfinished: string, path: string): void {
  try {
    linkSync(unfinished, path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || !existsSync(path)) throw error;
    throw Object.assign(new Error(message.replace(code, 'EEXIST')), { code: 'EEXIST' });
  }
}

/**
 * Appends the events of one attempt. When `write` returns true, the batch is with the kernel and survives
 * the death of this process; the disk has it at most `syncWithinMs` later. No event is ever dropped: what
 * cannot be written stays in memory, and the file behind it ends with a whole line.
 */
export class JournalWriter {
  readonly #fd: number;
  readonly #options: JournalOptions;
  readonly #calls: JournalCalls;
  readonly #serialize: LineSerializer;
  #nextSeq: number;
  /** Where the last whole batch ends. */
  #goodBytes = 0;
  /** A failed write may have left part of a batch behind `goodBytes`. */
  #torn = false;
  #pending: Buffer[] = [];
  #state: JournalState = { blocked: false };
  #unsynced = false;
  #syncTimer: NodeJS.Timeout | undefined;
  #syncUnderWay: Promise<void> | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #onSettled: (() => void) | undefined;
  #closing = false;

  constructor(fd: number, options: JournalOptions) {
    this.#fd = fd;
    this.#options = options;
    this.#calls = options.calls ?? hostCalls;
    this.#serialize = lineSerializer(options);
    this.#nextSeq = options.firstSeq ?? 1;
  }

  get state(): JournalState {
    return this.#state;
  }

  /** Number that the next event will get. */
  get nextSeq(): number {
    return this.#nextSeq;
  }

  /** Length of the file's sound part. */
  get bytes(): number {
    return this.#goodBytes;
  }

  /**
   * Writes a batch with one system call; `wallMs` is the wall clock now. Returns whether the file has it;
   * when not, `state` says why, and the batch is written as soon as that is possible.
   */
  write(events: readonly Event[], wallMs: number): boolean {
    if (this.#closing) throw new Error('Internal error: an event came after the journal was closed');
    if (events.length === 0) return !this.#state.blocked;
    let text = '';
    let starts = false;
    for (const event of events) {
      text += this.#serialize(event, this.#nextSeq++, wallMs);
      starts ||= event.type === 'job.starting';
    }
    this.#pending.push(Buffer.from(text));
    return this.#flush(starts && this.#options.durability === 'sync');
  }

  /** Resolves when every event is on the disk and the file is closed; a full disk keeps it waiting. */
  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#syncTimer);
    await this.#syncUnderWay;
    if (!this.#flush(true)) {
      await new Promise<void>((resolve) => {
        this.#onSettled = resolve;
      });
    }
    closeSync(this.#fd);
  }

  /** Closes the file as it is and forgets what was not written. */
  abandon(): void {
    this.#closing = true;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#syncTimer);
    closeSync(this.#fd);
  }

  #flush(syncNow: boolean): boolean {
    try {
      if (this.#torn) this.#cutTornTail();
      if (this.#pending.length > 0) this.#writePending();
      if (syncNow) this.#syncNow();
      else this.#syncSoon();
    } catch (error) {
      this.#block(journalError(error));
      return false;
    }
    this.#unblock();
    return true;
  }

  #cutTornTail(): void {
    this.#calls.truncate(this.#fd, this.#goodBytes);
    this.#torn = false;
  }

  #writePending(): void {
    const bytes = this.#pending.length === 1 ? this.#pending[0]! : Buffer.concat(this.#pending);
    this.#pending = [bytes];
    this.#torn = true;
    try {
      for (let written = 0; written < bytes.length; ) {
        const more = this.#calls.write(this.#fd, bytes, written);
        if (more === 0) throw Object.assign(new Error('nothing was written'), { code: 'ENOSPC' });
        written += more;
      }
    } catch (error) {
      this.#cutTornTail();
      throw error;
    }
    this.#torn = false;
    this.#pending = [];
    this.#goodBytes += bytes.length;
    this.#unsynced = true;
  }

  #syncNow(): void {
    if (!this.#unsynced) return;
    this.#calls.syncNow(this.#fd);
    this.#unsynced = false;
  }

  /** The first write after a sync starts the clock of the next one, which then covers the whole group. */
  #syncSoon(): void {
    if (!this.#unsynced || this.#syncTimer !== undefined || this.#syncUnderWay !== undefined) return;
    this.#syncTimer = setTimeout(() => {
      this.#syncTimer = undefined;
      this.#syncUnderWay = this.#sync();
    }, this.#options.syncWithinMs ?? 50);
  }

  async #sync(): Promise<void> {
    this.#unsynced = false;
    const error = await new Promise<NodeJS.ErrnoException | null>((done) => this.#calls.sync(this.#fd, done));
    this.#syncUnderWay = undefined;
    if (error !== null) {
      this.#unsynced = true;
      if (!this.#closing) this.#block(journalError(error));
    } else if (!this.#closing) this.#syncSoon();
  }

  #block(error: JournalError): void {
    this.#retryTimer ??= setTimeout(() => {
      this.#retryTimer = undefined;
      if (this.#flush(true)) this.#onSettled?.();
    }, this.#options.retryMs ?? 250);
    if (this.#state.blocked && this.#state.error.code === error.code) return;
    this.#state = { blocked: true, error };
    this.#options.onState?.(this.#state);
  }

  #unblock(): void {
    if (!this.#state.blocked) return;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    this.#state = { blocked: false };
    this.#options.onState?.(this.#state);
  }
}

function journalError(error: unknown): JournalError {
  const { code = 'EIO', message } = error as NodeJS.ErrnoException;
  return { code, message };
}
