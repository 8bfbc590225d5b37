import { escapeMarkdown, formatCount } from '../format/index.ts';
import { statusLook } from '../look/index.ts';
import {
  attemptFacts,
  countedStatuses,
  effortOf,
  jobRow,
  jobsInDetail,
  runTitle,
  runVerdict,
  tryLines,
} from './describe.ts';
import type { RunReport } from './model.ts';

/** The report of a run as Markdown with GitHub's tables; text of the run cannot turn into markup. */
export function renderMarkdown(report: RunReport, { timeZone }: { readonly timeZone: string }): string {
  const several = report.attempts.length > 1;
  const lines = [`# ${escapeMarkdown(runTitle(report))}: ${escapeMarkdown(runVerdict(report).text)}`, ''];
  for (const attempt of report.attempts) {
    const facts = attemptFacts(attempt, timeZone).map(([term, value]) => `${term} ${escapeMarkdown(value)}`);
    lines.push(`- ${several ? `attempt ${attempt.attempt}: ` : ''}${facts.join(', ')}`);
  }
  lines.push('', '| Outcome | Jobs |', '| --- | ---: |');
  for (const { count, look } of countedStatuses(report))
    lines.push(`| ${look.glyph} ${look.word} | ${formatCount(count)} |`);
  lines.push('', '## Jobs', '', ...jobTable(report), ...details(report));
  return `${lines.join('\n')}\n`;
}

function jobTable(report: RunReport): string[] {
  const rows = report.jobs.map((job) => {
    const { id, look, note, start, duration, tries, exit } = jobRow(job);
    return `| ${[id, `${look.glyph} ${look.word}`, start, duration, tries, exit, note].map(escapeMarkdown).join(' | ')} |`;
  });
  return [
    '| Job | Status | Start | Duration | Tries | Exit | Reason |',
    '| --- | --- | ---: | ---: | ---: | ---: | --- |',
    ...rows,
  ];
}

function details(report: RunReport): string[] {
  const jobs = jobsInDetail(report);
  if (jobs.length === 0) return [];
  return [
    '',
    '## In detail',
    ...jobs.flatMap((job) => {
      const look = statusLook(job.status, job.reason);
      const tries = job.tries
        .flatMap((each) => tryLines(job, each))
        .map((line) => `- ${escapeMarkdown(line)}`);
      return [
        '',
        `### ${escapeMarkdown(jobRow(job).id)}`,
        '',
        `${look.glyph} ${escapeMarkdown(look.word)}, ${effortOf(job)}`,
        '',
        ...tries,
      ];
    }),
  ];
}
