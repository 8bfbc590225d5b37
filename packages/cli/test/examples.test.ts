import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';

interface Expectation {
  readonly exitCode: number;
  /** Outcome → number of jobs that end with it. */
  readonly jobs: Readonly<Record<string, number>>;
}

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
const executioner = fileURLToPath(new URL('../bin/executioner.js', import.meta.url));
const expected: Record<string, Expectation> = JSON.parse(
  readFileSync(join(examples, 'expected.json'), 'utf8'),
);

describe('the examples', () => {
  let scratch: string;

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'executioner-examples-'));
    cpSync(examples, join(scratch, 'examples'), {
      recursive: true,
      filter: (path) => !path.startsWith(join(examples, 'out')),
    });
  });

  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  test('each has an expectation and a line in the README', () => {
    const files = readdirSync(examples).filter(
      (name) => /\.(json|jsonc|yaml)$/.test(name) && name !== 'expected.json',
    );
    const readme = readFileSync(join(examples, 'README.md'), 'utf8');
    expect([...files, 'includes/main.yaml'].sort()).toEqual(Object.keys(expected).sort());
    expect(Object.keys(expected).filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  test.each(Object.entries(expected))('%s ends as expected', async (name, expectation) => {
    const run = await execa(process.execPath, [executioner, 'run', join('examples', name), '--json'], {
      cwd: scratch,
      env: { EXECUTIONER_HOME: join(scratch, 'state') },
      reject: false,
    });
    const events = run.stdout.split('\n').map((line) => JSON.parse(line));
    expect({ exitCode: run.exitCode, jobs: events.at(-1).counts }).toEqual(expectation);
  });
});
