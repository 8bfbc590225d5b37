import { describe, expect, test } from '@jest/globals';
import { type ParsedDocument, parseDocument } from '../../src/document/index.ts';
import {
  addJob,
  applyEdits,
  type EditResult,
  insertItem,
  removeJob,
  removeValue,
  renameJob,
  reorderJobs,
  setValue,
} from '../../src/edit/index.ts';

type Edit = (document: ParsedDocument) => EditResult;

/** The text after the edit, or the reason why there is none. */
function edited(file: string, text: string, edit: Edit): string {
  const { document } = parseDocument({ file, text });
  if (document === undefined) throw new Error('the text cannot be read');
  const result = edit(document);
  return result.ok ? applyEdits(text, result.edits) : `refused: ${result.reason}`;
}

const json = `{
  // the nightly load
  "jobs": [
    { "id": "a", "command": "true" }, // first
    // second
    {
      "id": "b",
      "dependencies": ["a"],
      "timeout": 60 // a minute
    }
  ]
}
`;

const yaml = `# the nightly load
jobs:
  - id: a   # first
    command: 'true'
  # second
  - id: b
    dependencies: [a]
    command: |
      echo 1
      echo 2

    timeout: 60 # a minute
`;

describe('JSON with comments', () => {
  test.each<[string, Edit, [string, string]]>([
    ['a number', (d) => setValue(d, ['jobs', 1, 'timeout'], 90), ['60 // a', '90 // a']],
    [
      'a new key',
      (d) => setValue(d, ['jobs', 1, 'max_retries'], 2),
      ['60 // a minute', '60, // a minute\n      "max_retries": 2'],
    ],
    [
      'a new key on one line',
      (d) => setValue(d, ['jobs', 0, 'timeout'], 5),
      ['"true" }', '"true", "timeout": 5 }'],
    ],
    [
      'missing maps on the way',
      (d) => setValue(d, ['jobs', 1, 'env_variables', 'A'], 'x'),
      ['60 // a minute', '60, // a minute\n      "env_variables": {\n        "A": "x"\n      }'],
    ],
    ['an item at the end', (d) => setValue(d, ['jobs', 1, 'dependencies', 1], 'c'), ['["a"]', '["a", "c"]']],
    ['an item in front', (d) => insertItem(d, ['jobs', 1, 'dependencies'], 0, 'c'), ['["a"]', '["c", "a"]']],
    [
      'the last key goes',
      (d) => removeValue(d, ['jobs', 1, 'timeout']),
      ['["a"],\n      "timeout": 60 // a minute\n', '["a"]\n'],
    ],
    [
      'a key between goes',
      (d) => removeValue(d, ['jobs', 1, 'dependencies']),
      ['      "dependencies": ["a"],\n', ''],
    ],
    ['the only item goes', (d) => removeValue(d, ['jobs', 1, 'dependencies', 0]), ['["a"]', '[]']],
    [
      'a job goes, its comment line stays',
      (d) => removeJob(d, 'a'),
      ['    { "id": "a", "command": "true" }, // first\n', ''],
    ],
    [
      'a job comes',
      (d) => addJob(d, { id: 'c' }, 1),
      ['// first\n', '// first\n    {\n      "id": "c"\n    },\n'],
    ],
  ])('%s', (_, edit, [from, to]) => {
    expect(edited('w.jsonc', json, edit)).toBe(json.replace(from, () => to));
  });

  test('jobs change places with their comments', () => {
    expect(edited('w.jsonc', json, (d) => reorderJobs(d, ['b', 'a']))).toBe(`{
  // the nightly load
  "jobs": [
    // second
    {
      "id": "b",
      "dependencies": ["a"],
      "timeout": 60 // a minute
    },
    { "id": "a", "command": "true" } // first
  ]
}
`);
  });

  test('a job is renamed everywhere', () => {
    expect(edited('w.jsonc', json, (d) => renameJob(d, 'a', 'x'))).toBe(json.replaceAll('"a"', '"x"'));
  });

  test('a trailing comma stays the style of the list', () => {
    expect(edited('w.jsonc', '{\n\t"a": 1,\n}\n', (d) => setValue(d, ['b'], [2]))).toBe(
      '{\n\t"a": 1,\n\t"b": [\n\t\t2\n\t],\n}\n',
    );
  });

  test('line ends of Windows stay', () => {
    expect(edited('w.json', '{\r\n  "a": 1\r\n}', (d) => setValue(d, ['b'], {}))).toBe(
      '{\r\n  "a": 1,\r\n  "b": {}\r\n}',
    );
  });

  test('the first key of an empty object', () => {
    expect(edited('w.json', '{\n  "jobs": []\n}\n', (d) => addJob(d, { id: 'a' }))).toBe(
      '{\n  "jobs": [\n    {\n      "id": "a"\n    }\n  ]\n}\n',
    );
    expect(edited('w.json', '{}', (d) => addJob(d, { id: 'a' }))).toBe('{"jobs": [{"id": "a"}]}');
  });
});

