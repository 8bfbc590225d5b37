import {
  type Block,
  countOf,
  formatCount,
  formatPercent,
  type ReportDocument,
  type Tone,
  visibleText,
} from '@executioner/report';
import type { Level } from '../lineHeader.ts';
import type { Pattern } from '../pattern.ts';

/** Patterns as a document for people: at most `limit` of them, the most frequent first. */
export function patternsDocument(
  { patterns, lines }: { readonly patterns: readonly Pattern[]; readonly lines: number },
  limit: number,
): ReportDocument {
  const shown = [...patterns].sort((a, b) => b.count - a.count || a.number - b.number).slice(0, limit);
  const left = patterns.length - shown.length;
  const rest = `${countOf(left, 'rarer pattern')} not shown: --limit ${patterns.length} shows all`;
  const blocks: Block[] = [
    table(shown, lines),
    ...(left === 0 ? [] : [{ kind: 'text', text: rest } as const]),
  ];
  return {
    title: `${countOf(lines, 'line')}, ${countOf(patterns.length, 'pattern')}`,
    facts: [],
    sections: shown.length === 0 ? [] : [{ title: 'The most frequent first', blocks }],
  };
}

function table(shown: readonly Pattern[], lines: number): Block {
  const hasTimes = shown.some(({ first }) => first.time !== undefined);
  const hasJobs = shown.some(({ jobs }) => jobs.length > 0);
  return {
    kind: 'table',
    columns: [
      { title: 'Lines', align: 'right' },
      { title: 'Share', align: 'right' },
      { title: 'First' },
      { title: 'Last' },
      ...(hasJobs ? [{ title: 'Jobs' }] : []),
      { title: 'Pattern', elastic: true },
    ],
    rows: shown.map((pattern) => [
      `${pattern.estimated ? '≈' : ''}${formatCount(pattern.count)}`,
      formatPercent(pattern.count / lines),
      place(pattern.first, hasTimes),
      place(pattern.last, hasTimes),
      ...(hasJobs ? [jobsText(pattern.jobs)] : []),
      templateText(pattern),
    ]),
    tones: shown.map(({ level }) => tones[level]),
  };
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
