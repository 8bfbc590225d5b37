import { newline } from './bytes.ts';

/** Takes a text in pieces, cut anywhere, and gives it in pieces of whole lines. */
export interface WholeLines {
  push(chunk: Uint8Array): void;
  /** After the last piece: gives a last line without its newline too, and tells whether there was one. */
  end(): boolean;
}

/** `lines` end with a newline, save for a last one without it or one that is too long; they are only there during the call. */
export type OnLines = (lines: Buffer, byteOffset: number) => void;

/**
 * Makes a cutter whose pieces have `lengthMax` bytes at most: of a longer line the beginning is given and the rest left out, so that
 * memory stays bounded. Only a line that two pieces share is copied.
 */
export function wholeLines(lengthMax: number, onLines: OnLines): WholeLines {
  /** The beginning of a line that has not ended yet; what is kept of it, and its true length. */
  let rest: Buffer[] = [];
  let keptLength = 0;
  let restLength = 0;
  /** Of the first byte that was not given yet, the rest's included. */
  let offset = 0;

  function keep(bytes: Buffer): void {
    const room = lengthMax - keptLength;
    if (room > 0) rest.push(Buffer.from(bytes.subarray(0, room)));
    keptLength += Math.min(room, bytes.length);
    restLength += bytes.length;
  }

  function giveRest(): void {
    onLines(rest.length === 1 ? rest[0]! : Buffer.concat(rest), offset);
    offset += restLength;
    rest = [];
    keptLength = 0;
    restLength = 0;
  }

  /** Gives the lines that stand whole in `bytes`, and tells how many bytes these are. */
  function giveLines(bytes: Buffer): number {
    let start = 0;
    for (;;) {
      const last = bytes.subarray(start, start + lengthMax).lastIndexOf(newline);
      const end = last >= 0 ? start + last + 1 : bytes.indexOf(newline, start) + 1;
      if (end === 0) return start;
      onLines(bytes.subarray(start, Math.min(end, start + lengthMax)), offset);
      offset += end - start;
      start = end;
    }
  }

  return {
    push(chunk) {
      const bytes = Buffer.isBuffer(chunk)
        ? chunk
        : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let start = 0;
      if (restLength > 0) {
        const end = bytes.indexOf(newline) + 1;
        keep(end === 0 ? bytes : bytes.subarray(0, end));
        if (end === 0) return;
        giveRest();
        start = end;
      }
      const whole = start + giveLines(start === 0 ? bytes : bytes.subarray(start));
      if (whole < bytes.length) keep(bytes.subarray(whole));
    },
    end() {
      if (restLength === 0) return false;
      giveRest();
      return true;
    },
  };
}
