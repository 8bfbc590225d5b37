import { posix } from 'node:path';
import type { ConfigurationHost } from '@executioner/core';
import { load } from '@executioner/core';
import { makePlan } from '@executioner/engine';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fixFiles } from '../../src/index.ts';

function hostOf(files: Readonly<Record<string, string>>): ConfigurationHost {
  return {
    folder: '/work',
    home: '/home/ann',
    readFile: (file) =>
      Object.hasOwn(files, file) ? { ok: true, text: files[file]! } : { ok: false, reason: 'missing' },
    listFolder: () => [],
    glob: () => [],
    resolve: (from, path) => posix.resolve(from, path),
    isAbsolute: posix.isAbsolute,
    folderOf: posix.dirname,
    nameOf: posix.basename,
  };
}

function fixed(file: string, text: string): { text: string; codes: string[] } {
  const { texts, applied } = fixFiles(`/work/${file}`, hostOf({ [`/work/${file}`]: text }));
  return { text: texts.get(`/work/${file}`) ?? text, codes: applied.map(({ code }) => code) };
}

/** The hash of a plan covers everything that can change a decision of the scheduler. */
function planHash(file: string, text: string): string | undefined {
  const loaded = load({ file: `/work/${file}`, text }, hostOf({}));
  return loaded.state === 'valid' ? makePlan(loaded.configuration).hash : undefined;
}

function findings(file: string, text: string): number {
  return load({ file: `/work/${file}`, text }, hostOf({})).diagnostics.length;
}

describe.each([
  [
    'a repeated dependency',
    'w.yaml',
    'W301',
    `version: 2
jobs:
  - { id: a, command: "true" }
  - id: b # the second
    command: "true"
    dependencies: [a, a] # once is enough
`,
    `version: 2
jobs:
  - { id: a, command: "true" }
  - id: b # the second
    command: "true"
    dependencies: [a] # once is enough
`,
  ],
  [
    'a trailing comma',
    'w.json',
    'W102',
    '{\n  "version": 2,\n  "jobs": [\n    { "id": "a", "command": "true" },\n  ]\n}\n',
    '{\n  "version": 2,\n  "jobs": [\n    { "id": "a", "command": "true" }\n  ]\n}\n',
  ],
  [
    'a byte-order mark',
    'w.json',
    'I101',
    '\ufeff{"version":2,"jobs":[{"id":"a","command":"true"}]}',
    '{"version":2,"jobs":[{"id":"a","command":"true"}]}',
  ],
  [
    'the earlier of two equal keys',
    'w.jsonc',
    'W101',
    '{\n  // why\n  "working_dir": "/",\n  "max_workers": 2,\n  "jobs": [{ "id": "a", "timeout": 1, "command": "true", "timeout": 2 }],\n  "max_workers": 3\n}\n',
    '{\n  // why\n  "working_dir": "/",\n  "jobs": [{ "id": "a", "command": "true", "timeout": 2 }],\n  "max_workers": 3\n}\n',
  ],
  [
    'old names of keys',
    'w.json',
    'W202',
    '{ "application_name": "x", "name": "y", "working_dir": "/", "jobs": [{ "job_id": "a", "command": "true" }] }',
    '{ "application_name": "x", "working_dir": "/", "jobs": [{ "id": "a", "command": "true" }] }',
  ],
  [
    'a key without a value',
    'w.yaml',
    'W204',
    'application_name: x\nworking_dir: /\n# kept\ndescription:\njobs:\n  - id: a\n    command: "true"\n    timeout:\n',
    'application_name: x\nworking_dir: /\n# kept\njobs:\n  - id: a\n    command: "true"\n',
  ],
  [
    'a value read with goodwill, and a flag as a variable',
    'w.json',
    'W203',
    '{ "application_name": "x", "working_dir": "/", "max_workers": "4", "env_variables": { "A": true }, "jobs": [{ "id": "a", "command": "true" }] }',
    '{ "application_name": "x", "working_dir": "/", "max_workers": 4, "env_variables": { "A": "True" }, "jobs": [{ "id": "a", "command": "true" }] }',
  ],
])('%s', (_what, file, code, before, after) => {
  test('is mended, and the rest of the text stays', () => {
    const result = fixed(file, before);
    expect(result.text).toBe(after);
    expect(result.codes).toContain(code);
  });

  test('the plan of a run stays the same, and the file validates better', () => {
    expect(planHash(file, before)).toBeDefined();
    expect(planHash(file, after)).toBe(planHash(file, before));
    expect(findings(file, after)).toBeLessThan(findings(file, before));
  });

  test('nothing is left to mend', () => {
    expect(fixed(file, after)).toEqual({ text: after, codes: [] });
  });
});

