import { type ConfigurationHost, load, type SourceText } from '@executioner/core';
import { makePlan } from '@executioner/engine';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fixFiles, validate, type World } from '../../src/index.ts';
import { hostOf } from '../host.ts';

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
  expect(applied).toEqual([
    { code: 'W102', kind: 'fix', title: 'Remove the comma', file: '/work/part.json' },
  ]);
});

test('makes no fix that would leave the file no better', () => {
  const text = '{ "application_name": "x", "working_dir": "/", "jobs": "load.sh" }';
  expect(fixed('w.json', text)).toEqual({ text, codes: [] });
});

test('mends what is an error although nobody could say what it meant, and then the rest', () => {
  const text =
    'version: 2\njobs:\n  - { id: a, command: "true", tags: nightly, dependencies: [b, b] }\n  - { id: b, command: "true" }\n';
  expect(fixed('w.yaml', text)).toEqual({
    text: 'version: 2\njobs:\n  - { id: a, command: "true", tags: ["nightly"], dependencies: [b] }\n  - { id: b, command: "true" }\n',
    codes: ['E201', 'W301'],
  });
});

test('leaves suggestions to people, and codes that are switched off alone', () => {
  const text =
    'version: 2\njobs:\n  - { id: build, command: "true" }\n  - { id: b, command: "true", dependencies: [biuld] }\n';
  expect(fixed('w.yaml', text)).toEqual({ text, codes: [] });
  const repeated = '{"version":2,"jobs":[{"id":"a","command":"true",}]}';
  const { applied } = fixFiles('/work/w.json', hostOf({ '/work/w.json': repeated }), {
    isWanted: (code) => code !== 'W102',
  });
  expect(applied).toEqual([]);
});

