// What a row of a try holds: numbers, NaN where nothing is told. Those of a job are linked both ways.
// Constants of a file of their own are put in their places by the bundler, and variables made of those of the same file.

export const attempt = 0;
export const startedAtMs = 1;
export const endedAtMs = 2;
export const durationMs = 3;
export const status = 4;
export const exitCode = 5;
export const limitMs = 6;
export const delayMs = 7;
export const previous = 8;
export const next = 9;

/** How many there are. */
export const width = 10;
