import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CorpusRun, compare, corpus, page, reasons, runCorpus } from '../../../../scripts/v1-corpus.mjs';

const hasPython = spawnSync('python3', ['--version']).status === 0;
const whenPossible = existsSync(corpus) && hasPython ? describe : describe.skip;

whenPossible('the configurations of v1', () => {
  let runs: readonly CorpusRun[] = [];
  let dispose = () => {};
  beforeAll(async () => {
    ({ runs, dispose } = await runCorpus());
  }, 300_000);
  afterAll(() => dispose());

  test('end as v1 recorded, or differ for a known reason', () => {
    expect(compare(runs).filter(({ same, reason }) => !same && reason === '')).toEqual([]);
  });

  test('every reason is still needed', () => {
    const differing = compare(runs).filter(({ same }) => !same);
    const used = differing.map(({ config, job }) => `${config} ${job || 'run'}`);
    const listed = Object.entries(reasons).flatMap(([config, jobs]) =>
      Object.keys(jobs).map((job) => `${config} ${job}`),
    );
    expect(used.sort()).toEqual(listed.sort());
  });

  test('the documented table is this one', () => {
    const documented = fileURLToPath(new URL('../../../../docs/v1-results.md', import.meta.url));
    expect(readFileSync(documented, 'utf8')).toBe(page(compare(runs)));
  });

  test('no stack trace is shown for any of them', () => {
    expect(
      runs.filter(({ stderr }) => /\n\s+at .*:\d+:\d+/.test(stderr)).map(({ config }) => config),
    ).toEqual([]);
  });

  test('text logs hold the same lines as those of v1, but for known differences', () => {
    const differences = runs.flatMap(({ config, checkout }) =>
      logsOf(join(checkout, 'logs')).flatMap((log) => compareLogs(config, checkout, log)),
    );
    expect(differences).toEqual([]);
  });

  test('there is a log of ours for every log of v1', () => {
    const ours = new Set(
      runs.flatMap(({ checkout }) => logsOf(join(checkout, 'logs')).map(({ key }) => key)),
    );
    const missing = logsOf(join(corpus, 'logs')).filter(({ key }) => !ours.has(key) && !withoutRun.test(key));
    expect(missing.map(({ key }) => key)).toEqual([]);
  });
});

/** v1 logs what it does before a run has a number, or instead of a run, under the run "main"; here that goes to the terminal. */
const withoutRun = /run-main|circular_deps_test|invalid_config|missing_deps_test/;

interface Log {
  readonly path: string;
  /** The name with the number of the run left out. */
  readonly key: string;
}

function logsOf(folder: string): Log[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith('executioner.') && name.endsWith('.log'))
    .map((name) => ({ path: join(folder, name), key: name.replace(/\.run-\d+\.log$/, '.run-n.log') }));
}

function compareLogs(config: string, checkout: string, { path, key }: Log): object[] {
  const theirs = logsOf(join(corpus, 'logs')).find((log) => log.key === key);
  if (theirs === undefined) return [];
  const inOrder = !/parallel/.test(config);
  const v1 = comparable(readFileSync(theirs.path, 'utf8'), '/opt/executioner', inOrder, onlyInV1);
  const ours = comparable(readFileSync(path, 'utf8'), checkout, inOrder, onlyHere);
  return v1.join('\n') === ours.join('\n') ? [] : [{ log: key, v1, ours }];
}

/** Lines of v1 that have no counterpart: its database, its mails (not sent in this test) and its Python plug-ins. */
const onlyInV1 =
  /Added missing column to|notification email|Email notifications enabled|dependency plugin|Successfully loaded plugin/;
/**
 * Lines of ours that v1 has no counterpart for: the reason why a check failed, processes that outlive their job, and
 * output that v1 loses when a job ends at once, and what the security policy minds, which v1 never looks at.
 */
const onlyHere =
  /ERROR - (?:file ".*" does not exist|there is no check ".*")|left processes behind|WARNING - (?:\[RUN #\d+\] )?Security: |INFO - (?:Step 2 failed!|Job 1 running)$/;

/** The results of commands that depend on the machine. */
const machine = /INFO - (?:[d-]r[-wxrst]{8}|total \d|PATH=|HOME=|The date is|\d+$|EXECUTIONER_|PWD=)/;

function comparable(text: string, root: string, inOrder: boolean, left: RegExp): string[] {
  const lines = text
    .trimEnd()
    .split('\n')
    .filter((line) => !left.test(line) && !machine.test(line))
    .map((line) =>
      line
        .replaceAll(root, '/opt/executioner')
        .replace(/\S*(?=python3: can't open)/, '')
        .replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(,\d{3})?/, 'TIME')
        .replace(/\d+\.\d+ seconds/, '# seconds')
        .replace(/run ID: \d+/, 'run ID: #')
        .replace(/\[RUN #(?:\d+|main)\]/, '[RUN #n]')
        // v1 calls runs with a failed job successful when nothing depends on that job.
        .replace(/with status: (?:SUCCESS|FAILED)/, 'with status: #')
        // v1 lists these in the order of a hash table.
        .replace(
          /(not completed: )(.*)/,
          (_, head: string, names: string) => head + names.split(', ').sort().join(', '),
        ),
    );
  return inOrder ? lines : lines.sort();
}
