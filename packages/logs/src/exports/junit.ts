import { escapeXml, xmlAttributes } from '@executioner/core';
import { describeEnd, type FailureReport, failuresOf } from '../failures/index.ts';
import type { JobRecord, RunRecord } from '../runs/index.ts';

/**
 * A run as a suite of a JUnit report, where each job is a test. Jobs that failed and were allowed to are passed, jobs that
 * never started or nobody knows about are skipped. Fits the XML schema of windyroad/JUnit-Schema, the strictest in use.
 */
export function junitSuite(run: RunRecord, id: number, cwd: string): string {
  const failures = new Map(failuresOf(run, cwd).map((failure) => [failure.job.id, failure]));
  const cases = run.jobs.map((job) => testcase(job, run, failures.get(job.id)));
  const count = (kind: Verdict) => run.jobs.filter((job) => verdictOf(job) === kind).length;
  const attributes = {
    package: 'executioner',
    id,
    name: run.run === undefined ? run.application : `${run.application} run ${run.run}`,
    timestamp: new Date(run.startedAtMs).toISOString().slice(0, 19),
    hostname: run.host === undefined || run.host === '' ? 'localhost' : run.host,
    tests: run.jobs.length,
    failures: count('failure'),
    errors: count('error'),
    time: seconds(run.durationMs),
  };
  const skipped = run.jobs.filter((job) => verdictOf(job) === 'skipped').map(skippedLine);
  return [
    `  <testsuite${xmlAttributes(attributes)}>\n    <properties/>\n`,
    ...cases,
    `    <system-out>${escapeXml(skipped.join(''))}</system-out>\n    <system-err/>\n  </testsuite>\n`,
  ].join('');
}

/** The report of several runs. */
export function junitReport(suites: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

type Verdict = 'passed' | 'failure' | 'error' | 'skipped';

/** `error` is what is not the command's own doing. */
function verdictOf({ status, reason }: JobRecord): Verdict {
  if (status === 'succeeded' || reason === 'allowed') return 'passed';
  if (status === 'failed' || status === 'postcheck_failed' || status === 'timed_out') return 'failure';
  if (status === 'skipped' || status === 'waiting' || status === 'running') return 'skipped';
  return 'error';
}

function testcase(job: JobRecord, { application }: RunRecord, failure: FailureReport | undefined): string {
  const verdict = verdictOf(job);
  const start = `    <testcase${xmlAttributes({ name: job.id, classname: application, time: seconds(job.durationMs ?? 0) })}`;
  if (verdict === 'passed') return `${start}/>\n`;
  if (verdict === 'skipped') return `${start}>\n      <skipped/>\n    </testcase>\n`;
  const message = failure === undefined ? job.status : describeEnd(failure) || failure.category.title;
  const lines = failure?.excerpt.map(({ text }) => text) ?? [];
  const type = failure?.category.key ?? job.status;
  return `${start}>\n      <${verdict}${xmlAttributes({ message, type })}>${escapeXml(lines.join('\n'))}</${verdict}>\n    </testcase>\n`;
}

function skippedLine({ id, status, because }: JobRecord): string {
  return `${id}: ${status}${because === undefined ? '' : `, because of ${because}`}\n`;
}

function seconds(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(3);
}
