// Where things stand in the memory that this module shares with its host; `src/textlogs/read/scanner.ts` knows the same numbers.

/** Lines to be read, each ended by a newline, and some bytes behind them that may be read with the last of them. */
export const inputMax: i32 = (1 << 20) + 1;
export const inputAt: usize = memory.data((1 << 20) + 64);

/** Records of lines, and one more for messages that are looked at one by one. */
export const recordsMax: i32 = 2048;
/** A record has so many whole numbers, in this order; places are counted from the beginning of the input. */
export const intsOfRecord: i32 = 18;
export const intsAt: usize = memory.data(147528);
export const lineStart: i32 = 0;
export const lineEnd: i32 = 1;
export const kind: i32 = 2;
export const level: i32 = 3;
export const messageAt: i32 = 4;
export const sentence: i32 = 5;
export const jobStart: i32 = 6;
export const jobEnd: i32 = 7;
export const fieldStarts: i32 = 8;
export const fieldEnds: i32 = 12;
export const jobHash: i32 = 16;
export const messageHash: i32 = 17;

/** And so many numbers with fractions: the time, the run, and what stands in the fields. */
export const numbersOfRecord: i32 = 6;
export const numbersAt: usize = memory.data(98352);
export const atMs: i32 = 0;
export const run: i32 = 1;
export const fieldNumbers: i32 = 2;

/** The sentences, as `compileTemplates` makes them. */
export const sentencesMax: i32 = 1 << 15;
export const sentencesAt: usize = memory.data(1 << 15);

/** The id of the job whose log is read. */
export const jobMax: i32 = 1 << 13;
export const jobAt: usize = memory.data(1 << 13);

export function setInt(record: i32, column: i32, value: i32): void {
  store<i32>(intsAt + ((record * intsOfRecord + column) << 2), value);
}

export function getInt(record: i32, column: i32): i32 {
  return load<i32>(intsAt + ((record * intsOfRecord + column) << 2));
}

export function setNumber(record: i32, column: i32, value: f64): void {
  store<f64>(numbersAt + ((record * numbersOfRecord + column) << 3), value);
}
