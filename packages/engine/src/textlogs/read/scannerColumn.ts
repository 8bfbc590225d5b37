// What the record of a line holds: whole numbers, of which places are counted from the beginning of what was scanned, and numbers
// with fractions. `assembly/layout.ts` has the same. Constants of a file of their own are put in their places by the bundler.

export const lineStart = 0;
export const lineEnd = 1;
/** 0 for a line without a stamp and a level; see `lineKinds`. */
export const kind = 2;
/** See `lineLevels`; this and all that follows only of lines with a stamp and a level. */
export const level = 3;
export const messageAt = 4;
/** The number of the sentence, −1 for none; only in run logs and application logs. */
export const sentence = 5;
export const jobStart = 6;
export const jobEnd = 7;
/** Of the fields that are no job. */
export const fieldStarts = 8;
export const fieldEnds = 12;
/** Of the job that the sentence names; of the message of a warning or an error that is no sentence (see `hash.ts`). */
export const jobHash = 16;
export const messageHash = 17;

/** How many whole numbers there are. */
export const ints = 18;

export const atMs = 0;
/** NaN where the line names none. */
export const run = 1;
export const fieldNumbers = 2;

/** How many other numbers there are. */
export const numbers = 6;
