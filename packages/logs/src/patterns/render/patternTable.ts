import type { Palette } from '@executioner/core';
import {
  countOf,
  formatCount,
  formatPercent,
  paintTone,
  type Tone,
  textTable,
  visibleText,
} from '@executioner/report';
import type { Level } from '../lineHeader.ts';
import type { Pattern } from '../pattern.ts';

export interface PatternTableOptions {
  readonly colors: Palette;
  readonly columns: number;
  /** At most so many rows, the most frequent patterns. */
  readonly limit: number;
}

/** Patterns as a table for the terminal, the most frequent first. */
export function patternTable(
  { patterns, lines }: { readonly patterns: readonly Pattern[]; readonly lines: number },
  { colors, columns, limit }: PatternTableOptions,
): string {
  const shown = [...patterns].sort((a, b) => b.count - a.count || a.number - b.number).slice(0, limit);
  const hasTimes = shown.some(({ first }) => first.time !== undefined);
  const hasJobs = shown.some(({ jobs }) => jobs.length > 0);
  const table = textTable(
    [
      { title: 'LINES', align: 'right' },
      { title: 'SHARE', align: 'right' },
      { title: 'FIRST' },
      { title: 'LAST' },
      ...(hasJobs ? [{ title: 'JOBS', elastic: true }] : []),
      { title: 'PATTERN', elastic: true },
    ],
    shown.map((pattern) => [
      formatCount(pattern.count),
      formatPercent(pattern.count / lines),
      place(pattern.first, hasTimes),
      place(pattern.last, hasTimes),
      ...(hasJobs ? [jobsText(pattern.jobs)] : []),
      paint(colors, pattern.level, templateText(pattern)),
    ]),
    { width: columns, paintTitle: colors.dim },
  );
  const left = patterns.length - shown.length;
  return [
    `${countOf(lines, 'line')}, ${countOf(patterns.length, 'pattern')}`,
    ...(shown.length === 0 ? [] : ['', ...table]),
    ...(left === 0
      ? []
      : ['', `${countOf(left, 'rarer pattern')} not shown: --limit ${patterns.length} shows all`]),
    '',
  ].join('\n');
}

/** The template in one visible line. */
export function templateText({ template }: Pick<Pattern, 'template'>): string {
  return template === '' ? '(empty line)' : visibleText(template);
}

function place({ line, time }: Pattern['first'], hasTimes: boolean): string {
  return hasTimes ? (time ?? `line ${line}`) : `line ${formatCount(line)}`;
}

function jobsText(jobs: readonly string[]): string {
  const [first = '', ...others] = jobs.map(visibleText);
  return others.length === 0 ? first : `${first} +${others.length}`;
}

const tones: Readonly<Partial<Record<Level, Tone>>> = { warning: 'warning', error: 'bad', critical: 'bad' };

function paint(colors: Palette, level: Level, text: string): string {
  const tone = tones[level];
  return tone === undefined ? text : paintTone(colors, tone, text);
}
