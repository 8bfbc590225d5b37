import {
  type Cluster,
  createVocabulary,
  type MaskedLine,
  mergeClusters,
  textOf,
  wildToken,
} from './grouping/index.ts';
import { emptyHeader, levels, putHeader } from './lineHeader.ts';
import { recordColumn as column, Masker } from './masking/index.ts';
import type { LineSource, Occurrence, Pattern } from './pattern.ts';
import { createSample } from './sample.ts';
import { createShapeTable } from './shapeTable.ts';
import { countLine, firstLineFirst, firstTally, sumTallies, type Tally, timesOf } from './tally.ts';
import { indexTemplates, type TemplateIndex } from './templateIndex.ts';

export interface PatternMinerOptions {
  /**
   * Different masked lines that are kept apart before they are grouped and only the groups kept: the bound of memory, about
   * 1 KB each. Half as many templates are kept; rarer ones beyond that are counted together as `<*>`. From then on only some of
   * the lines that no template matches are kept.
   */
  readonly maxShapes?: number;
  /** Each whole line is a message; otherwise the time stamp and level in front are no part of it. */
  readonly raw?: boolean;
}

/** Groups the lines of logs into patterns while they stream by. */
export interface PatternMiner {
  /** The lines that follow are of this source, counted from 1. */
  beginSource(source: LineSource): void;
  /** Takes in the next lines of the source, whole ones of at most `maskedMax` bytes together; a last one may lack its newline. */
  add(lines: Uint8Array): void;
  /** The patterns of all lines so far. */
  finish(): MinedPatterns;
}

export interface MinedPatterns {
  readonly patterns: readonly Pattern[];
  readonly lines: number;
  /** Gives the number of the pattern of each of these lines, as `add` takes them; 0 if it was not taken in and none matches. */
  numbersOf(lines: Uint8Array, onNumber: (pattern: number) => void): void;
}

/** One entry for each masked line, or for each group of them after the first grouping. */
interface Entry extends Template {
  readonly tally: Tally;
}

type Template = Pick<Cluster, 'tokens' | 'hasLists'>;

/**
 * A miner of patterns in the manner of Drain (He, Zhu, Zheng, Lyu 2017), in two steps. Each line is masked, in one pass over
 * its bytes, and counted in a hash table of masked lines. Only these, a few thousand even for gigabytes, are then compared
 * with each other, all at once rather than in the order they came, to find which of their words are values. So the result does
 * not depend on the order of lines, save for the numbers.
 */
