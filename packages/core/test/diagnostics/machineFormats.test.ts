import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import {
  type Diagnostic,
  fingerprints,
  type Range,
  renderGithub,
  renderGitlab,
  renderJunit,
  renderSarif,
} from '../../src/index.ts';

const schemas = new URL('schemas/', import.meta.url);
const range = (line: number, column: number, length: number): Range => ({
  start: { offset: 10, line, column },
  end: { offset: 10 + length, line, column: column + length },
});

const diagnostics: readonly Diagnostic[] = [
  {
    code: 'E301',
    severity: 'error',
    message: 'job "deploy" depends on "biuld", which is not defined',
    file: '/work/a b/ü.yaml',
    range: range(14, 12, 5),
    job: 'deploy',
    hint: 'did you mean "build" (line 3)?',
    related: [
      { message: 'the job', range: range(3, 7, 5) },
      { message: 'no place' },
      { message: 'elsewhere', file: '/work/other.yaml', range: range(1, 1, 2) },
    ],
    fixes: [
      {
        kind: 'suggestion',
        title: 'write "build"',
        edits: [{ file: '/work/a b/ü.yaml', start: 10, end: 15, newText: 'build' }],
      },
    ],
  },
  {
    code: 'W401',
    severity: 'warning',
    message: 'two\nlines, 100% <sure>: & "quoted" \u0001',
    file: '/work/b.yaml',
    range: { start: { offset: 0, line: 1, column: 1 }, end: { offset: 20, line: 2, column: 3 } },
  },
  { code: 'I215', severity: 'info', message: 'of a file as a whole', file: '/work/b.yaml' },
  { code: 'E210', severity: 'error', message: 'of no file' },
];

const displayFile = (file: string) => file.replace('/work/', '');
const sarifOptions = {
  tool: { name: 'executioner-validate', version: '1.2.3', informationUri: 'https://example.org/' },
  rules: new Map([
    [
      'E301',
      {
        code: 'E301' as const,
        title: 'Missing dependency',
        severity: 'error' as const,
        explanation: 'A job waits for a job that does not exist.',
        helpUri: 'https://example.org/E301',
      },
    ],
  ]),
  displayFile,
};
const junitOptions = {
  name: 'executioner validate',
  files: ['/work/a b/ü.yaml', '/work/b.yaml', '/work/clean.yaml'],
  displayFile,
  nowMs: Date.UTC(2026, 0, 2, 3, 4, 5),
};

/** Texts as they come: any characters, lone surrogates and controls included. */
const anyDiagnostic = fc.record(
  {
    code: fc.constantFrom('E301' as const, 'W401' as const, 'I215' as const),
    severity: fc.constantFrom('error' as const, 'warning' as const, 'info' as const),
    message: fc.string({ unit: 'binary', minLength: 1 }),
    file: fc.constantFrom('/work/a b/ü.yaml', '/work/b.yaml', '-'),
    range: fc.constant(range(2, 3, 4)),
    job: fc.string({ unit: 'binary' }),
    hint: fc.string({ unit: 'binary' }),
  },
  { requiredKeys: ['code', 'severity', 'message'] },
) as fc.Arbitrary<Diagnostic>;

