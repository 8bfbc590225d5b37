// What the record of a line holds: places, all counted from the beginning of the masker's memory, its level and its hash.
// `assembly/layout.ts` has the same. Constants of a file of their own are put in their places by the bundler.

export const lineStart = 0;
/** Where its newline stands. */
export const lineEnd = 1;
/** Where the message begins. */
export const message = 2;
/** Where the time stamp begins and ends; equal if there is none. */
export const stampStart = 3;
export const stampEnd = 4;
/** Index into `levels`. */
export const level = 5;
export const maskedStart = 6;
export const maskedEnd = 7;
/** The two halves of the masked message's hash. */
export const hashLow = 8;
export const hashHigh = 9;

/** How many numbers there are. */
export const columns = 10;
