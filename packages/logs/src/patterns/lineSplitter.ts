/** Gets one line: the bytes from `start` to `end`, without its line feed; valid only until it returns. */
export type LineHandler = (bytes: Uint8Array, start: number, end: number) => void;

export interface LineSplitter {
  push(chunk: Uint8Array): void;
  /** The last line, if no line feed ended it. */
  end(): void;
}

const lineFeed = 10;

/** Bytes of a line that are kept while its end has not come; the rest of a longer line is skipped. */
const maxCarriedBytes = 64 * 1024;

/** Cuts chunks of bytes into lines, wherever the borders of the chunks are. Carriage returns stay. */
export function splitLines(onLine: LineHandler): LineSplitter {
  const carried = new Uint8Array(maxCarriedBytes);
  let carriedBytes = 0;
  let isOpen = false;

  function carry(chunk: Uint8Array, start: number, end: number): void {
    const taken = Math.min(end - start, maxCarriedBytes - carriedBytes);
    carried.set(chunk.subarray(start, start + taken), carriedBytes);
    carriedBytes += taken;
    isOpen = true;
  }

  function closeCarried(): void {
    onLine(carried, 0, carriedBytes);
    carriedBytes = 0;
    isOpen = false;
  }

  return {
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
        if (isOpen) {
          carry(chunk, start, end);
          closeCarried();
        } else onLine(chunk, start, Math.min(end, start + maxCarriedBytes));
        start = end + 1;
      }
      if (start < chunk.length) carry(chunk, start, chunk.length);
    },
    end() {
      if (isOpen) closeCarried();
    },
  };
}
