import { createReadStream, existsSync } from 'node:fs';
import { open, truncate } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Masker } from '../output/index.ts';
import type { ExpectedLog } from './expectedLog.ts';
import { lineFinder } from './lineFinder.ts';

/** How far a job's log is. */
export interface LogSurvey {
  /** How many of the expected lines it has: the first of them. */
  readonly linesWritten: number;
  /** The try that printed last, as an index, or the number of tries. */
  readonly at: number;
  /** By try: how many lines of its output it has. Too many: the next try's are among them. */
  readonly outputLines: readonly number[];
}

/**
 * Finds out how far a job's log is. Every line of the engine can be told beforehand, stamp and text, from the journal; any
 * other line at INFO is output. A last line that was cut off is removed, so nobody else may be writing. Cost: a look at the
 * log's end where it is complete, else the whole log once.
 */
export async function surveyLog(path: string, expected: ExpectedLog, masker: Masker): Promise<LogSurvey> {
  const nothing: LogSurvey = { linesWritten: 0, at: 0, outputLines: expected.tries.map(() => 0) };
  if (!existsSync(path)) return nothing;
  const end = await readEnd(path);
  await cutTornLine(path, end);
  const matcher = lineMatcher(expected, masker);
  const last = expected.lines.at(-1);
  if (last !== undefined && !last.isAmidOutput && last.triesBefore === expected.tries.length) {
    const place = expected.lines.length - 1;
    const isThere = end.text.split('\n').some((line) => matcher(line, place) === place);
    if (isThere) return { ...nothing, linesWritten: expected.lines.length, at: expected.tries.length };
  }
  return surveyWhole(path, expected, matcher);
}

/** The index of the expected line, from `from` on, that this is; -1: output; undefined: neither. */
type LineMatcher = (line: string, from: number) => number | undefined;

async function surveyWhole(path: string, expected: ExpectedLog, matcher: LineMatcher): Promise<LogSurvey> {
  const outputLines = expected.tries.map(() => 0);
  let linesWritten = 0;
  let at = 0;
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    const index = matcher(line, linesWritten);
    if (index === undefined) continue;
    if (index >= 0) {
      linesWritten = index + 1;
      at = Math.max(at, expected.lines[index]!.triesBefore);
    } else if (at < outputLines.length) outputLines[at]! += 1;
  }
  return { linesWritten, at, outputLines };
}

const stampedLine = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),(\d{3}) - ([A-Z]+) - (.*)$/s;

function lineMatcher({ lines }: ExpectedLog, masker: Masker): LineMatcher {
  const find = lineFinder(
    lines.map(({ line }) => line),
    1,
    masker,
  );
  return (text, from) => {
    const parts = stampedLine.exec(text);
    if (parts === null) return undefined;
    const [, day, time, milliseconds, level = '', message = ''] = parts;
    const stampMs = Date.parse(`${day}T${time}.${milliseconds}Z`);
    return find({ stampMs, level, message }, from) ?? (level === 'INFO' ? -1 : undefined);
  };
}

interface End {
  readonly size: number;
  readonly text: string;
  /** Where the last line that is not ended begins; `size` where all are. */
  readonly tornAt: number;
}

const endBytes = 256 * 1024;

async function readEnd(path: string): Promise<End> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - endBytes);
    const buffer = Buffer.alloc(size - from);
    await file.read(buffer, 0, buffer.length, from);
    return { size, text: buffer.toString(), tornAt: from + buffer.lastIndexOf(0x0a) + 1 };
  } finally {
    await file.close();
  }
}

async function cutTornLine(path: string, { size, tornAt }: End): Promise<void> {
  if (tornAt < size) await truncate(path, tornAt);
}
