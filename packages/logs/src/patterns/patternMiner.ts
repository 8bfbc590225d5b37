import { type Cluster, createVocabulary, mergeClusters, textOf, wildToken } from './grouping/index.ts';
import { type LineHeader, levels } from './lineHeader.ts';
import { maskedBuffer, maskedFrom, maskLine } from './masking/index.ts';
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
}

/** Groups the lines of logs into patterns while they stream by. */
export interface PatternMiner {
  /** The lines that follow are of this source, counted from 1. */
  beginSource(source: LineSource): void;
  /** Takes in the next line of the source; its message is from `header.message` to `end`. */
  add(line: Uint8Array, end: number, header: LineHeader): void;
  /** The patterns of all lines so far. */
  finish(): MinedPatterns;
}

export interface MinedPatterns {
  readonly patterns: readonly Pattern[];
  /** The number of the pattern of a message; 0 if it was not taken in and none matches. */
  numberOf(line: Uint8Array, start: number, end: number): number;
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
export function createPatternMiner({ maxShapes = 20_000 }: PatternMinerOptions = {}): PatternMiner {
  const masked = maskedBuffer();
  const table = createShapeTable(maxShapes);
  const maxTemplates = Math.max(1, maxShapes >> 1);
  const sample = createSample();
  const sources: LineSource[] = [];
  let vocabulary = createVocabulary();
  /** Groups first, then what has come since they were made. */
  let entries: Entry[] = [];
  let groupCount = 0;
  let groups: TemplateIndex | undefined;
  let rest: Tally | undefined;
  let source = -1;
  let lineNumber = 0;

  function beginSource(next: LineSource): void {
    sources.push(next);
    source = sources.length - 1;
    lineNumber = 0;
  }

  function add(line: Uint8Array, end: number, header: LineHeader): void {
    lineNumber += 1;
    const maskedEnd = maskLine(line, header.message, end, masked);
    const known = table.find(masked, maskedFrom, maskedEnd);
    const tally = known >= 0 ? entries[known]!.tally : tallyOfNew(line, end, maskedEnd, header);
    countLine(tally, source, lineNumber, line, header);
  }

  /** The tally of a masked line not met before, or forgotten. */
  function tallyOfNew(line: Uint8Array, end: number, maskedEnd: number, header: LineHeader): Tally {
    let number = matched(maskedEnd);
    let others = 0;
    if (number < 0) {
      others = sample.take(table.lastHash());
      if (others < 0) {
        rest ??= firstTally(source, lineNumber, line, end, header);
        return rest;
      }
      if (entries.length >= maxShapes) {
        regroup();
        number = matched(maskedEnd);
      }
    }
    if (number < 0) {
      number = entries.length;
      const tokens = vocabulary.tokenize(masked, maskedFrom, maskedEnd);
      entries.push({ tokens, hasLists: false, tally: firstTally(source, lineNumber, line, end, header) });
    }
    if (table.size === maxShapes) table.keepFrom(groupCount);
    table.find(masked, maskedFrom, maskedEnd);
    table.add(masked, maskedFrom, maskedEnd, number);
    const { tally } = entries[number]!;
    tally.others += others;
    if (others > 0) tally.sampled += 1;
    return tally;
  }

  /** The number of the group that a masked line belongs to, or -1. */
  function matched(maskedEnd: number): number {
    return groups === undefined ? -1 : groups.match(vocabulary.read(masked, maskedFrom, maskedEnd));
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
    const words = createVocabulary();
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
    const numbers = createShapeTable(maxShapes);
    return {
      patterns,
      numberOf(line, start, end) {
        const maskedEnd = maskLine(line, start, end, masked);
        const known = numbers.find(masked, maskedFrom, maskedEnd);
        if (known >= 0) return known;
        const number = index.match(vocabulary.read(masked, maskedFrom, maskedEnd)) + 1 || restNumber;
        if (numbers.size < maxShapes) numbers.add(masked, maskedFrom, maskedEnd, number);
        return number;
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
