import type { LineHeader } from './lineHeader.ts';
import { earlier, later, type Place } from './place.ts';

/** What is counted of the lines of one kind. Places are a source (its number) and a line in it. */
export interface Tally {
  count: number;
  /** Lines that were not looked at and that some of those counted, so many of them, stand for: an estimate. */
  others: number;
  sampled: number;
  level: number;
  firstSource: number;
  firstLine: number;
  lastSource: number;
  lastLine: number;
  firstTime: string;
  /** Undefined while it is that of the first line. */
  lastTime: Uint8Array | undefined;
  lastTimeBytes: number;
  /** Of several sources, where its lines say that they were written first and last: undefined while that is as above. */
  earliest: Place | undefined;
  latest: Place | undefined;
  examples: string[];
  /** Numbers of sources, at most `maxSources`. */
  readonly sources: Set<number>;
}

const maxExamples = 3;
const maxSources = 100;

/** Bytes of an example. */
const maxExampleBytes = 400;

/** The tally of a kind whose first line is this one, not counted yet. */
export function firstTally(
  source: number,
  lineNumber: number,
  line: Buffer,
  end: number,
  header: LineHeader,
): Tally {
  return {
    count: 0,
    others: 0,
    sampled: 0,
    level: header.level,
    firstSource: source,
    firstLine: lineNumber,
    lastSource: source,
    lastLine: lineNumber,
    firstTime: stampOf(line, header),
    lastTime: undefined,
    lastTimeBytes: 0,
    earliest: undefined,
    latest: undefined,
    examples: [exampleText(line, header.message, end)],
    sources: new Set([source]),
  };
}

const maxTimeBytes = 40;

/** Counts a line. */
export function countLine(
  tally: Tally,
  source: number,
  lineNumber: number,
  line: Buffer,
  header: LineHeader,
): void {
  tally.count += 1;
  if (header.level > tally.level) tally.level = header.level;
  if (tally.lastSource !== source) {
    tally.earliest = earlier(firstPlace(tally), { source, line: lineNumber, time: stampOf(line, header) });
    tally.latest = lastPlace(tally);
    tally.lastSource = source;
    if (tally.sources.size < maxSources) tally.sources.add(source);
  }
  tally.lastLine = lineNumber;
  if (tally.count === 1 || tally.firstTime === '') return;
  // A copy: the buffer is used again for what comes next.
  tally.lastTime ??= new Uint8Array(maxTimeBytes);
  const { lastTime } = tally;
  const bytes = Math.min(header.stampEnd - header.stampStart, maxTimeBytes);
  for (let i = 0; i < bytes; i++) lastTime[i] = line[header.stampStart + i]!;
  tally.lastTimeBytes = bytes;
}

/** Counts a line that came before those counted so far, before the next one of these is counted. */
export function countBefore(tally: Tally, { source, line, time }: Place): void {
  tally.count += 1;
  const isAlone = tally.count === 1;
  if (isAlone) {
    tally.lastSource = source;
    tally.lastLine = line;
    tally.sources.clear();
  }
  if (tally.sources.size < maxSources) tally.sources.add(source);
  if (!isAlone && (source - tally.firstSource || line - tally.firstLine) > 0) return;
  tally.firstSource = source;
  tally.firstLine = line;
  tally.firstTime = time;
}

/** Lets a line that was looked at stand for so many that were not. */
export function standFor(tally: Tally, others: number): void {
  tally.others += others;
  if (others > 0) tally.sampled += 1;
}

export function standForItself(tally: Tally): void {
  tally.others = 0;
  tally.sampled = 0;
}

/** A message as an example: text, shortened if long. */
function exampleText(line: Buffer, start: number, end: number): string {
  const stop = Math.min(end, start + maxExampleBytes);
  const text = line.toString('utf8', start, stop);
  return stop < end ? `${text}…` : text.trimEnd();
}

function stampOf(line: Buffer, { stampStart, stampEnd }: LineHeader): string {
  return line.toString('latin1', stampStart, Math.min(stampEnd, stampStart + maxTimeBytes));
}

/** Where its first line is: of several sources the one that says it was written first, else that of the first source. */
export function firstPlace({ earliest, firstSource, firstLine, firstTime }: Tally): Place {
  return earliest ?? { source: firstSource, line: firstLine, time: firstTime };
}

/** The same of its last line. */
export function lastPlace({ latest, lastSource, lastLine, ...times }: Tally): Place {
  const last = { source: lastSource, line: lastLine, time: lastTimeOf(times) };
  return latest === undefined ? last : later(latest, last);
}

type Times = Pick<Tally, 'firstTime' | 'lastTime' | 'lastTimeBytes'>;

function lastTimeOf({ firstTime, lastTime, lastTimeBytes }: Times): string {
  return lastTime === undefined ? firstTime : Buffer.from(lastTime).toString('latin1', 0, lastTimeBytes);
}

/** One tally of several. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  const sorted = [...tallies].sort(firstLineFirst);
  const last = tallies.reduce((a, b) => (lastLineFirst(a, b) < 0 ? a : b));
  return {
    ...sorted[0]!,
    count: tallies.reduce((sum, { count }) => sum + count, 0),
    others: tallies.reduce((sum, { others }) => sum + others, 0),
    sampled: tallies.reduce((sum, { sampled }) => sum + sampled, 0),
    level: tallies.reduce((gravest, { level }) => Math.max(gravest, level), 0),
    lastSource: last.lastSource,
    lastLine: last.lastLine,
    ...lastTimeBytesOf(last),
    earliest: sorted.map(firstPlace).reduce(earlier),
    latest: sorted.map(lastPlace).reduce(later),
    examples: [...new Set(sorted.slice(0, 50).flatMap(({ examples }) => examples))].slice(0, maxExamples),
    sources: unionOf(sorted),
  };
}

/** Room of its own, since a line may be counted in each. */
function lastTimeBytesOf(times: Times): Pick<Tally, 'lastTime' | 'lastTimeBytes'> {
  const time = lastTimeOf(times);
  const lastTime = new Uint8Array(maxTimeBytes);
  lastTime.set(Buffer.from(time, 'latin1'));
  return { lastTime, lastTimeBytes: time.length };
}

/** Sorts by first lines. */
export function firstLineFirst(a: Tally, b: Tally): number {
  return a.firstSource - b.firstSource || a.firstLine - b.firstLine;
}

function lastLineFirst(a: Tally, b: Tally): number {
  return b.lastSource - a.lastSource || b.lastLine - a.lastLine;
}

function unionOf(tallies: readonly Tally[]): Set<number> {
  const union = new Set<number>();
  for (const { sources } of tallies)
    for (const source of sources) if (union.size < maxSources) union.add(source);
  return union;
}
