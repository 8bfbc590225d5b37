import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { call, type SampleArguments } from './sample.ts';

const defaults = {
  dryRun: false,
  skip: [],
  env: [],
  workers: 1,
  parallel: false,
  sequential: false,
  order: 'file',
  markSuccess: false,
  secret: false,
  json: false,
  quiet: false,
  verbose: false,
  help: false,
  version: false,
  others: [],
};

const accepted: [argv: string[], values: Partial<SampleArguments> & Record<string, unknown>][] = [
  [[], {}],
  [['a.json'], { file: 'a.json' }],
  [['a.json', 'b', 'c'], { file: 'a.json', others: ['b', 'c'] }],
  [['--config', 'a.json'], { config: 'a.json' }],
  [['--config=a.json'], { config: 'a.json' }],
  [['--config=a=b.json'], { config: 'a=b.json' }],
  [['-c', 'a.json'], { config: 'a.json' }],
  [['-ca.json'], { config: 'a.json' }],
  [['-c=a.json'], { config: 'a.json' }],
  [['-c', '-'], { config: '-' }],
  [['-c./x/a.json'], { config: './x/a.json' }],
  [['--configuration', 'a.json'], { config: 'a.json' }],
  [['--config', 'a', '--config', 'b'], { config: 'b' }],
  [['-nca.json'], { dryRun: true, config: 'a.json' }],
  [['-nj4', 'x'], { dryRun: true, workers: 4, file: 'x' }],
  [['-nq', 'x'], { dryRun: true, quiet: true, file: 'x' }],
  [['--dry-run', 'x'], { dryRun: true, file: 'x' }],
  [['--dry-run=false'], { dryRun: false }],
  [['--dry-run', '--dry-run'], { dryRun: true }],
  [['--skip', 'a,b', '--skip', ' c ,'], { skip: ['a', 'b', 'c'] }],
  [['--env', 'A=1,2', '--env=B=x y'], { env: ['A=1,2', 'B=x y'] }],
  [['--timings'], { timings: true }],
  [['--no-timings'], { timings: false }],
  [['--list-runs'], { listRuns: true }],
  [['--list-runs', 'app'], { listRuns: 'app' }],
  [['--list-runs', '--dry-run'], { listRuns: true, dryRun: true }],
  [['--order', 'critical'], { order: 'critical' }],
  [['--workers', '64'], { workers: 64 }],
  [['--factor', '-1.5'], { factor: -1.5 }],
  [['--factor=.5'], { factor: 0.5 }],
  [['--', '--config', '-x'], { file: '--config', others: ['-x'] }],
  [['007', '1e3'], { file: '007', others: ['1e3'] }],
  [['--config', '007'], { config: '007' }],
  [['-5'], { file: '-5' }],
];

test.each(accepted)('%j', async (argv, values) => {
  const { exitCode, stdout, stderr } = await call(argv);
  expect({ exitCode, stderr, values: JSON.parse(stdout || 'null') }).toEqual({
    exitCode: 0,
    stderr: '',
    values: { ...defaults, ...values },
  });
});

const refused: [argv: string[], stderr: string][] = [
  [['--confg', 'x'], 'error USAGE: unknown option --confg\nhint: did you mean --config?\n'],
  [['--seq'], 'error USAGE: unknown option --seq\nhint: did you mean --sequential?\n'],
  [['--zzzzzz'], 'error USAGE: unknown option --zzzzzz\nhint: see sample --help\n'],
  [['--secrt'], 'error USAGE: unknown option --secrt\nhint: see sample --help\n'],
  [['-parallel'], 'error USAGE: unknown option -parallel\nhint: did you mean --parallel?\n'],
  [['-x'], 'error USAGE: unknown option -x\nhint: see sample --help\n'],
  [['--no-parallel'], 'error USAGE: unknown option --no-parallel\nhint: see sample --help\n'],
  [['--__proto__', 'x'], 'error USAGE: unknown option --__proto__\nhint: see sample --help\n'],
  [['--constructor'], 'error USAGE: unknown option --constructor\nhint: see sample --help\n'],
  [['--config'], 'error USAGE: option --config needs a value\nhint: see sample --help\n'],
  [['--config='], 'error USAGE: option --config needs a value\nhint: see sample --help\n'],
  [['-c', '--dry-run'], 'error USAGE: option --config needs a value\nhint: see sample --help\n'],
  [['--skip'], 'error USAGE: option --skip needs a value\nhint: see sample --help\n'],
  [
    ['--dry-run=1'],
    'error USAGE: option --dry-run takes no value, but was given "1"\nhint: see sample --help\n',
  ],
  [
    ['--workers', 'many'],
    'error USAGE: option --workers takes a whole number, at least 1 and at most 64, not "many"\nhint: see sample --help\n',
  ],
  [
    ['--workers', '0'],
    'error USAGE: option --workers takes a whole number, at least 1 and at most 64, not "0"\nhint: see sample --help\n',
  ],
  [
    ['--workers', '1.5'],
    'error USAGE: option --workers takes a whole number, at least 1 and at most 64, not "1.5"\nhint: see sample --help\n',
  ],
  [['--factor', 'x'], 'error USAGE: option --factor takes a number, not "x"\nhint: see sample --help\n'],
  [
    ['--order', 'fil'],
    'error USAGE: option --order takes file, topological, critical, not "fil"\nhint: did you mean "file"?\n',
  ],
  [
    ['--parallel', '--sequential'],
    'error USAGE: options --parallel and --sequential contradict each other\nhint: see sample --help\n',
  ],
  [
    ['--mark-success'],
    'error USAGE: option --mark-success needs --list-runs beside it\nhint: see sample --help\n',
  ],
  [
    ['--confg', 'x', '--workers', 'many'],
    'error USAGE: unknown option --confg (did you mean --config?)\n' +
      '  and option --workers takes a whole number, at least 1 and at most 64, not "many"\nhint: see sample --help\n',
  ],
];

test.each(refused)('%j is refused', async (argv, stderr) => {
  expect(await call(argv)).toEqual({ exitCode: 2, stdout: '', stderr });
});

test('an old spelling works, with a warning that names the new one', async () => {
  const { exitCode, stdout, stderr } = await call(['--max-workers', '4']);
  expect({ exitCode, stderr, workers: JSON.parse(stdout).workers }).toEqual({
    exitCode: 0,
    stderr: 'warning: option --max-workers is deprecated: use --workers\n',
    workers: 4,
  });
});

describe('any words', () => {
  test('end in values or in usage errors, never in a bug', async () => {
    const word = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        '--',
        '-',
        '--config',
        '-c',
        '--skip=',
        '--no-timings',
        '-nj',
        '---',
        '--=x',
        '-=',
        '--list-runs',
        '-n4',
        '--a.b',
        '-j.5',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (argv) => {
        const { exitCode } = await call(
          argv.filter((each) => !['-o', '--output'].some((output) => each.startsWith(output))),
        );
        expect([0, 2]).toContain(exitCode);
      }),
      { numRuns: 500 },
    );
  });
});
