import { recordColumn as column, Masker } from './masking/index.ts';

export { type Level, levels } from './masking/index.ts';

/** Where the parts of a line are: offsets into its buffer. */
export interface LineHeader {
  /** Where the message begins. */
  message: number;
  /** Where the time stamp begins and ends; equal if there is none. */
  stampStart: number;
  stampEnd: number;
  /** Index into `levels`. */
  level: number;
}

/** A header to be filled by `readHeader`. */
export function emptyHeader(): LineHeader {
  return { message: 0, stampStart: 0, stampEnd: 0, level: 0 };
}

let masker: Masker | undefined;

/**
 * Finds the time stamp and level at the beginning of a line and where the message begins. Knows ISO 8601 and its kin, dates
 * with names of months (syslog, Apache), seconds since 1970, times of day, each bare or in brackets; then the number of a
 * run (`[RUN #7]`, of version 1 also `[RUN #main]`) and a level. A line without a time stamp is all message.
 */
export function readHeader(line: Uint8Array, start: number, end: number, header: LineHeader): void {
  masker ??= new Masker();
  const shift = start - masker.readOne(line.subarray(start, end), false);
  putHeader(masker.records, 0, header);
  header.message += shift;
  header.stampStart += shift;
  header.stampEnd += shift;
}

/** Puts what the record at a place says. */
export function putHeader(records: Int32Array, record: number, header: LineHeader): void {
  header.message = records[record + column.message]!;
  header.stampStart = records[record + column.stampStart]!;
  header.stampEnd = records[record + column.stampEnd]!;
  header.level = records[record + column.level]!;
}
