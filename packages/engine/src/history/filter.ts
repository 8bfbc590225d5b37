import { parseDuration } from '@executioner/core';
import type { SqlParameter } from './database.ts';
import type { HistoryStatus } from './statusNames.ts';

/** Which runs or jobs are wanted; what is left out does not matter. */
export interface HistoryFilter {
  readonly application?: string;
  readonly statuses?: readonly HistoryStatus[];
  readonly tag?: string;
  /** Begun at or after; milliseconds since 1970. */
  readonly sinceMs?: number;
  /** Begun before. */
  readonly untilMs?: number;
  readonly limit?: number;
}

/** Conditions of a WHERE clause, all to be met, and their parameters. */
export interface Conditions {
  readonly sql: string;
  readonly parameters: readonly SqlParameter[];
}

export function allOf(...parts: readonly (readonly [string, ...SqlParameter[]] | undefined)[]): Conditions {
  const present = parts.filter((part) => part !== undefined);
  return {
    sql: present.length === 0 ? 'true' : present.map(([sql]) => `(${sql})`).join(' AND '),
    parameters: present.flatMap(([, ...parameters]) => parameters),
  };
}

/**
 * A point of time as people give it, in milliseconds since 1970: how long ago (`7d`, `2h30m`), a day (`2026-01-31`, local;
 * for `until` its end), or a date with time (`2026-01-31 12:00`, with or without zone). Undefined for anything else.
 */
export function parseTime(text: string, bound: 'since' | 'until', nowMs: number): number | undefined {
  const agoMs = /^\d+$/.test(text) ? undefined : parseDuration(text);
  if (agoMs !== undefined) return nowMs - agoMs;
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (day !== undefined) {
    return new Date(Number(year), Number(month) - 1, Number(day) + (bound === 'until' ? 1 : 0)).getTime();
  }
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return undefined;
  const timeMs = Date.parse(text.replace(' ', 'T'));
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