export function createPatternMiner({
  maxShapes = 20_000,
  raw = false,
}: PatternMinerOptions = {}): PatternMiner {
  const masker = new Masker();
  const { bytes, records } = masker;
  const header = emptyHeader();
  const table = createShapeTable();
  const maxTemplates = Math.max(1, maxShapes >> 1);
  const sample = createSample();
  const sources: LineSource[] = [];
  let vocabulary = createVocabulary(masker);
  /** Groups first, then what has come since they were made. */
  let entries: Entry[] = [];
  let groupCount = 0;
  let groups: TemplateIndex | undefined;
  let rest: Tally | undefined;
  let source = -1;
  let lineNumber = 0;
  let linesBefore = 0;

  function beginSource(next: LineSource): void {
    sources.push(next);
    source = sources.length - 1;
    linesBefore += lineNumber;
    lineNumber = 0;
  }

  function add(lines: Uint8Array): void {
    masker.read(lines, raw, (count) => {
      const end = count * column.columns;
      for (let record = 0; record < end; record += column.columns) addLine(record);
    });
  }

  function addLine(record: number): void {
    lineNumber += 1;
    putHeader(records, record, header);
    const known = table.find(records[record + column.hashLow]!, records[record + column.hashHigh]!);
    const tally = known >= 0 ? entries[known]!.tally : tallyOfNew(record);
    countLine(tally, source, lineNumber, bytes, header);
  }

  /** The tally of a masked line not met before, or forgotten. */
  function tallyOfNew(record: number): Tally {
    const [low, high] = [records[record + column.hashLow]!, records[record + column.hashHigh]!];
    let number = matched(record);
    let others = 0;
    if (number < 0) {
      others = sample.take(low);
      if (others < 0) {
        rest ??= firstTallyOf(record);
        return rest;
      }
      if (entries.length >= maxShapes) {
        regroup();
        number = matched(record);
      }
    }
    if (number < 0) {
      number = entries.length;
      const tokens = vocabulary.tokenize(
        records[record + column.maskedStart]!,
        records[record + column.maskedEnd]!,
      );
      entries.push({ tokens, hasLists: false, tally: firstTallyOf(record) });
    }
    if (table.size === maxShapes) table.keepFrom(groupCount);
    table.add(low, high, number);
    const { tally } = entries[number]!;
    tally.others += others;
    if (others > 0) tally.sampled += 1;
    return tally;
  }

  function firstTallyOf(record: number): Tally {
    return firstTally(source, lineNumber, bytes, records[record + column.lineEnd]!, header);
  }

  /** The number of the group that a masked line belongs to, or -1. */
  function matched(record: number): number {
    return groups === undefined ? -1 : groups.match(readRecord(record));
  }

  function readRecord(record: number): MaskedLine {
    return vocabulary.read(records[record + column.maskedStart]!, records[record + column.maskedEnd]!);
  }

  /** Groups what there is and keeps the groups alone, the frequent ones if there are too many. */
  function regroup(): void {
    let grouped = group(entries);
    const areTooMany = grouped.length > maxTemplates;
    if (areTooMany) {
      const byCount = [...grouped].sort((a, b) => b.tally.count - a.tally.count || entryOrder(a, b));
      const left = byCount.slice(maxTemplates).map(({ tally }) => tally);
      rest = { ...sumTallies(rest === undefined ? left : [rest, ...left]), others: 0 };
      grouped = byCount.slice(0, maxTemplates).sort(entryOrder);
    }
    sample.adjust(areTooMany);
    const words = createVocabulary(masker);
    entries = grouped.map((entry) => ({ ...entry, tokens: words.adopt(entry.tokens, vocabulary) }));
    vocabulary = words;
    groupCount = entries.length;
    groups = indexTemplates(entries);
    table.keepFrom(Number.POSITIVE_INFINITY);
  }

  function finish(): MinedPatterns {
    const grouped = rest === undefined ? group(entries) : withRest(group(entries), rest);
    const restNumber = rest === undefined ? 0 : grouped.findIndex(isRest) + 1;
    const index = indexTemplates(grouped);
    const patterns = grouped.map((entry, place) => patternOf(entry, place + 1, sources));
    const numbers = createShapeTable();
    const numberOf = (record: number): number => {
      const [low, high] = [records[record + column.hashLow]!, records[record + column.hashHigh]!];
      const known = numbers.find(low, high);
      if (known >= 0) return known;
      const number = index.match(readRecord(record)) + 1 || restNumber;
      if (numbers.size < maxShapes) numbers.add(low, high, number);
      return number;
    };
    return {
      patterns,
      lines: linesBefore + lineNumber,
      numbersOf(lines, onNumber) {
        masker.read(lines, raw, (count) => {
          for (let line = 0; line < count; line++) onNumber(numberOf(line * column.columns));
        });
      },
    };
  }

  return { beginSource, add, finish };
}

const restTemplate: Template = { tokens: [wildToken(false)], hasLists: false };

/** The groups and, as one more, what none of them took: in the order of their first lines. */
function withRest(grouped: readonly Entry[], rest: Tally): readonly Entry[] {
  const all = { ...sumTallies([rest, ...grouped.filter(isRest).map(({ tally }) => tally)]), others: 0 };
  const others = grouped
    .filter((entry) => !isRest(entry))
    .map((entry) => ({ ...entry, tally: { ...entry.tally } }));
  for (const { tally } of others) {
    // One line alone stands for lines that are like no other.
    if (tally.sampled < 2) tally.others = 0;
    all.count -= tally.others;
  }
  return [...others, { ...restTemplate, tally: all }].sort(entryOrder);
}

/** Is it `<*>`, which also lines of one value are? */
function isRest({ tokens }: Template): boolean {
  return tokens.length === 1 && tokens[0] === restTemplate.tokens[0];
}

/** The entries joined into groups, in the order of their first lines. */
function group(entries: readonly Entry[]): Entry[] {
  const sorted = [...entries].sort(entryOrder);
  const clusters = sorted.map(({ tokens, hasLists }, index) => ({ tokens, hasLists, members: [index] }));
  return mergeClusters(clusters).map(({ tokens, hasLists, members }) => ({
    tokens,
    hasLists,
    tally:
      members.length === 1
        ? sorted[members[0]!]!.tally
        : sumTallies(members.map((member) => sorted[member]!.tally)),
  }));
}

function entryOrder(a: Entry, b: Entry): number {
  return firstLineFirst(a.tally, b.tally);
}

function patternOf({ tokens, tally }: Entry, number: number, sources: readonly LineSource[]): Pattern {
  const times = timesOf(tally);
  const jobs = [...tally.sources].flatMap((source) => sources[source]!.job ?? []);
  return {
    number,
    template: textOf(tokens),
    count: tally.count + tally.others,
    ...(tally.others > 0 && { estimated: true }),
    level: levels[tally.level]!,
    first: occurrence(sources[tally.firstSource]!, tally.firstLine, times.first),
    last: occurrence(sources[tally.lastSource]!, tally.lastLine, times.last),
    examples: tally.examples,
    jobs: [...new Set(jobs)],
  };
}

function occurrence({ file }: LineSource, line: number, time: string | undefined): Occurrence {
  return time === undefined ? { file, line } : { file, line, time };
}
