// The outputs that the guides show are those of the commands above them. UPDATE_GOLDEN=1 writes them anew.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { callLogs } from '../inProcess.ts';
import { makeNights } from './scenario.ts';

const docs = fileURLToPath(new URL('../../../../docs/', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'logs-guides-'));
  makeNights(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Sample {
  readonly command: string;
  readonly output: string;
}

/** A block with one command of ours and what it writes. */
const sample = /```console\n\$ executioner logs ?(.*)\n((?:(?!```|\$ ).*\n)+)```/g;

function samplesOf(text: string): Sample[] {
  return [...text.matchAll(sample)].map(([, command, output]) => ({ command: command!, output: output! }));
}

/** Without what is another at another time, on another machine, or with other widths of columns. */
function timeless(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (UTC|[+-]\d\d:\d\d)/g, 'TIME')
    .replace(/\d+(\.\d+)?(ms|s)\b/g, 'DURATION')
    .replace(
      /configuration \S+, host \S+, executioner \S+/,
      'configuration FILE, host HOST, executioner VERSION',
    )
    .replace(/[▁-█✗]{4,}/g, 'COURSE')
    .replace(/\d+% busy/, 'SHARE busy')
    .replace(/^ +/gm, '')
    .replace(/ {2,}/g, ' ');
}

async function run({ command }: Sample): Promise<string> {
  const words = command
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => word.replaceAll("'", ''));
  return (await callLogs([...words, '--quiet', '--time-zone', 'UTC'], folder)).stdout;
}

describe.each(['failed-run.md', 'post-mortem.md', 'logs.md', 'log-patterns.md'])('docs/%s', (name) => {
  const path = join(docs, name);
  const samples = samplesOf(readFileSync(path, 'utf8')).filter(
    ({ command }) => !command.includes('--follow'),
  );

  test('has samples', () => {
    expect(samples.length).toBeGreaterThan(0);
  });

  test.each(samples.map((each) => [each.command, each] as const))('executioner logs %s', async (_, each) => {
    const output = (await run(each)).replaceAll(folder, '/srv/nightly').replace(/host \S+,/, 'host db1,');
    if (process.env.UPDATE_GOLDEN === '1')
      writeFileSync(
        path,
        readFileSync(path, 'utf8').replace(
          `${each.command}\n${each.output}`,
          () => `${each.command}\n${output}`,
        ),
      );
    else expect(timeless(output)).toBe(timeless(each.output));
  });
});
