import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

/** A file that another process appends to. */
export interface GrowingFile {
  /** Gives what has been appended since the last look to `take`, in pieces; returns whether there was something. */
  look(take: (piece: Buffer) => void): boolean;
  /** Whether it was emptied and written anew, or another file has taken its place: what was read is not in it. */
  isReplaced(): boolean;
  close(): void;
}

const pieceBytes = 1 << 18;
/** Of the beginning so much is remembered: log lines begin with their time. */
const headBytes = 64;

/** @throws the system call's error when the file cannot be opened. */
export function growingFile(path: string): GrowingFile {
  const descriptor = openSync(path, 'r');
  const buffer = Buffer.allocUnsafeSlow(pieceBytes);
  let position = 0;
  let head: Buffer = Buffer.alloc(0);

  function readHead(): Buffer {
    const bytes = Buffer.alloc(Math.min(headBytes, position));
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, 0));
  }

  /** It is shorter than what was read, or begins with something else: emptied, and perhaps grown again since. */
  function isRewritten(): boolean {
    return fstatSync(descriptor).size < position || !readHead().subarray(0, head.length).equals(head);
  }

  return {
    look(take) {
      if (isRewritten()) return false;
      const before = position;
      for (;;) {
        const read = readSync(descriptor, buffer, 0, pieceBytes, position);
        if (read === 0) break;
        position += read;
        take(buffer.subarray(0, read));
      }
      if (head.length < headBytes) head = readHead();
      return position > before;
    },
    isReplaced() {
      const there = statSync(path, { throwIfNoEntry: false });
      return isRewritten() || (there !== undefined && there.ino !== fstatSync(descriptor).ino);
    },
    close: () => closeSync(descriptor),
  };
}
