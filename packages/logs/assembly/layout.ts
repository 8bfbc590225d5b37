// Where things stand in the memory that this module shares with its host, `src/patterns/masking/masker.ts`, which knows the same
// numbers. All places are addresses.

/** Lines to be read, each ended by a newline; the bytes around them may be looked at with the first and the last. */
export const inputMax: i32 = (1 << 20) + 1;
const inputFront: usize = 64;
const inputBlock: usize = memory.data((1 << 20) + 192, 16);
export const inputAt: usize = inputBlock + inputFront;

/** Records of lines: so many whole numbers each, in this order. */
export const recordsMax: i32 = 1024;
export const intsOfRecord: i32 = 10;
export const recordsAt: usize = memory.data(40960, 16);
export const lineStart: i32 = 0;
export const lineEnd: i32 = 1;
export const messageAt: i32 = 2;
export const stampStart: i32 = 3;
export const stampEnd: i32 = 4;
export const level: i32 = 5;
export const maskedStart: i32 = 6;
export const maskedEnd: i32 = 7;
export const hashLow: i32 = 8;
export const hashHigh: i32 = 9;

export function setInt(record: i32, column: i32, value: i32): void {
  store<i32>(recordsAt + ((record * intsOfRecord + column) << 2), value);
}

/** Masked lines, one behind the other. In front of each are so many blanks, so that looking back needs no bounds. */
export const maskedFront: usize = 16;
export const maskedSize: usize = 1 << 18;
export const maskedAt: usize = memory.data(1 << 18, 16);

/** One masked line that was kept, to find its tokens. */
export const keptAt: usize = memory.data(4224, 16);

/** Bytes of a line that are looked at: lines that agree so far are of one kind. */
export const lineMax: usize = 4096;

/** The words that mean something, as `wordTable` makes them: sixteen bytes each, of which the last four tell what it means. */
export const wordSlots: i32 = 1024;
export const wordsAt: usize = memory.data(16384, 16);

/** Tokens past this number are left out: lines agreeing so far are of one kind. */
export const tokensMax: i32 = 400;
/** With room for more than one step can find beyond the last token that counts. */
export const tokensRoom: i32 = 4600;
export const startsAt: usize = memory.data(18400, 16);
export const endsAt: usize = memory.data(18400, 16);
export const flagsAt: usize = memory.data(4600, 16);
export const marksAt: usize = memory.data(4600, 16);
/** The hash of their form, see `findTokens`. */
export const formAt: usize = memory.data(4, 4);
export const hashesAt: usize = memory.data(1600, 16);
export const masksAt: usize = memory.data(400, 16);