describe('SARIF', () => {
  const isValid = sarifValidator();

  test('fits the published schema of SARIF 2.1.0, whatever the texts', () => {
    expectValidSarif(renderSarif(diagnostics, sarifOptions));
    expectValidSarif(renderSarif([], sarifOptions));
    fc.assert(
      fc.property(fc.array(anyDiagnostic, { maxLength: 5 }), (some) => {
        expectValidSarif(renderSarif(some, sarifOptions));
      }),
      { numRuns: 100 },
    );
  });

  test('has what code scanning of GitHub looks at: versions, help, tags, and a fingerprint for each result', () => {
    const [run] = JSON.parse(renderSarif(diagnostics, sarifOptions)).runs;
    expect(run.tool.driver.semanticVersion).toBe(sarifOptions.tool.version);
    const rule = run.tool.driver.rules.find(({ id }: { id: string }) => id === 'E301');
    expect(rule).toMatchObject({
      helpUri: expect.stringMatching(/^https:/),
      help: { text: expect.any(String) },
      properties: { tags: ['dependencies'], precision: 'high', 'problem.severity': 'error' },
    });
    const prints = run.results.map(
      ({ partialFingerprints }: { partialFingerprints: Record<string, string> }) =>
        partialFingerprints.primaryLocationLineHash,
    );
    expect(prints.every((print: string) => /^[0-9a-f]{16}:1$/.test(print))).toBe(true);
    expect(new Set(prints).size).toBe(prints.length);
  });

  test('the schema would refuse a wrong level', () => {
    const log = JSON.parse(renderSarif(diagnostics, sarifOptions));
    log.runs[0].results[0].level = 'grave';
    expect(isValid(log)).toBe(false);
  });

  test('names the rule, the place in lines and offsets, the job, related places and the fix', () => {
    const { results, tool } = JSON.parse(renderSarif(diagnostics, sarifOptions)).runs[0];
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['E210', 'E301', 'I215', 'W401']);
    expect(tool.driver.rules[1]).toMatchObject({
      name: 'MissingDependency',
      defaultConfiguration: { level: 'error' },
      helpUri: 'https://example.org/E301',
    });
    expect(results[1]).toMatchObject({
      ruleId: 'E301',
      ruleIndex: 1,
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b/%C3%BC.yaml' },
            region: {
              startLine: 14,
              startColumn: 12,
              endLine: 14,
              endColumn: 17,
              charOffset: 10,
              charLength: 5,
            },
          },
          logicalLocations: [{ name: 'deploy' }],
        },
      ],
      relatedLocations: [
        { message: { text: 'the job' } },
        { physicalLocation: { artifactLocation: { uri: 'other.yaml' } } },
      ],
      fixes: [
        {
          artifactChanges: [
            {
              replacements: [
                { deletedRegion: { charOffset: 10, charLength: 5 }, insertedContent: { text: 'build' } },
              ],
            },
          ],
        },
      ],
    });
  });

  function expectValidSarif(text: string): void {
    isValid(JSON.parse(text));
    expect(isValid.errors ?? []).toEqual([]);
  }

  /** The schema is one of draft 4, of which it uses nothing that later drafts read otherwise, but for two keywords. */
  function sarifValidator() {
    const {
      $schema: _,
      id,
      ...schema
    } = JSON.parse(readFileSync(new URL('sarif-schema-2.1.0.json', schemas), 'utf8'));
    const ajv = new Ajv({ strict: false, validateFormats: false });
    return ajv.compile({ ...schema, $id: id });
  }
});

