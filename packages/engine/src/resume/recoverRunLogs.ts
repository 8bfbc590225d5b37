import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import type { Masker } from '../output/index.ts';
import { applicationLogLimit, type LogLine, type TextLogWriter } from '../textlogs/index.ts';
import { lineFinder } from './lineFinder.ts';

export interface RunLogRecoveryHost {
  readonly run: number;
  readonly writer: Pick<TextLogWriter, 'runLog' | 'applicationLog' | 'recover'>;
  readonly masker: Masker;
  /** Told about a log that cannot be read or mended. */
  readonly onError: (path: string, error: NodeJS.ErrnoException) => void;
}

/**
 * Completes the run log and the application log with what earlier engines had gathered and not yet written when they were
 * killed: `expected` are all lines they should have, oldest first. What was lost is the end of what an attempt had to say,
 * so everything behind the last line that is there is missing. Cost: both logs once, read whole.
 */
export function recoverRunLogs(expected: readonly LogLine[], host: RunLogRecoveryHost): void {
  const { writer, onError } = host;
  const attempted = (path: string, look: () => readonly LogLine[]) => {
    try {
      return look();
    } catch (error) {
      onError(path, error as NodeJS.ErrnoException);
      return [];
    }
  };
  writer.recover({
    run: attempted(writer.runLog, () => missingFromRunLog(expected, host)),
    application: attempted(writer.applicationLog, () => missingFromApplicationLog(expected, host)),
  });
}

/** Nobody else writes to this log: what was cut off is taken out, to be written anew. */
function missingFromRunLog(
  all: readonly LogLine[],
  { writer: { runLog }, masker }: RunLogRecoveryHost,
): readonly LogLine[] {
  const expected = all.filter(({ to }) => to === 'run');
  const log = read(runLog);
  if (log === undefined) return expected;
  const { count, lastAt } = survey(log, expected, masker);
  const last = expected[count - 1];
  if (last !== undefined && isCutOff(log.slice(lastAt), masker(last.message))) {
    truncateSync(runLog, lastAt);
    return expected.slice(count - 1);
  }
  const soundBytes = log.lastIndexOf('\n') + 1;
  if (soundBytes < log.length) truncateSync(runLog, soundBytes);
  return expected.slice(count);
}

/** Other runs share this log, and full ones are kept under other names: nothing is taken out. */
function missingFromApplicationLog(
  expected: readonly LogLine[],
  { run, writer: { applicationLog }, masker }: RunLogRecoveryHost,
): readonly LogLine[] {
  const { backups } = applicationLogLimit;
  const older = Array.from({ length: backups }, (_, index) => read(`${applicationLog}.${backups - index}`));
  const present = read(applicationLog) ?? '';
  const { count } = survey(`${older.join('')}${present}`, expected, masker, `[RUN #${run}] `);
  if (present !== '' && !present.endsWith('\n')) appendFileSync(applicationLog, '\n');
  const isRotatedOut = count === 0 && older[0] !== undefined;
  return isRotatedOut ? [] : expected.slice(count);
}

interface Survey {
  /** How many of the expected lines are there, with all before the last one that is. */
  readonly count: number;
  /** Where that one begins. */
  readonly lastAt: number;
}

const stampedLine = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) - ([A-Z]+) - /;

/** `log` is one character a byte. Lines whose message does not begin with `mark` are somebody else's. */
function survey(log: string, expected: readonly LogLine[], masker: Masker, mark = ''): Survey {
  const find = lineFinder(expected, 1000, masker);
  let count = 0;
  let lastAt = 0;
  for (let start = 0; start < log.length; ) {
    const newline = log.indexOf('\n', start);
    const end = newline === -1 ? log.length : newline;
    const line = log.slice(start, end);
    const [head, day, time, level = ''] = stampedLine.exec(line) ?? [];
    if (head !== undefined && line.startsWith(mark, head.length)) {
      const message = decoded(line.slice(head.length + mark.length));
      const index = find({ stampMs: Date.parse(`${day}T${time}Z`), level, message }, count);
      if (index !== undefined) {
        count = index + 1;
        lastAt = start;
      }
    }
    start = end + 1;
  }
  return { count, lastAt };
}

/** Whether a log ends before the last of the lines that a message takes is whole. */
function isCutOff(end: string, message: string): boolean {
  const head = stampedLine.exec(end)?.[0] ?? '';
  const written = decoded(end.slice(head.length));
  return written.length <= message.length && message.startsWith(written);
}

function decoded(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString();
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