describe('YAML', () => {
  test.each<[string, Edit, [string, string]]>([
    ['a number', (d) => setValue(d, ['jobs', 1, 'timeout'], 90), ['60 # a', '90 # a']],
    [
      'a quoted string keeps its quotes',
      (d) => setValue(d, ['jobs', 0, 'command'], "it's"),
      ["'true'", "'it''s'"],
    ],
    [
      'a plain string gets quotes when it needs them',
      (d) => setValue(d, ['jobs', 0, 'id'], 'a: b'),
      ['id: a ', 'id: "a: b" '],
    ],
    [
      'a block scalar',
      (d) => setValue(d, ['jobs', 1, 'command'], 'x\ny\n'),
      ['echo 1\n      echo 2', 'x\n      y'],
    ],
    [
      'a new key',
      (d) => setValue(d, ['jobs', 0, 'tags'], ['n']),
      ["'true'\n", "'true'\n    tags:\n      - n\n"],
    ],
    [
      'a value becomes a map below its comment',
      (d) => setValue(d, ['jobs', 1, 'timeout'], { a: 1 }),
      [' 60 # a minute', ' # a minute\n      a: 1'],
    ],
    ['an item in brackets', (d) => setValue(d, ['jobs', 1, 'dependencies', 1], 'c'), ['[a]', '[a, c]']],
    [
      'the first key of a job goes',
      (d) => removeValue(d, ['jobs', 0, 'id']),
      ['- id: a   # first\n    command', '- command'],
    ],
    [
      'a key of several lines goes',
      (d) => removeValue(d, ['jobs', 1, 'command']),
      ['    command: |\n      echo 1\n      echo 2\n', ''],
    ],
    ['the only item goes', (d) => removeValue(d, ['jobs', 1, 'dependencies', 0]), ['[a]', '[]']],
    [
      'a job goes, its comment line stays',
      (d) => removeJob(d, 'a'),
      ["  - id: a   # first\n    command: 'true'\n", ''],
    ],
    [
      'a job comes at the end',
      (d) => addJob(d, { id: 'c', env_variables: { A: '1' } }),
      ['# a minute\n', "# a minute\n  - id: c\n    env_variables:\n      A: '1'\n"],
    ],
    ['a job comes in front', (d) => addJob(d, { id: 'c' }, 0), ['  - id: a', '  - id: c\n  - id: a']],
  ])('%s', (_, edit, [from, to]) => {
    expect(edited('w.yaml', yaml, edit)).toBe(yaml.replace(from, () => to));
  });

  test('jobs change places with their comments', () => {
    expect(edited('w.yaml', yaml, (d) => reorderJobs(d, ['b', 'a']))).toBe(`# the nightly load
jobs:
  # second
  - id: b
    dependencies: [a]
    command: |
      echo 1
      echo 2

    timeout: 60 # a minute
  - id: a   # first
    command: 'true'
`);
  });

  test('a comment in a script is no comment of the job below', () => {
    const text = 'jobs:\n- id: a\n  command: |\n    x\n    # y\n- id: b\n';
    expect(edited('w.yaml', text, (d) => reorderJobs(d, ['b', 'a']))).toBe(
      'jobs:\n- id: b\n- id: a\n  command: |\n    x\n    # y\n',
    );
  });

  test('a list in the column of its key stays there', () => {
    expect(edited('w.yaml', 'jobs:\n- id: a\n', (d) => setValue(d, ['jobs', 0, 'tags'], ['x']))).toBe(
      'jobs:\n- id: a\n  tags:\n  - x\n',
    );
  });

  test('no final line break, none after', () => {
    expect(edited('w.yaml', 'a: 1\nb: 2', (d) => removeValue(d, ['b']))).toBe('a: 1');
    expect(edited('w.yaml', 'a: 1', (d) => setValue(d, ['b'], 2))).toBe('a: 1\nb: 2');
  });

  test('what aliases share is not changed behind their back', () => {
    const text = 'a: &a {x: 1}\nb: *a\n';
    expect(edited('w.yaml', text, (d) => setValue(d, ['b', 'x'], 2))).toMatch(/^refused: /);
    expect(edited('w.yaml', text, (d) => setValue(d, ['a', 'x'], 2))).toMatch(/^refused: /);
    expect(edited('w.yaml', text, (d) => setValue(d, ['b'], 2))).toBe('a: &a {x: 1}\nb: 2\n');
  });
});