describe('JUnit', () => {
  const xmllint = spawnSync('xmllint', ['--version']).status === 0;
  const whenInstalled = xmllint ? test : test.skip;

  whenInstalled('fits the XML schema, whatever the texts (needs xmllint)', () => {
    expectValidJunit(renderJunit(diagnostics, junitOptions));
    expectValidJunit(renderJunit([], junitOptions));
    fc.assert(
      fc.property(fc.array(anyDiagnostic, { maxLength: 20 }), (some) => {
        expectValidJunit(renderJunit(some, junitOptions));
      }),
      { numRuns: 25 },
    );
    expect(lint('<testsuites><testsuite/></testsuites>').status).not.toBe(0);
  });

  test('has a suite for each file, a failure for each error, the rest as output', () => {
    expect(renderJunit(diagnostics, junitOptions)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite package="executioner validate" id="0" name="a b/ü.yaml" timestamp="2026-01-02T03:04:05" hostname="localhost" tests="1" failures="1" errors="0" time="0">
    <properties/>
    <testcase name="E301 14:12 job &quot;deploy&quot; depends on &quot;biuld&quot;, which is not defined" classname="a b/ü.yaml" time="0">
      <failure message="job &quot;deploy&quot; depends on &quot;biuld&quot;, which is not defined" type="error E301">a b/ü.yaml:14:12 error E301: job "deploy" depends on "biuld", which is not defined
hint: did you mean "build" (line 3)?</failure>
    </testcase>
    <system-out></system-out>
    <system-err/>
  </testsuite>
  <testsuite package="executioner validate" id="1" name="b.yaml" timestamp="2026-01-02T03:04:05" hostname="localhost" tests="1" failures="0" errors="0" time="0">
    <properties/>
    <testcase name="valid" classname="b.yaml" time="0"/>
    <system-out>b.yaml:info I215: of a file as a whole
b.yaml:1:1 warning W401: two
lines, 100% &lt;sure&gt;: &amp; "quoted" ␁
</system-out>
    <system-err/>
  </testsuite>
  <testsuite package="executioner validate" id="2" name="clean.yaml" timestamp="2026-01-02T03:04:05" hostname="localhost" tests="1" failures="0" errors="0" time="0">
    <properties/>
    <testcase name="valid" classname="clean.yaml" time="0"/>
    <system-out></system-out>
    <system-err/>
  </testsuite>
  <testsuite package="executioner validate" id="3" name="executioner validate" timestamp="2026-01-02T03:04:05" hostname="localhost" tests="1" failures="1" errors="0" time="0">
    <properties/>
    <testcase name="E210 of no file" classname="executioner validate" time="0">
      <failure message="of no file" type="error E210">executioner validate:error E210: of no file</failure>
    </testcase>
    <system-out></system-out>
    <system-err/>
  </testsuite>
</testsuites>
`);
  });

  test('counts what the caller calls a failure', () => {
    const strict = renderJunit(diagnostics, {
      ...junitOptions,
      isFailure: ({ severity }) => severity !== 'info',
    });
    expect(strict.match(/<failure /g)).toHaveLength(3);
  });

  function expectValidJunit(xml: string): void {
    const { status, stderr } = lint(xml);
    expect(status === 0 ? '' : stderr).toBe('');
  }

  function lint(xml: string) {
    const schema = fileURLToPath(new URL('JUnit.xsd', schemas));
    return spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, '-'], {
      input: xml,
      encoding: 'utf8',
    });
  }
});

describe('GitHub annotations', () => {
  test('a line each, special characters escaped, columns only within one line', () => {
    expect(renderGithub(diagnostics, displayFile)).toBe(
      [
        '::error title=E210::of no file',
        '::error file=a b/ü.yaml,line=14,endLine=14,col=12,endColumn=17,title=E301::job "deploy" depends on "biuld", which is not defined%0Ahint: did you mean "build" (line 3)?',
        '::notice file=b.yaml,title=I215::of a file as a whole',
        '::warning file=b.yaml,line=1,endLine=2,title=W401::two%0Alines, 100%25 <sure>: & "quoted" \u0001',
        '',
      ].join('\n'),
    );
  });

  test('one line for each diagnostic, whatever the texts', () => {
    fc.assert(
      fc.property(fc.array(anyDiagnostic, { maxLength: 5 }), (some) => {
        const lines = renderGithub(some, displayFile).split('\n');
        expect(lines).toHaveLength(some.length + 1);
        for (const line of lines.slice(0, -1)) expect(line).toMatch(/^::(error|warning|notice) [^\r]*::/);
      }),
    );
  });
});

describe('GitLab code quality', () => {
  test('has what the report must have: description, check, fingerprint, severity, path and line', () => {
    const report = JSON.parse(renderGitlab(diagnostics, displayFile));
    expect(report).toHaveLength(3);
    expect(report[0]).toEqual({
      type: 'issue',
      description: 'job "deploy" depends on "biuld", which is not defined (did you mean "build" (line 3)?)',
      check_name: 'E301',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      severity: 'major',
      categories: ['Bug Risk'],
      location: { path: 'a b/ü.yaml', lines: { begin: 14, end: 14 } },
    });
    expect(report.map(({ severity }: { severity: string }) => severity)).toEqual(['major', 'info', 'minor']);
    expect(new Set(report.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(3);
  });
});

describe('fingerprints', () => {
  test('stay when a finding moves, and tell apart what reads the same', () => {
    const [first] = diagnostics as [Diagnostic];
    const moved = { ...first, range: range(99, 1, 5) };
    const [before] = fingerprints([first], displayFile);
    const [after, again] = fingerprints([moved, moved], displayFile);
    expect(after).toBe(before);
    expect(again).not.toBe(before);
  });
});
