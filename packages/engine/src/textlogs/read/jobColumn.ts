// What a row of a job holds: numbers, NaN where nothing is told. `tries` is how many it has, `firstTry` and `lastTry` their rows.
// Constants of a file of their own are put in their places by the bundler, and variables made of those of the same file.

export const name = 0;
export const status = 1;
export const reason = 2;
export const attempt = 3;
export const startedAtMs = 4;
export const endedAtMs = 5;
export const durationMs = 6;
export const maxRetries = 7;
export const tries = 8;
export const firstTry = 9;
export const lastTry = 10;

/** Where the bytes of its command begin (see `JobTable`), and how many they are. */
export const commandAt = 11;
export const commandBytes = 12;

/** How many there are. */
export const width = 13;