describe('renaming', () => {
  const text = `include:
  - file: other.yaml
    only: [a, b]
job_templates:
  t:
    dependencies: ["a"]
jobs:
  - id: a
    command: echo a
    description: a
  - id: b
    dependencies: [a, {job: a, when: failure}]
  - id: c
    dependencies: a
`;

  test('everywhere a job is named, and nowhere else', () => {
    expect(edited('w.yaml', text, (d) => renameJob(d, 'a', 'first'))).toBe(
      text
        .replace('only: [a, b]', 'only: [first, b]')
        .replace('["a"]', '["first"]')
        .replace('id: a', 'id: first')
        .replace('[a, {job: a,', '[first, {job: first,')
        .replace('dependencies: a', 'dependencies: first'),
    );
  });

  test('of v0 files', () => {
    expect(edited('w.json', '{"jobs": [{"job_id": "a"}]}', (d) => renameJob(d, 'a', 'b'))).toBe(
      '{"jobs": [{"job_id": "b"}]}',
    );
  });

  test.each([
    ['z', 'y', 'refused: no job of this file has the id "z"'],
    ['a', 'b', 'refused: a job with the id "b" is there already'],
    ['a', '', 'refused: a job needs an id'],
  ])('%j to %j', (from, to, answer) => {
    expect(edited('w.yaml', text, (d) => renameJob(d, from, to))).toBe(answer);
  });
});

describe('what cannot be done is said', () => {
  test.each<[string, Edit, string]>([
    ['no such job', (d) => removeJob(d, 'z'), 'no job of this file has the id "z"'],
    ['no such key', (d) => removeValue(d, ['x', 'y']), 'nothing is written at "x.y"'],
    ['a hole in a list', (d) => setValue(d, ['jobs', 7], {}), 'there is no item 7 in the list at "jobs"'],
    [
      'a key in a string',
      (d) => setValue(d, ['jobs', 0, 'id', 'x'], 1),
      '"jobs.0.id" is neither a map nor a list',
    ],
    [
      'half an order',
      (d) => reorderJobs(d, ['a']),
      'the new order must name every job of this file exactly once',
    ],
    ['a place behind the end', (d) => addJob(d, {}, 9), 'there are 2 jobs, so none can be added at 9'],
  ])('%s', (_, edit, reason) => {
    expect(edited('w.yaml', yaml, edit)).toBe(`refused: ${reason}`);
  });
});

describe('applyEdits', () => {
  test('in any order; insertions at one place in the given order', () => {
    const insert = (at: number, newText: string) => ({ start: at, end: at, newText });
    expect(
      applyEdits('abc', [insert(3, '4'), insert(1, '1'), insert(1, '2'), { start: 1, end: 2, newText: 'B' }]),
    ).toBe('a12Bc4');
  });

  test('overlapping edits are our fault', () => {
    const edits = [
      { start: 0, end: 2, newText: '' },
      { start: 1, end: 3, newText: '' },
    ];
    expect(() => applyEdits('abc', edits)).toThrow('Internal error');
  });
});
