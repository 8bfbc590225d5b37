import {
  type Block,
  countOf,
  formatCount,
  formatPercent,
  type ReportDocument,
  type Section,
  type Tone,
  visibleText,
} from '@executioner/report';
import type { Level } from '../lineHeader.ts';
import type { Pattern } from '../pattern.ts';

/**
 * Patterns as a document for people, the most frequent first: those of warnings and errors, which are rare in most logs, before all
 * others. At most `limit` of each.
 */
export function patternsDocument(
  { patterns, lines }: { readonly patterns: readonly Pattern[]; readonly lines: number },
  limit: number,
): ReportDocument {
  const sorted = [...patterns].sort((a, b) => b.count - a.count || a.number - b.number);
  const grave = sorted.filter(({ level }) => tones[level] !== undefined);
  const others = sorted.filter(({ level }) => tones[level] === undefined);
  return {
    title: `${countOf(lines, 'line')}, ${countOf(patterns.length, 'pattern')}`,
    facts: [],
    sections: [
      ...section('Warnings and errors', grave, lines, limit),
      ...section(
        grave.length === 0 ? 'The most frequent first' : 'All others, the most frequent first',
        others,
        lines,
        limit,
      ),
      ...(patterns.some(({ estimated }) => estimated) ? [sampled] : []),
    ],
  };
}

const sampled: Section = {
  title: 'Of a sample',
  blocks: [
    {
      kind: 'text',
      text: 'This log repeats so little that not all of it was compared. Numbers of lines with ≈ are estimates, and <*> alone stands for lines that are like no others.',
    },
  ],
};

function section(title: string, patterns: readonly Pattern[], lines: number, limit: number): Section[] {
  const shown = patterns.slice(0, limit);
  const left = patterns.length - shown.length;
  const rest = `${countOf(left, 'rarer pattern')} not shown: --limit ${patterns.length} shows all`;
  const blocks: Block[] = [
    ...(shown.length === 0 ? [] : [table(shown, lines)]),
    ...(left === 0 ? [] : [{ kind: 'text', text: rest } as const]),
  ];
  return blocks.length === 0 ? [] : [{ title, blocks }];
}

function table(shown: readonly Pattern[], lines: number): Block {
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
      place(pattern.first),
      place(pattern.last),
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

/** When its line was written, else where it stands. */
function place({ line, time }: Pattern['first']): string {
  return time ?? `line ${formatCount(line)}`;
}

function jobsText(jobs: readonly string[]): string {
  const [first = '', ...others] = jobs.map(visibleText);
  return others.length === 0 ? first : `${first} +${others.length}`;
}

const tones: Readonly<Partial<Record<Level, Tone>>> = { warning: 'warning', error: 'bad', critical: 'bad' };
