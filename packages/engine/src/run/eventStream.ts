import type { JournalEvent } from '../journal/index.ts';

/** Hands events to any number of readers, each at its own pace. */
export interface EventStream extends AsyncIterable<JournalEvent> {
  push(events: readonly JournalEvent[]): void;
  /** The readers end after what they have not read yet. */
  end(): void;
}

/** A reader sees the events pushed after it began; what it has not read yet is kept for it. */
export function eventStream(): EventStream {
  const readers = new Set<Reader>();
  let ended = false;
  return {
    push(events) {
      for (const reader of readers) reader.push(events);
    },
    end() {
      ended = true;
      for (const reader of readers) reader.end();
    },
    [Symbol.asyncIterator]() {
      const reader = new Reader(() => readers.delete(reader));
      if (ended) reader.end();
      else readers.add(reader);
      return reader;
    },
  };
}

class Reader implements AsyncIterator<JournalEvent> {
  readonly #onReturn: () => void;
  #unread: JournalEvent[] = [];
  #next = 0;
  #ended = false;
  #wake: (() => void) | undefined;

  constructor(onReturn: () => void) {
    this.#onReturn = onReturn;
  }

  push(events: readonly JournalEvent[]): void {
    for (const event of events) this.#unread.push(event);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<JournalEvent>> {
    while (this.#next >= this.#unread.length) {
      this.#unread = [];
      this.#next = 0;
      if (this.#ended) return { done: true, value: undefined };
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const value = this.#unread[this.#next]!;
    this.#next += 1;
    return { done: false, value };
  }

  async return(): Promise<IteratorResult<JournalEvent>> {
    this.#onReturn();
    this.#unread = [];
    this.#ended = true;
    return { done: true, value: undefined };
  }
}
