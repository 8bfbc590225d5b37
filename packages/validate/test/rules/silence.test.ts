// The rules that look for likely mistakes must be silent where there is none.
import { describe, expect, test } from '@jest/globals';
import { validate, type World } from '../../src/index.ts';
import { hostOf } from '../host.ts';

const host = hostOf();
const world: World = {
  lookAt: (path) =>
    path.endsWith('.csv')
      ? { kind: 'missing' }
      : { kind: path.startsWith('/bin/') ? 'file' : 'folder', isReadable: true, isExecutable: true },
  realPath: (path) => path,
  checkSyntax: () => undefined,
};

function found(code: string, configuration: object): string[] {
  const text = JSON.stringify({ version: 2, ...configuration });
  const { diagnostics } = validate(
    { file: '/work/w.json', text },
    { host, world, environment: { PATH: '/bin' } },
  );
  return diagnostics
    .filter((diagnostic) => diagnostic.code === code)
    .map(({ range }) => text.slice(range!.start.offset, range!.end.offset));
}

const command = (text: string, shell = '/bin/sh') => ({
  shell,
  jobs: [{ id: 'a', description: 'x', command: text }],
});

describe('W413, characters that only look right', () => {
  test.each([
    ['echo “hello”', '“'],
    ['ls –l', '–'],
    ['ls\u00a0-l /', '\u00a0'],
    ['cat x\u200b', '\u200b'],
    ['true; echo ‘a’', '‘'],
  ])('%s', (text, expected) => {
    expect(found('W413', command(text))).toEqual([expected]);
  });

  test('a carriage return, at its escape in JSON', () => {
    expect(found('W413', command('echo a\r\necho b'))).toEqual(['\\r']);
  });

  test.each(['echo "“quoted” – text"', "echo 'a\u00a0b'", 'echo it’s fine', 'echo a–b', 'echo für 日本'])(
    'silent: %s',
    (text) => {
      expect(found('W413', command(text))).toEqual([]);
    },
  );
});

describe('W414, programs that want a person', () => {
  test.each([
    'apt-get install jq',
    'sudo apt-get -q upgrade',
    'apt-get update && apt install jq',
    'dnf install jq',
    'pacman -S jq',
    'docker run -it --rm img',
    'docker exec -ti db psql',
    'docker run --rm --tty img',
    'mysql -u root -p shop',
    'vim notes.txt',
    'cat notes.txt; apt-get install jq',
    'apt-get install jq && mysql shop < dump.sql',
  ])('%s', (text) => {
    expect(found('W414', command(text)).length).toBe(1);
  });

  test.each([
    'apt-get update',
    'apt-get install -y jq',
    'apt-get -qqy install jq',
    'apt-get -o APT::Get::Assume-Yes=true install jq',
    'apt-get install $OPTIONS jq',
    'yes | apt-get install jq',
    'apt-get install jq < answers.txt',
    'apt-get install jq || true',
    'apt-get install --dry-run jq',
    'apt list; apt-cache search jq',
    'yum -y install jq',
    'pacman -Sy --noconfirm jq; pacman -Ss jq',
    'docker run -i img cat -t',
    'docker run -dit img',
    'docker run --rm img test -t 1',
    'docker compose run img',
    'mysql -psecret shop; mysql --defaults-extra-file=x',
    'vim -es x; ex -s x',
    "script -qc 'docker run -it img' log",
    "printf 'y' | sudo apt-get install jq",
  ])('silent: %s', (text) => {
    expect(found('W414', command(text))).toEqual([]);
  });
});

test('what is looked for from a folder that is not there is not missed, too', () => {
  const codes = ['W401', 'W402', 'W404', 'W405'];
  const text = 'cd /gone.csv && sort < in.csv && ./run.csv && bash x.csv && cd deeper.csv';
  expect(codes.flatMap((code) => found(code, command(text)))).toEqual(['/gone.csv']);
});

test.each([
  ['aws s3 ls', undefined],
  ['gti pull', 'git'],
  ['lss', 'ls'],
  ['pyhton3 x', 'python3'],
  ['rsync a b', undefined],
])('what was meant by %s', (text, meant) => {
  const { diagnostics } = validate(
    { file: '/work/w.json', text: JSON.stringify({ version: 2, ...command(text) }) },
    {
      host: { ...host, listFolder: () => ['as', 'git', 'ls', 'python3', 'sync'] },
      world: {
        ...world,
        lookAt: (path) => (path.startsWith('/bin/') ? { kind: 'missing' } : world.lookAt(path)),
      },
      environment: { PATH: '/bin' },
    },
  );
  const hint = diagnostics.find(({ code }) => code === 'W401')?.hint;
  expect(hint).toBe(
    meant === undefined
      ? 'install it, or add its folder to PATH in "env_variables"'
      : `did you mean "${meant}"?`,
  );
});

