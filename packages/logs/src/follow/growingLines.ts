import { type ContentKind, hasZonedStamps, headBytes, localStamper, recognise } from '../input/index.ts';

/** The text of a log that grows, in the form that the parser of text logs knows. */
export interface GrowingLines {
  push(piece: Buffer): void;
  /** Whether lines of a log have been found in it. */
  isLog(): boolean;
  /** Bytes so far. */
  bytes(): number;
}

/**
 * Gives what is appended to `take`, with stamps of other forms rewritten as of a whole file. Which form it has is told by its first
 * lines: until one of them is a log's, they are held back, at most `headBytes` of them.
 */
export function growingLines(take: (text: Uint8Array) => void): GrowingLines {
  let held: Buffer = Buffer.alloc(0);
  let bytes = 0;
  let kind: ContentKind = 'unknown';
  let give: ((piece: Buffer) => void) | undefined;

  /** What takes the text from now on, once its form is known. */
  function decide(): ((piece: Buffer) => void) | undefined {
    if (hasZonedStamps(held)) {
      kind = 'text log';
      const stamper = localStamper();
      return (piece) => take(stamper.push(piece));
    }
    kind = recognise(held);
    return kind === 'text log' || held.length >= headBytes ? take : undefined;
  }

  return {
    push(piece) {
      bytes += piece.length;
      if (give !== undefined) {
        give(piece);
        return;
      }
      held = Buffer.concat([held, piece]);
      give = decide();
      give?.(held);
    },
    isLog: () => kind === 'text log',
    bytes: () => bytes,
  };
}
