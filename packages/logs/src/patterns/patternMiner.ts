import { type Cluster, mergeClusters, type Token, textOf, tokenize, wildText } from './grouping/index.ts';
import { type LineHeader, levels } from './lineHeader.ts';
import { maskedBuffer, maskedFrom, maskLine } from './masking/index.ts';
import type { LineSource, Occurrence, Pattern } from './pattern.ts';
import { createShapeTable } from './shapeTable.ts';
import { countLine, firstLineFirst, firstTally, sumTallies, type Tally, timesOf } from './tally.ts';
import { indexTemplates, type TemplateIndex } from './templateIndex.ts';

export interface PatternMinerOptions {
  /**
   * Different masked lines that are kept apart before they are grouped and only the groups kept: the bound of memory, about
   * 1 KB each. Half as many templates are kept; rarer ones beyond that are counted together as `<*>`.
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
interface Entry {
  masked: string;
  cluster: Pick<Cluster, 'tokens' | 'hasLists'> | undefined;
  readonly tally: Tally;
}

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
  const sources: LineSource[] = [];
  let entries: Entry[] = [];
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
    let number = table.find(masked, maskedFrom, maskedEnd);
    if (number < 0) {
      number = shapeNumber(maskedEnd) ?? entries.length;
      if (number === entries.length)
        entries.push({
          masked: maskedText(masked, maskedEnd),
          cluster: undefined,
          tally: firstTally(source, lineNumber, line, end, header),
        });
      table.add(masked, maskedFrom, maskedEnd, number);
    }
    countLine(entries[number]!.tally, source, lineNumber, line, header);
  }

  /** The number of the entry that a masked line not met before (or forgotten) belongs to, if it has one. */
  function shapeNumber(maskedEnd: number): number | undefined {
    if (table.size === maxShapes) {
      regroup();
      table.find(masked, maskedFrom, maskedEnd);
    }
    if (groups === undefined) return undefined;
    const number = groups.match(tokenize(maskedText(masked, maskedEnd)));
    return number < 0 ? undefined : number;
  }

  /** Groups what there is and keeps the groups alone, the frequent ones if there are too many. */
  function regroup(): void {
    let grouped = group(entries);
    if (grouped.length > maxTemplates) {
      const byCount = [...grouped].sort((a, b) => b.tally.count - a.tally.count || entryOrder(a, b));
      const kept = new Set(byCount.slice(0, maxTemplates));
      const left = byCount.filter((entry) => !kept.has(entry)).map(({ tally }) => tally);
      rest = sumTallies(rest === undefined ? left : [rest, ...left]);
      grouped = grouped.filter((entry) => kept.has(entry));
    }
    entries = grouped;
    groups = indexTemplates(grouped.map(({ cluster }) => cluster!));
    table.clear();
  }

  function finish(): MinedPatterns {
    const grouped = group(entries);
    if (rest !== undefined) grouped.push({ masked: wildText, cluster: restCluster, tally: rest });
    grouped.sort(entryOrder);
    const restNumber = rest === undefined ? 0 : grouped.findIndex(({ tally }) => tally === rest) + 1;
    const index = indexTemplates(grouped.map(({ cluster }) => cluster!));
    const patterns = grouped.map((entry, place) => patternOf(entry, place + 1, sources));
    const numbers = createShapeTable(maxShapes);
    return {
      patterns,
      numberOf(line, start, end) {
        const maskedEnd = maskLine(line, start, end, masked);
        const known = numbers.find(masked, maskedFrom, maskedEnd);
        if (known >= 0) return known;
        const number = index.match(tokenize(maskedText(masked, maskedEnd))) + 1 || restNumber;
        if (numbers.size < maxShapes) numbers.add(masked, maskedFrom, maskedEnd, number);
        return number;
      },
    };
  }

  return { beginSource, add, finish };
}

const restTokens: readonly Token[] = [{ isValue: true, text: wildText, spaced: false }];
const restCluster = { tokens: restTokens, hasLists: false };

function maskedText(masked: Uint8Array, end: number): string {
  return Buffer.from(masked.buffer, masked.byteOffset + maskedFrom, end - maskedFrom).toString('utf8');
}

/** The entries joined into groups, in the order of their first lines. */
function group(entries: readonly Entry[]): Entry[] {
  const sorted = [...entries].sort(entryOrder);
  const clusters = sorted.map(({ cluster, masked }, index) => ({
    ...(cluster ?? { tokens: tokenize(masked), hasLists: false }),
    members: [index],
  }));
  return mergeClusters(clusters).map(({ tokens, hasLists, members }) => ({
    masked: '',
    cluster: { tokens, hasLists },
    tally: sumTallies(members.map((member) => sorted[member]!.tally)),
  }));
}

function entryOrder(a: Entry, b: Entry): number {
  return firstLineFirst(a.tally, b.tally);
}

function patternOf({ cluster, tally }: Entry, number: number, sources: readonly LineSource[]): Pattern {
  const times = timesOf(tally);
  const jobs = [...tally.sources].flatMap((source) => sources[source]!.job ?? []);
  return {
    number,
    template: textOf(cluster!.tokens),
    count: tally.count,
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
