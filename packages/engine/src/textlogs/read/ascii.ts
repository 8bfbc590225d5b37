// Bytes of ASCII that log lines are told apart by. They stand in a file of their own because the bundler puts constants of other
// files in their places, and makes variables of those in the same file: a tenth of the time of reading a log.

export const tab = 0x09;
export const newline = 0x0a;
export const carriageReturn = 0x0d;
export const escapeCharacter = 0x1b;
export const blank = 0x20;
export const comma = 0x2c;
export const minus = 0x2d;
export const dot = 0x2e;
export const zero = 0x30;
export const nine = 0x39;
export const colon = 0x3a;
export const upperA = 0x41;
export const upperZ = 0x5a;
export const openBracket = 0x5b;
export const closeBracket = 0x5d;
export const underscore = 0x5f;
export const lowerA = 0x61;
export const lowerZ = 0x7a;
