import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as semanticNames from '@opentelemetry/semantic-conventions/incubating';
import { parse as parseCsv } from 'csv-parse/sync';
import parsePrometheus from 'parse-prometheus-text-format';
import {
  csvField,
  failuresCsv,
  jobsCsvHeader,
  jobsCsvRows,
  junitReport,
  junitSuite,
  otlpTrace,
  renderOpenMetrics,
  summarizer,
  trendCollector,
  trendsCsv,
} from '../../src/index.ts';
import { job, run, skipped } from '../runs.ts';
import { received } from './otlpProtobuf.ts';

const runs = [
  run(1, [job('extract', [0], 1500, { cpuMs: 40, maxRssKb: 2000 }), job('load "a\\b"\n', [1, 0], 4000)]),
  run(2, [
    job('extract', [0], 2500, { cpuMs: 50, maxRssKb: 3000 }),
    job('load "a\\b"\n', [1, 3], 3000),
    skipped('mail', 'load "a\\b"\n'),
  ]),
  run(3, [
    {
      id: 'lost',
      status: 'unknown',
      startedAtMs: 5,
      tries: [{ startedAtMs: 5, status: 'unknown' }],
      failedChecks: [],
    },
    job('<&\u0007>', [4], 10, { reason: 'allowed' }),
  ]),
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'executioner-exports-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const has = (program: string, ...words: string[]) => spawnSync(program, words).status === 0;

describe('OpenMetrics', () => {
  const gathered = summarizer({ cwd: folder ?? '/' });
  for (const each of runs) gathered.add(each);
  const text = renderOpenMetrics(gathered.summary({ sources: [], findings: [] }));

  test('is what a Prometheus parser takes', () => {
    const families = new Map(parsePrometheus(text).map((family) => [family.name, family]));
    const turns = families.get('executioner_job_turns_total') ?? families.get('executioner_job_turns');
    expect(turns?.metrics.map(({ labels, value }) => [labels?.job, labels?.status, value])).toContainEqual([
      'load "a\\b"\n',
      'failed',
      '1',
    ]);
    const retries = families.get('executioner_job_retries_total') ?? families.get('executioner_job_retries');
    expect(retries?.metrics.map(({ value }) => value)).toEqual(['0', '2', '0', '0', '0']);
    expect(families.get('executioner_job_duration_seconds')?.type).toBe('SUMMARY');
    expect(text).toContain(
      'executioner_job_duration_seconds{workflow="nightly",job="extract",quantile="0.9"} 2.5\n',
    );
    expect(text).toContain('executioner_job_duration_seconds_sum{workflow="nightly",job="extract"} 4\n');
    expect(text.endsWith('# EOF\n')).toBe(true);
  });

  const python = ['python3', '/usr/bin/python3'].find((each) =>
    has(each, '-c', 'import prometheus_client.openmetrics.parser'),
  );
  (python === undefined ? test.skip : test)(
    "is what Prometheus' own strict parser of OpenMetrics takes",
    () => {
      const script =
        'import sys\nfrom prometheus_client.openmetrics.parser import text_string_to_metric_families\n' +
        'print(sum(len(f.samples) for f in text_string_to_metric_families(sys.stdin.read())))';
      const { stdout, stderr } = spawnSync(python!, ['-c', script], { input: text, encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(Number(stdout)).toBe(
        text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length,
      );
    },
  );
});

describe('JUnit', () => {
  const report = junitReport(runs.map((each, id) => junitSuite(each, id, '/')));

  const xmllint = has('xmllint', '--version');
  (xmllint ? test : test.skip)('fits the XML schema', () => {
    const schema = fileURLToPath(
      new URL('../../../core/test/diagnostics/schemas/JUnit.xsd', import.meta.url),
    );
    const file = join(folder, 'report.xml');
    writeFileSync(file, report);
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--schema', schema, file], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, `${file} validates\n`]);
  });

  test('counts failures, errors and allowed failures apart', () => {
    expect(
      report
        .match(/<testsuite [^>]*>/g)!
        .map((suite) => suite.match(/\b(?<!host)(name|tests|failures|errors)="[^"]*"/g)!.join(' ')),
    ).toEqual([
      'name="nightly run 1" tests="2" failures="0" errors="0"',
      'name="nightly run 2" tests="3" failures="1" errors="0"',
      'name="nightly run 3" tests="2" failures="0" errors="1"',
    ]);
    expect(report).toContain('<testcase name="&lt;&amp;\u2407&gt;" classname="nightly" time="0.010"/>');
  });
});

describe('OTLP', () => {
  const [, second] = runs;
  const trace = otlpTrace(second!, '1.0.0');
  const spans = trace.scopeSpans[0]!.spans;

  test('has a run, its jobs and their tries as spans', () => {
    const nameOf = new Map(spans.map(({ spanId, name }) => [spanId, name]));
    expect(
      spans.map(({ name, parentSpanId, kind, status }) => [
        name,
        nameOf.get(parentSpanId ?? ''),
        kind,
        status.code,
      ]),
    ).toEqual([
      ['RUN nightly', undefined, 2, 2],
      ['extract', 'RUN nightly', 1, 1],
      ['extract try 1', 'extract', 1, 1],
      ['load "a\\b"\n', 'RUN nightly', 1, 2],
      ['load "a\\b"\n try 1', 'load "a\\b"\n', 1, 2],
      ['load "a\\b"\n try 2', 'load "a\\b"\n', 1, 2],
    ]);
    const attributes = (name: string) =>
      Object.fromEntries(
        spans
          .find((span) => span.name === name)!
          .attributes.map(({ key, value }) => [key, Object.values(value)[0]]),
      );
    expect(attributes('RUN nightly')).toMatchObject({
      'cicd.pipeline.result': 'failure',
      'error.type': 'failed',
    });
    expect(attributes('extract')).toMatchObject({
      'cicd.pipeline.task.name': 'extract',
      'cicd.pipeline.task.run.result': 'success',
      'executioner.job.cpu_ms': '50',
    });
    expect(attributes('load "a\\b"\n try 2')).toMatchObject({ 'process.exit.code': '3' });
  });

  test('is what the published messages of OTLP say, also of odd runs', () => {
    const odd = run(4, [
      { id: '', status: 'running', startedAtMs: 5.4, tries: [{ startedAtMs: 5.4 }], failedChecks: [] },
      job('\u0000"ünï\ud83d\ude00', [137], 0, { cpuMs: 0.4 }),
      { ...job('never', [0]), tries: [{ startedAtMs: 7, error: 'ENOENT' }] },
    ]);
    const request = { resourceSpans: [...runs, odd].map((each) => otlpTrace(each, '1.0.0')) };
    const sent = JSON.parse(JSON.stringify(request));
    expect(received(sent)).toEqual(sent);
    for (const {
      traceId,
      spanId,
      parentSpanId,
      startTimeUnixNano,
      endTimeUnixNano,
    } of sent.resourceSpans.flatMap(
      ({ scopeSpans }: (typeof request.resourceSpans)[number]) => scopeSpans[0]!.spans,
    )) {
      expect([traceId.length, spanId.length, (parentSpanId ?? spanId).length]).toEqual([32, 16, 16]);
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
    }
  });

  test.each([
    ['a field that OTLP does not have', { sort: 2 }],
    ['an enumeration by its name', { kind: 'SPAN_KIND_SERVER' }],
    ['an id that is not hexadecimal', { traceId: 'x'.repeat(32) }],
    ['a time that is no number', { startTimeUnixNano: 'now' }],
    ['a number that does not fit JSON', { endTimeUnixNano: 2 ** 60 }],
    ['an attribute without its type', { attributes: [{ key: 'a', value: 'b' }] }],
  ])('would be found out with %s', (_, wrong) => {
    const request = { resourceSpans: [{ scopeSpans: [{ spans: [{ ...spans[0], ...wrong }] }] }] };
    let taken: unknown;
    try {
      taken = received(request);
    } catch (error) {
      taken = error;
    }
    expect(taken).not.toEqual(request);
  });

  test('has the names and values that OpenTelemetry has for CI/CD, and ours for what it has none for', () => {
    const ofKind = (prefix: string): Set<string> =>
      new Set(
        Object.entries(semanticNames).flatMap(([name, value]) =>
          name.startsWith(prefix) ? [String(value)] : [],
        ),
      );
    const known = ofKind('ATTR_');
    const all = [trace, otlpTrace(runs[0]!, '1'), otlpTrace(runs[2]!, '1')].flatMap(
      ({ resource, scopeSpans }) => [
        ...resource.attributes,
        ...scopeSpans[0]!.spans.flatMap(({ attributes }) => attributes),
      ],
    );
    const names = [...new Set(all.map(({ key }) => key))];
    expect(names.filter((name) => !known.has(name) && !name.startsWith('executioner.'))).toEqual([]);
    for (const name of [
      semanticNames.ATTR_CICD_PIPELINE_NAME,
      semanticNames.ATTR_CICD_PIPELINE_RUN_ID,
      semanticNames.ATTR_CICD_PIPELINE_RESULT,
      semanticNames.ATTR_CICD_PIPELINE_TASK_NAME,
      semanticNames.ATTR_CICD_PIPELINE_TASK_RUN_ID,
      semanticNames.ATTR_CICD_PIPELINE_TASK_RUN_RESULT,
    ])
      expect(names).toContain(name);
    const values = all.flatMap(({ key, value }) =>
      /^cicd\..*(result|state|action\.name)$/.test(key) ? Object.values(value) : [],
    );
    const knownValues = ofKind('CICD_PIPELINE_');
    expect(values.length).toBeGreaterThan(8);
    expect(values.filter((value) => !knownValues.has(value))).toEqual([]);
  });

  test('has ids of the right length, which are always the same and never twice', () => {
    for (const { traceId, spanId, startTimeUnixNano, endTimeUnixNano } of spans) {
      expect(traceId).toMatch(/^[0-9a-f]{32}$/);
      expect(spanId).toMatch(/^[0-9a-f]{16}$/);
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
    }
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
    expect(otlpTrace(second!, '1.0.0')).toEqual(trace);
    expect(otlpTrace(runs[0]!, '1.0.0').scopeSpans[0]!.spans[0]!.traceId).not.toBe(spans[0]!.traceId);
  });
});

test('CSV has a row for each job, with quotes where they are needed', () => {
  const rows = (jobsCsvHeader + jobsCsvRows(runs[1]!)).split('\n');
  expect(rows[0]).toMatch(/^workflow,run,run_outcome,job,status,/);
  expect(rows[1]).toBe(
    'nightly,2,failed,extract,succeeded,,,2026-01-01T03:04:05.000Z,2026-01-01T03:04:07.500Z,2500,,1,0,,50,3000',
  );
  expect(rows[2]).toBe('nightly,2,failed,"load ""a\\b""');
  expect([csvField('a,b'), csvField(' a'), csvField('a')]).toEqual(['"a,b"', '" a"', 'a']);
});

test('CSV gives a parser back every id, whatever it is', () => {
  const ids = ['a,b', '"', '""', "'", 'a\nb', 'a\r\nb', ' a ', '\t', '', '=1+1', '🙂 é', 'a;b', '\\', '#x'];
  const odd = run(
    5,
    ids.map((id) => job(id, [3], 10, { lastOutput: `error of ${id}` })),
    { application: 'night, "ly"\n' },
  );
  const records = parseCsv(jobsCsvHeader + jobsCsvRows(odd), { columns: true }) as Record<string, string>[];
  expect(records.map((record) => [record.workflow, record.job, record.exit_code])).toEqual(
    ids.map((id) => ['night, "ly"\n', id, '3']),
  );
  const gathered = summarizer({ cwd: '/' });
  gathered.add(odd);
  const failures = parseCsv(failuresCsv(gathered.summary({ sources: [], findings: [] }).failures), {
    columns: true,
  }) as Record<string, string>[];
  expect(failures.map((failure) => failure.job).sort()).toEqual([...ids].sort());
  const trends = trendCollector();
  trends.add(odd);
  const rows = parseCsv(trendsCsv(trends.trends()), { columns: true }) as Record<string, string>[];
  expect(rows.map((row) => row.job)).toEqual(['', ...ids]);
});
