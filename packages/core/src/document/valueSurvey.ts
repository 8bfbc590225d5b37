import type { DocumentPath } from './documentPath.ts';

/** What one walk over parsed data finds out. */
export interface ValueSurvey {
  /** The number of keys of all objects. */
  readonly keyCount: number;
  readonly isTooDeep: boolean;
  /** Whether there are numbers that are infinite, not a number, or integers beyond what a double holds exactly. */
  readonly hasOddNumbers: boolean;
  /** The paths of the first of them. */
  readonly oddNumbers: readonly DocumentPath[];
}

/** Odd numbers beyond this many are not listed. */
const maximumListed = 10;

/** Walks over all values, in time linear in their number; ends early where they are nested too deeply. */
export function surveyValue(root: unknown, maximumDepth: number): ValueSurvey {
  const path: (string | number)[] = [];
  const oddNumbers: DocumentPath[] = [];
  let keyCount = 0;
  let isTooDeep = false;
  visit(root, 0);
  return { keyCount, isTooDeep, hasOddNumbers: oddNumbers.length > 0, oddNumbers };

  function visit(value: unknown, depth: number): void {
    if (typeof value === 'number') {
      if (isOdd(value) && oddNumbers.length < maximumListed) oddNumbers.push([...path]);
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= maximumDepth) isTooDeep = true;
      else if (Array.isArray(value)) visitItems(value, depth + 1);
      else visitEntries(value as Record<string, unknown>, depth + 1);
    }
  }

  function visitItems(items: readonly unknown[], depth: number): void {
    for (let index = 0; index < items.length && !isTooDeep; index++) visitChild(index, items[index], depth);
  }

  function visitEntries(entries: Readonly<Record<string, unknown>>, depth: number): void {
    for (const key in entries) {
      keyCount++;
      visitChild(key, entries[key], depth);
    }
  }

  function visitChild(step: string | number, child: unknown, depth: number): void {
    if (typeof child !== 'object' && typeof child !== 'number') return;
    path.push(step);
    visit(child, depth);
    path.pop();
  }
}

function isOdd(value: number): boolean {
  return !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));
}
