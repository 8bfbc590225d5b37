import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

/** A file that another process appends to. */
export interface GrowingFile {
  /** Gives what has been appended since the last look to `take`, in pieces; returns whether there was something. */
  look(take: (piece: Buffer) => void): boolean;
  /** Whether the file was cut, or another one has taken its place: what was read before is not in it. */
  isReplaced(): boolean;
  close(): void;
}

const pieceBytes = 1 << 18;

/** @throws the system call's error when the file cannot be opened. */
export function growingFile(path: string): GrowingFile {
  const descriptor = openSync(path, 'r');
  const buffer = Buffer.allocUnsafeSlow(pieceBytes);
  let position = 0;
  return {
    look(take) {
      const before = position;
      for (;;) {
        const read = readSync(descriptor, buffer, 0, pieceBytes, position);
        if (read === 0) return position > before;
        position += read;
        take(buffer.subarray(0, read));
      }
    },
    isReplaced() {
      const there = statSync(path, { throwIfNoEntry: false });
      const opened = fstatSync(descriptor);
      return opened.size < position || (there !== undefined && there.ino !== opened.ino);
    },
    close: () => closeSync(descriptor),
  };
}
