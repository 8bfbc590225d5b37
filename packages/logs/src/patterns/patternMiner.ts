import { chooseSome, type FreshLine, isGrave } from './freshLine.ts';
import {
  type Cluster,
  createVocabulary,
  type MaskedLine,
  mergeClusters,
  textOf,
  wildToken,
} from './grouping/index.ts';
import { createLeftOut } from './leftOut.ts';
import { emptyHeader, levels, putHeader } from './lineHeader.ts';
import { recordColumn as column, Masker } from './masking/index.ts';
import type { LineSource, Occurrence, Pattern } from './pattern.ts';
import type { Place } from './place.ts';
import { createSample } from './sample.ts';
import { createShapeTable } from './shapeTable.ts';
import {
  countBefore,
  countLine,
  firstLineFirst,
  firstPlace,
  firstTally,
  lastPlace,
  standFor,
  standForItself,
  sumTallies,
  type Tally,
} from './tally.ts';
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

/** With so many different lines it is looked for the first time whether lines repeat at all, then with twice as many. */
const firstGroupAt = 4000;

/** A masked line, or a group of them. */
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
  const leftOut = createLeftOut();
  const sources: LineSource[] = [];
  let vocabulary = createVocabulary(masker);
  /** What was grouped, and the lines that have come since and are of none of the groups; numbers go on from one to the other. */
  let grouped: readonly Entry[] = [];
  let fresh: FreshLine[] = [];
  /** With so many of both it is time to group. */
  let groupAt = Math.min(maxShapes, firstGroupAt);
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
    countLine(known >= 0 ? tallyAt(known) : tallyOfNew(record), source, lineNumber, bytes, header);
  }

  function tallyAt(number: number): Tally {
    return (number < grouped.length ? grouped[number] : fresh[number - grouped.length])!.tally;
  }

  /** The tally of a masked line not met before, or forgotten. */
  function tallyOfNew(record: number): Tally {
    const low = records[record + column.hashLow]!;
    const high = records[record + column.hashHigh]!;
    let number = matched(record);
    let others = 0;
    let isThereAgain = false;
    if (number < 0) {
      isThereAgain = leftOut.has(low, high);
      others = isThereAgain ? 0 : sample.take(kindOf(record));
      if (others < 0) {
        leftOut.put(low, high, source, lineNumber, bytes, header);
        rest ??= firstTallyOf(record);
        return rest;
      }
      if (grouped.length + fresh.length >= groupAt) {
        groupOrWait();
        number = matched(record);
      }
    }
    if (number < 0) {
      number = grouped.length + fresh.length;
      const masked = Buffer.from(maskedOf(record));
      fresh.push({ masked, low, high, tally: firstTallyOf(record) });
    }
    if (table.size === maxShapes) table.keepFrom(grouped.length);
    table.add(low, high, number);
    const tally = tallyAt(number);
    standFor(tally, others);
    if (isThereAgain) takeBack(low, tally);
    return tally;
  }

  /** Counts a line that was left out where it belongs, as its like is there again. */
  function takeBack(low: number, tally: Tally): void {
    countBefore(tally, leftOut.takeBack(low));
    rest!.count -= 1;
  }

  function maskedOf(record: number): Buffer {
    return bytes.subarray(records[record + column.maskedStart]!, records[record + column.maskedEnd]!);
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

  /** The line has been read, or the sample has not begun. */
  function kindOf(record: number): number {
    return (masker.formHash << 1) | (isGrave(records[record + column.level]!) ? 1 : 0);
  }

  /** Groups what there is when there is room for no more, or before that if lines hardly repeat. */
  function groupOrWait(): void {
    const isFull = grouped.length + fresh.length >= maxShapes;
    if (isFull) {
      const all = group([...grouped, ...tokenized(fresh)]);
      keep(all, all.length * 2 > maxShapes);
    } else if (!leaveOutUnlike()) groupAt = Math.min(maxShapes, groupAt * 2);
  }

  /**
   * If lines hardly repeat, and nine of ten stay alone also when they are grouped, most would be compared in vain: then some of them are
   * grouped, for which that is found out, and the others left out.
   */
  function leaveOutUnlike(): boolean {
    if (linesBefore + lineNumber > fresh.length * 3) return false;
    const { chosen, left } = chooseSome(fresh);
    for (const { line, others } of chosen) standFor(line.tally, others);
    const some = group(tokenized(chosen.map(({ line }) => line)));
    if (some.length * 10 < chosen.length * 9) {
      for (const { line } of chosen) standForItself(line.tally);
      return false;
    }
    for (const { low, high, tally } of left) leftOut.putPlace(low, high, firstPlace(tally));
    leave(left.map(({ tally }) => tally));
    keep(some, true);
    return true;
  }

  function tokenized(lines: readonly FreshLine[]): Entry[] {
    return lines.map(({ masked, tally }) => ({
      tokens: vocabulary.tokenizeKept(masked),
      hasLists: false,
      tally,
    }));
  }

  /** Goes on with these groups alone, the frequent ones if there are too many. */
  function keep(groupsNow: readonly Entry[], areUnlike: boolean): void {
    let kept = groupsNow;
    if (kept.length > maxTemplates) {
      const byCount = [...kept].sort((a, b) => b.tally.count - a.tally.count || entryOrder(a, b));
      leave(byCount.slice(maxTemplates).map(({ tally }) => tally));
      kept = byCount.slice(0, maxTemplates).sort(entryOrder);
    }
    if (areUnlike) sample.begin();
    else sample.end();
    const words = createVocabulary(masker);
    grouped = kept.map((entry) => ({ ...entry, tokens: words.adopt(entry.tokens, vocabulary) }));
    fresh = [];
    groupAt = maxShapes;
    vocabulary = words;
    groups = indexTemplates(grouped);
    table.keepFrom(Number.POSITIVE_INFINITY);
  }

  /** Counts these lines among those that are like no others. */
  function leave(tallies: readonly Tally[]): void {
    if (tallies.length === 0) return;
    rest = { ...sumTallies(rest === undefined ? tallies : [rest, ...tallies]), others: 0 };
  }

  function finish(): MinedPatterns {
    const all = group([...grouped, ...tokenized(fresh)]);
    const entries = rest === undefined ? all : withRest(all, rest);
    const restNumber = rest === undefined ? 0 : entries.findIndex(isRest) + 1;
    const index = indexTemplates(entries);
    const patterns = entries.map((entry, place) => patternOf(entry, place + 1, sources));
    const numbers = createShapeTable();
    const numberOf = (record: number): number => {
      const low = records[record + column.hashLow]!;
      const high = records[record + column.hashHigh]!;
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
  const entries = all.count === 0 ? others : [...others, { ...restTemplate, tally: all }];
  return entries.sort(entryOrder);
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
  const jobs = [...tally.sources].flatMap((source) => sources[source]!.job ?? []);
  return {
    number,
    template: textOf(tokens),
    count: tally.count + tally.others,
    ...(tally.others > 0 && { estimated: true }),
    level: levels[tally.level]!,
    first: occurrence(firstPlace(tally), sources),
    last: occurrence(lastPlace(tally), sources),
    examples: tally.examples,
    jobs: [...new Set(jobs)],
  };
}

function occurrence({ source, line, time }: Place, sources: readonly LineSource[]): Occurrence {
  const { file } = sources[source]!;
  return time === '' ? { file, line } : { file, line, time };
}