describe('suggestions, when they are asked for', () => {
  const world: World = {
    lookAt: (path) =>
      /^\/(?:bin|work)(?:\/(?:sh|echo|python3|load\.py))?$/.test(path)
        ? { kind: /bin$|work$/.test(path) ? 'folder' : 'file', isReadable: true, isExecutable: true }
        : { kind: 'missing' },
    realPath: (path) => path,
    checkSyntax: () => undefined,
  };
  const followed = (text: string) => {
    const host = {
      ...hostOf({ '/work/w.yaml': text }),
      listFolder: (folder: string) => (folder === '/bin' ? ['sh', 'echo', 'python3'] : ['load.py']),
    };
    const suggestionsOf = (source: string | SourceText, on: ConfigurationHost) =>
      validate(source, { host: on, world, environment: { PATH: '/bin' } });
    const { texts, applied } = fixFiles('/work/w.yaml', host, { suggestionsOf });
    return {
      text: texts.get('/work/w.yaml') ?? text,
      codes: applied.map(({ code, kind }) => `${kind} ${code}`),
    };
  };

  test('are followed after the fixes: names of jobs, keys, programs, scripts and variables', () => {
    const before = `version: 2
env_variables: { TARGET: x }
jobs:
  - { id: build, command: 'pyhton3 "laod.py"', priorty: 1 } # first
  - { id: again, command: 'pyhton3 load.py && echo $TARGTE ', dependencies: [biuld, biuld] }
`;
    const { text, codes } = followed(before);
    expect(text).toBe(`version: 2
env_variables: { TARGET: x }
jobs:
  - { id: build, command: 'python3 "load.py"', priority: 1 } # first
  - { id: again, command: 'python3 load.py && echo $TARGET ', dependencies: [build] }
`);
    expect(codes.toSorted()).toEqual(
      ['E203', 'E301', 'I507', 'W401', 'W402']
        .map((code) => `suggestion ${code}`)
        .concat('fix W301')
        .toSorted(),
    );
  });

  test('remove what is not needed', () => {
    const before = `version: 2
env_variables: { UNUSED: x, USED: y }
jobs:
  - { id: a, description: First, command: echo $USED }
  - { id: b, description: Second, command: echo b, dependencies: [a] }
  - id: c
    description: Third
    command: echo c
    retry_delay: 5s
    dependencies:
      - a # first of all
      - b
`;
    expect(followed(before).text).toBe(`version: 2
env_variables: { USED: y }
jobs:
  - { id: a, description: First, command: echo $USED }
  - { id: b, description: Second, command: echo b, dependencies: [a] }
  - id: c
    description: Third
    command: echo c
    dependencies:
      - b
`);
  });

  test('are left alone when nothing would be better, and change nothing the second time', () => {
    const text =
      'version: 2\njobs:\n  - { id: a, description: A, command: echo a, dependencies: [nobody] }\n';
    expect(followed(text)).toEqual({ text, codes: [] });
  });
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

describe('tabs in the indentation of YAML', () => {
  test.each([
    [
      'are spaces, as many as the file uses elsewhere',
      'version: 2\njobs:\n\t-\tid: a # first\n\t\tcommand: "true"\n',
      'version: 2\njobs:\n  - id: a # first\n    command: "true"\n',
    ],
    [
      'are as wide as the lines around them show',
      'version: 2\njobs:\n  - id: a\n\tcommand: "true"\n',
      'version: 2\njobs:\n  - id: a\n    command: "true"\n',
    ],
    [
      'stay where they are text',
      'version: 2\njobs:\n\t- id: a\n\t  command: |\n\t    cat <<END\n\t    a\tb\n\t    END\n',
      'version: 2\njobs:\n  - id: a\n    command: |\n      cat <<END\n      a\tb\n      END\n',
    ],
    [
      'can indent a text, too',
      'version: 2\r\njobs:\r\n  - id: a\r\n    command: |\r\n\techo a\r\n\techo b\r\n',
      'version: 2\r\njobs:\r\n  - id: a\r\n    command: |\r\n        echo a\r\n        echo b\r\n',
    ],
  ])('%s', (_what, before, after) => {
    const result = fixed('w.yaml', before);
    expect(result.text).toBe(after);
    expect(result.codes).toEqual([expect.stringMatching(/^E1/)]);
    expect(planHash('w.yaml', after)).toBeDefined();
    expect(fixed('w.yaml', after)).toEqual({ text: after, codes: [] });
  });

  test.each([
    [
      'a here-document takes them off its lines',
      'version: 2\njobs:\n\t- id: a\n\t  command: |\n\t    cat <<-END\n\t    \ta\n\t    END\n',
    ],
    [
      'the file would say something else with other widths',
      'version: 2\njobs:\n  - id: a\n    command: "true"\n    env_variables:\n        A: 1\n\ttimeout: 2\n',
    ],
    ['there are other errors', 'version: 2\njobs:\n\t- id: "a\n\t  command: "true"\n'],
  ])('stay when %s', (_why, text) => {
    expect(fixed('w.yaml', text)).toEqual({ text, codes: [] });
  });

  test('leave the plan that spaces from the beginning would have made', () => {
    const job = fc.record({
      own: fc.subarray(['\t\tenv_variables:\n\t\t\tA: x', '\t\ttags:\n\t\t\t- t', '\t\tpriority: 3']),
      command: fc.constantFrom('"true"', '|\n\t\t\techo a\n\t\t\techo\tb', "'x\ty'"),
    });
    fc.assert(
      fc.property(fc.array(job, { minLength: 1, maxLength: 5 }), (jobs) => {
        const items = jobs.flatMap(({ own, command }, index) => [
          `\t- id: j${index}`,
          ...own,
          `\t\tcommand: ${command}`,
        ]);
        const text = `version: 2\njobs:\n${items.map((item) => `${item}\n`).join('')}`;
        const spaced = text.replace(/^\t+/gm, (tabs) => '  '.repeat(tabs.length));
        expect(planHash('w.yaml', spaced)).toBeDefined();
        expect(fixed('w.yaml', text).text).toBe(spaced);
      }),
      { numRuns: 50 },
    );
  });
});