describe('I415, failures that a pipe hides', () => {
  test.each([
    './load.sh | tee load.log',
    'cd x && python3 load.py 2>&1 | tee -a "load.log"',
    './a | b | logger -t x',
  ])('%s', (text) => {
    expect(found('I415', command(text)).length).toBe(1);
  });

  test.each([
    'echo a | tee x',
    './load.sh | tee load.log; ./next.sh',
    './load.sh | tee load.log | grep ok',
    './load.sh | tee load.log &',
    './load.sh > load.log',
    'f() { ./a; }; f | cat',
  ])('silent: %s', (text) => {
    expect(found('I415', command(text))).toEqual([]);
  });

  test('silent where bash is told that it counts', () => {
    expect(found('I415', command('set -euo pipefail; ./load.sh | tee load.log', '/bin/bash'))).toEqual([]);
    expect(found('I415', command('./load.sh | tee x; exit ${PIPESTATUS[0]}', '/bin/bash'))).toEqual([]);
  });
});

describe('files of jobs that run at the same time', () => {
  const jobs = (...list: readonly object[]) => ({
    parallel: true,
    max_workers: 2,
    resources: { db: 1 },
    jobs: list.map((job, index) => ({ id: 'abc'[index], description: 'x', ...job })),
  });
  const write = { command: 'sort x > out.csv' };

  test('W309 is told once for a file, of the first two that may meet', () => {
    expect(found('W309', jobs(write, write, write))).toEqual(['out.csv']);
    expect(found('W309', jobs(write, { command: 'cd /work && sort y > /work/out.csv' }))).toEqual([
      '/work/out.csv',
    ]);
    expect(found('W309', jobs(write, { command: 'make', outputs: ['out.csv'] }))).toEqual(['"out.csv"']);
    expect(found('W309', jobs(write, { command: 'true', dependencies: ['a'] }, write))).toEqual(['out.csv']);
  });

  test.each<[string, object]>([
    ['one waits for the other', jobs(write, { ...write, dependencies: ['a'] })],
    [
      'one waits for the other through a third',
      jobs(write, { command: 'true', dependencies: ['a'] }, { ...write, dependencies: ['b'] }),
    ],
    ['the later one stands first', jobs({ ...write, dependencies: ['b'] }, write)],
    ['they share a lock', jobs({ ...write, locks: ['l'] }, { ...write, locks: ['l'] })],
    ['a pool keeps them apart', jobs({ ...write, resources: { db: 1 } }, { ...write, resources: { db: 1 } })],
    [
      'one runs only after a failure',
      jobs(write, { command: 'true' }, { ...write, dependencies: [{ job: 'b', when: 'failure' }] }),
    ],
    ['they append', jobs({ command: 'sort x >> out.csv' }, { command: 'sort y >> out.csv' })],
    ['they write elsewhere', jobs(write, { ...write, working_dir: '/tmp' })],
    [
      'the name hangs on the run',
      jobs({ command: 'sort x > out_$$.csv' }, { command: 'sort x > out_$$.csv' }),
    ],
    ['nothing is kept', jobs({ command: 'sort x > /dev/null' }, { command: 'sort x > /dev/null' })],
    ['one is switched off', jobs(write, { ...write, enabled: false })],
    ['one job writes it twice', jobs({ command: 'sort x > out.csv; sort y > out.csv' })],
    ['jobs run one after the other', { ...jobs(write, write), parallel: false }],
  ])('W309 is silent when %s', (_why, configuration) => {
    expect(found('W309', configuration)).toEqual([]);
  });

  const read = { command: 'sort < out.csv' };

  test('W310 tells of a reader that does not wait', () => {
    expect(found('W310', jobs(write, read))).toEqual(['out.csv']);
    expect(
      found(
        'W310',
        jobs({ command: 'make', outputs: ['out.csv'] }, { command: 'true', inputs: ['out.csv'] }),
      ),
    ).toEqual(['"out.csv"']);
    expect(found('W310', jobs(read, { ...write, dependencies: ['a'] }))).toEqual(['out.csv']);
  });

  test.each<[string, object]>([
    ['it waits', jobs(write, { ...read, dependencies: ['a'] })],
    [
      'it waits through a third',
      jobs(write, { command: 'true', dependencies: ['a'] }, { ...read, dependencies: ['b'] }),
    ],
    ['the file is there', jobs({ command: 'sort x > out.txt' }, { command: 'sort < out.txt' })],
    ['it makes the file itself', jobs(write, { command: 'sort y > out.csv; sort < out.csv' })],
    ['a script of its own may make it', jobs(write, { command: './prepare && sort < out.csv' })],
    ['its own program is given it before', jobs(write, { command: 'sort y -o out.csv; sort < out.csv' })],
    ['two others make it', jobs(write, { ...write, dependencies: ['a'] }, read)],
    [
      'a check may wait for it',
      jobs(write, { ...read, pre_checks: [{ name: 'check_file_exists', params: { path: 'out.csv' } }] }),
    ],
    ['jobs run one after the other', { ...jobs(write, read), max_workers: 1 }],
  ])('W310 is silent when %s', (_why, configuration) => {
    expect(found('W310', configuration)).toEqual([]);
  });
});

describe('W416, commands that do nothing', () => {
  test.each(['', '  ', '\n\n', '# later', '  # later\n\n# and more'])('%j', (text) => {
    expect(found('W416', command(text))).toHaveLength(1);
  });

  test.each(['true', ':', '# why\ntrue', "'#'", 'x=1', '> file'])('silent: %j', (text) => {
    expect(found('W416', command(text))).toEqual([]);
  });

  test('silent: a job that is switched off', () => {
    const jobs = [{ id: 'a', description: 'x', command: '', enabled: false }];
    expect(found('W416', { jobs })).toEqual([]);
  });
});