test('mends included files, too', () => {
  const { texts, applied } = fixFiles(
    '/work/main.yaml',
    hostOf({
      '/work/main.yaml': 'version: 2\ninclude: [part.json]\n',
      '/work/part.json': '{"version": 2, "jobs": [{"id": "a", "command": "true",}]}',
    }),
  );
  expect([...texts.keys()]).toEqual(['/work/part.json']);
  expect(applied).toEqual([{ code: 'W102', title: 'Remove the comma', file: '/work/part.json' }]);
});

test('makes no fix that would leave the file no better', () => {
  const text = '{ "application_name": "x", "working_dir": "/", "jobs": "load.sh" }';
  expect(fixed('w.json', text)).toEqual({ text, codes: [] });
});

test('leaves suggestions to people, and codes that are switched off alone', () => {
  const text =
    'version: 2\njobs:\n  - { id: build, command: "true" }\n  - { id: b, command: "true", dependencies: [biuld] }\n';
  expect(fixed('w.yaml', text)).toEqual({ text, codes: [] });
  const repeated = '{"version":2,"jobs":[{"id":"a","command":"true",}]}';
  const { applied } = fixFiles(
    '/work/w.json',
    hostOf({ '/work/w.json': repeated }),
    (code) => code !== 'W102',
  );
  expect(applied).toEqual([]);
});

describe('any mixture of what can be mended', () => {
  const job = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    dependencies: fc.array(fc.constantFrom('"a"', '"b"', '{"job":"c","when":"always"}'), { maxLength: 4 }),
    extra: fc.array(
      fc.constantFrom(
        '"timeout": null',
        '"timeout": 5',
        '"timeout": "7"',
        '"env_variables": {"F": false}',
        '"tags": []',
      ),
      { maxLength: 4 },
    ),
    isOld: fc.boolean(),
    comma: fc.constantFrom('', ','),
  });
  const workflow = fc
    .record({
      jobs: fc.uniqueArray(job, { selector: ({ id }) => id, minLength: 1 }),
      head: fc.array(
        fc.constantFrom(
          '"max_workers": "3"',
          '"max_workers": 2',
          '"name": "n"',
          '"parallel": "true"',
          '"description": null',
        ),
        { maxLength: 4 },
      ),
      bom: fc.constantFrom('', '\ufeff'),
    })
    .map(({ jobs, head, bom }) => {
      const list = jobs.map(
        ({ id, dependencies, extra, isOld, comma }) =>
          `{ "${isOld ? 'job_id' : 'id'}": "${id}", "command": "true", "dependencies": [${dependencies.join(', ')}]${extra
            .map((entry) => `, ${entry}`)
            .join('')}${comma} }`,
      );
      return `${bom}{ "application_name": "x", "working_dir": "/",${head.map((entry) => ` ${entry},`).join('')}\n  "jobs": [\n    ${list.join(',\n    ')}\n  ] }\n`;
    });

  test('the plan stays the same, the findings become fewer, and a second time changes nothing', () => {
    fc.assert(
      fc.property(workflow, (text) => {
        const result = fixed('w.json', text);
        expect(planHash('w.json', result.text)).toBe(planHash('w.json', text));
        expect(findings('w.json', result.text)).toBeLessThanOrEqual(findings('w.json', text));
        expect(fixed('w.json', result.text)).toEqual({ text: result.text, codes: [] });
      }),
      { numRuns: 300 },
    );
  });
});
