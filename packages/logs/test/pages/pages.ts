// Every page that logs makes, of data that is the same everywhere.

import { documentHtml, type ReportDocument } from '@executioner/report';
import {
  bisectionDocument,
  bisectJob,
  errorsDocument,
  findNovelty,
  type JobRecord,
  minePatterns,
  noveltyDocument,
  postMortemDocument,
  type ReadableLog,
  type RunRecord,
  renderHtml,
  renderTrendsHtml,
  retriesDocument,
  retryAdvice,
  summarizer,
  trendCollector,
} from '../../src/index.ts';
import { patternsDocument } from '../../src/patterns/render/document.ts';
import { pastRun } from '../pastRuns.ts';
import { earlier, failedRun, postMortemOf } from '../postmortem/failedRuns.ts';
import { job, run, skipped } from '../runs.ts';

const version = '1.2.3';
const timeZone = 'UTC';

function page(document: ReportDocument): string {
  return documentHtml(document, { footer: `Made by executioner ${version} from the logs of runs.` });
}

function summaryOf(runs: readonly RunRecord[]) {
  const gathered = summarizer({ cwd: '/' });
  for (const each of runs) gathered.add(each);
  return gathered.summary({ sources: [], findings: [] });
}

/** Jobs at their places in time, so that there is a timeline. */
function placed(jobs: readonly JobRecord[], day: number): JobRecord[] {
  const originMs = Date.UTC(2026, 0, day, 3, 4, 5);
  let at = originMs;
  return jobs.map((each) => {
    if (each.tries.length === 0) return each;
    const offset = at - (each.startedAtMs ?? 0);
    at += (each.durationMs ?? 0) * 0.8;
    const moved = (ms: number | undefined) => (ms === undefined ? undefined : ms + offset);
    return {
      ...each,
      startedAtMs: moved(each.startedAtMs),
      endedAtMs: moved(each.endedAtMs),
      tries: each.tries.map((tried) => ({
        ...tried,
        startedAtMs: tried.startedAtMs + offset,
        endedAtMs: moved(tried.endedAtMs),
      })),
    };
  });
}

const oneRun = run(
  12,
  [
    ...placed(
      [
        job('extract', [0], 1500, { waitedMs: 20, cpuMs: 40, maxRssKb: 2048 }),
        job('load', [3, 3], 4000, { lastOutput: 'reading\nERROR: no such table\nbye' }),
        job('<b>odd & "long" name of a job that goes on and on and on</b>', [0], 300),
      ],
      12,
    ),
    skipped('report', 'load'),
    skipped('mail', 'report'),
  ],
  {
    problems: [{ atMs: Date.UTC(2026, 0, 12, 3, 4, 9), level: 'WARNING', message: 'no mail server' }],
  },
);

/** Slower from day 11 on, flaky now and then, failing at the end. */
const manyRuns = Array.from({ length: 24 }, (_, index) => {
  const day = index + 1;
  const wobble = (day * 7919) % 90;
  return run(day, [
    job('extract', [0], 1500 + wobble),
    job('load', day % 6 === 0 ? [3, 0] : [0], (day > 11 ? 3200 : 2000) + 2 * wobble),
    ...(day > 22
      ? [job('report', [4], 100), skipped('mail', 'report')]
      : [job('report', [0], 800 - wobble), job('mail', [0], 90)]),
  ]);
});

/** A run of a thousand jobs, thirty of which failed alike. */
const bigRun = pastRun({
  run: 40,
  jobs: Array.from({ length: 1000 }, (_, index) => {
    const startedAtMs = Date.UTC(2026, 0, 1, 0, 40) + Math.floor(index / 8) * 500;
    const at = { startedAtMs, endedAtMs: startedAtMs + 450, durationMs: 450 };
    const id = `step_${String(index).padStart(4, '0')}`;
    if (index % 33 === 20)
      return {
        id,
        ...at,
        status: 'failed' as const,
        tries: [{ ...at, status: 'failed' as const, exitCode: 3 }],
        lastOutput: `ERROR: warehouse-${index % 7} does not answer`,
      };
    if (index > 600 && index % 3 === 0)
      return {
        id,
        status: 'skipped' as const,
        reason: 'dependency' as const,
        because: 'step_0020',
        tries: [],
        startedAtMs: undefined,
        endedAtMs: undefined,
      };
    return { id, ...at, tries: [{ ...at, status: 'succeeded' as const, exitCode: 0 }] };
  }),
});

function log(...lines: readonly string[]): ReadableLog {
  return {
    file: 'job.log',
    async *chunks() {
      yield Buffer.from(lines.map((line) => `2026-01-02 03:04:05,678 - INFO - ${line}\n`).join(''));
    },
  };
}

const goodLog = ['loading table orders', 'loaded 120 rows', 'closing 3 connections'];
const badLog = [
  'loading table orders_old',
  'ORA-00942: table or view orders_old does not exist',
  'rolling back',
];

async function novelty() {
  return await findNovelty({ failed: [[log(...badLog)]], good: [1, 2, 3].map(() => [log(...goodLog)]) });
}

/** The pages, by the name of their picture. */
export const pages: Readonly<Record<string, () => Promise<string>>> = {
  summary: async () => renderHtml(summaryOf([oneRun]), { timeZone, version }),
  'summary-many': async () => renderHtml(summaryOf(manyRuns), { timeZone, version }),
  errors: async () =>
    page(errorsDocument(summaryOf([oneRun, ...manyRuns.slice(-2)]), { timeZone, all: false })),
  trends: async () => {
    const collected = trendCollector();
    for (const each of manyRuns) collected.add(each);
    return renderTrendsHtml(collected.trends(), { timeZone, version });
  },
  'post-mortem': async () =>
    page(
      postMortemDocument(
        postMortemOf(failedRun(7), earlier, [{ job: 'load', novelty: await novelty() }]),
        timeZone,
      ),
    ),
  'post-mortem-big': async () => page(postMortemDocument(postMortemOf(bigRun, []), timeZone)),
  novelty: async () => page(noveltyDocument([{ name: 'load in run 7', novelty: await novelty() }], 50)),
  bisect: async () =>
    page(
      bisectionDocument(
        bisectJob(
          Array.from({ length: 12 }, (_, index) =>
            pastRun({
              run: index + 1,
              jobs: [{ id: 'load', status: index < 7 ? 'succeeded' : 'failed' }],
              stored: [
                {
                  id: 'load',
                  command: index < 7 ? './load.sh orders' : './load.sh order',
                  variables: { MODE: index < 7 ? 'fast' : 'safe' },
                },
              ],
            }),
          ),
          'load',
        ),
        timeZone,
      ),
    ),
  retries: async () => page(retriesDocument(retryAdvice(manyRuns), manyRuns.length)),
  patterns: async () => {
    const { patterns, lines } = await minePatterns([log(...goodLog, ...goodLog, ...badLog)]);
    return page(patternsDocument({ patterns, lines }, 50));
  },
};
