// The built command as people call it, on real files: workflows of ours, runs of ours, and logs of version 1.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PNG } from 'pngjs';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const bin = join(root, 'packages/visualize/bin/executioner-visualize.js');
const unified = join(root, 'packages/cli/bin/executioner.js');
const example = join(root, 'examples/nightly-etl.yaml');
const v1 = join(root, '../shared/corpus/v1');
const withCorpus = existsSync(v1) ? test : test.skip;

let folder: string;
beforeAll(() => {
  for (const path of [bin, unified]) {
    if (!existsSync(path)) throw new Error('the packages are not built: run "npm run build" first');
  }
  folder = mkdtempSync(join(tmpdir(), 'executioner-visualize-'));
  writeFileSync(
    join(folder, 'shop.yaml'),
    `version: 2
application_name: shop
on_failure: continue
default_max_retries: 0
jobs:
  - { id: a, command: 'true', tags: [first] }
  - { id: b, command: 'echo the reason; exit 3', dependencies: [a] }
  - { id: c, command: 'true', dependencies: [b] }
  - { id: d, command: 'true', dependencies: [a] }
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, ...words: string[]) {
  const env = { PATH: process.env.PATH, HOME: folder, EXECUTIONER_HOME: join(folder, 'state'), TZ: 'UTC' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const visualize = (...words: string[]) => run(bin, ...words);
const written = (name: string) => readFileSync(join(folder, name));

describe('the lines that users know', () => {
  test('visualize workflow.json -o workflow.png', () => {
    expect(visualize(example, '-o', 'workflow.png')).toMatchObject({ status: 0 });
    const image = PNG.sync.read(written('workflow.png'));
    expect(image.width).toBeGreaterThan(image.height);
    expect(colorsOf(image).size).toBeGreaterThan(20);
  });

  test('visualize workflow.json --format mermaid -o workflow.md', () => {
    expect(visualize(example, '--format', 'mermaid', '-o', 'workflow.md').status).toBe(0);
    expect(written('workflow.md').toString()).toMatch(
      /^# nightly_etl\n\n```mermaid\nflowchart LR\n[\s\S]*```\n$/,
    );
  });

  test('a long chain goes from top to bottom in each format, unless told otherwise', () => {
    const jobs = Array.from({ length: 40 }, (_, k) => ({
      id: `step_${k}`,
      command: 'true',
      dependencies: k === 0 ? [] : [`step_${k - 1}`],
    }));
    writeFileSync(
      join(folder, 'chain.json'),
      JSON.stringify({ version: 2, application_name: 'chain', jobs }),
    );
    const drawn = (...words: string[]) => visualize('chain.json', ...words).stdout;
    expect(drawn('--format', 'mermaid')).toMatch(/^flowchart TB\n/);
    expect(drawn('--format', 'dot')).toContain('rankdir=TB');
    expect(JSON.parse(drawn('--format', 'json'))).toMatchObject({ direction: 'tb' });
    expect(drawn('--format', 'html')).toContain('"direction":"tb"');
    expect(sizeOf(drawn('--format', 'svg', '--wrap', 'never'))).toBe('high');
    expect(drawn('--format', 'mermaid', '--direction', 'lr')).toMatch(/^flowchart LR\n/);
    expect(sizeOf(drawn('--format', 'svg', '--direction', 'lr', '--wrap', 'never'))).toBe('wide');
  });

  test('a long chain is wrapped to the shape of a page, or the one asked for; as JSON only when asked for', () => {
    const jobs = Array.from({ length: 60 }, (_, k) => ({
      id: `step_${k}`,
      command: 'true',
      dependencies: k === 0 ? [] : [`step_${k - 1}`],
    }));
    writeFileSync(join(folder, 'long.json'), JSON.stringify({ version: 2, application_name: 'long', jobs }));
    const drawn = (...words: string[]) => visualize('long.json', ...words).stdout;
    for (const direction of ['lr', 'tb']) {
      const [width, height] = pixelsOf(drawn('--format', 'svg', '--direction', direction));
      expect(Math.max(width, height)).toBeLessThan(1600);
      expect(Math.min(width, height)).toBeGreaterThan(700);
      const [narrow, high] = pixelsOf(
        drawn('--format', 'svg', '--direction', direction, '--aspect', '0.5', '--wrap', 'always'),
      );
      expect(narrow / high).toBeLessThan(0.8);
    }
    const heightOf = (...words: string[]) => JSON.parse(drawn('--format', 'json', ...words)).height;
    expect(heightOf()).toBeGreaterThan(4000);
    expect(heightOf('--wrap', 'always')).toBeLessThan(1500);
    expect(drawn('--format', 'html')).toContain('"pieceOf":[0,');
    expect(visualize('long.json', '--wrap', 'sometimes').status).toBe(2);
  });

  test('what is too large to be read is said, with what helps; jobs of like names stand in frames', () => {
    const jobs = Array.from({ length: 600 }, (_, k) => [
      { id: `align_${k}`, command: 'true' },
      {
        id: `sort_${k}`,
        command: 'true',
        dependencies: [`align_${k}`, ...(k > 0 ? [`align_${k - 1}`] : [])],
      },
    ]).flat();
    writeFileSync(join(folder, 'samples.json'), JSON.stringify({ version: 2, application_name: 's', jobs }));
    const drawn = visualize('samples.json', '-o', 'samples.svg');
    expect(drawn.stderr).toContain('jobs of like names are drawn in frames with one line for all');
    expect(written('samples.svg').toString()).toContain('600 jobs  align_*');
    const exact = visualize('samples.json', '-o', 'samples.svg', '--fold-by', 'dependencies');
    expect(exact.stderr).toMatch(
      /^the picture has [\d,]+ × [\d,]+ pixels; --select draws a part of it, -o graph\.html /m,
    );
    expect(exact.stderr).not.toContain('like names');
    expect(visualize('samples.json', '-o', 'samples.html').status).toBe(0);
    expect(written('samples.html').toString()).toContain('frames hold jobs of one kind');
  });

  withCorpus('visualize --from-log run_123.log -o execution_graph.html', () => {
    const log = join(v1, 'logs/executioner.failures_test.run-3.log');
    const { status, stderr } = visualize('--from-log', log, '-o', 'execution_graph.html');
    expect(status).toBe(0);
    expect(stderr).toContain('name the workflow file too');
    const html = written('execution_graph.html').toString();
    expect(html).toContain('failures_test, Run 3: failed');
    expect(html).toContain('"word":"timed out"');
  });

  withCorpus('nobody is said to have waited where dependencies are unknown', () => {
    const log = join(v1, 'logs/executioner.parallel_race_test.run-14.log');
    const { status, stdout } = visualize('--from-log', log, '--view', 'timeline', '--no-color');
    expect(status).toBe(0);
    expect(stdout).toContain('fast_job_1');
    expect(stdout).not.toContain('·');
  });

  withCorpus('and with the workflow of the log', () => {
    const log = join(v1, 'logs/executioner.failures_test.run-3.log');
    const { status, stdout } = visualize(
      join(v1, 'configs/failures_test.json'),
      '--from-log',
      log,
      '--no-color',
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/✓ success_job1 130ms ╶─+▶ ✗ failure_job1 \d+ms ╶─+▶ ○ dependent_on_failed/);
    expect(stdout).toMatch(/✓ success_job2 120ms ◆ ╶─+▶ ✗ timeout_job 1\ds ◆/);
  });

  test('executioner visualize does the same', () => {
    expect(run(unified, 'visualize', example).stdout).toBe(visualize(example).stdout);
  });
});

describe('runs', () => {
  beforeAll(() => {
    expect(run(unified, 'run', 'shop.yaml', '--quiet').status).toBe(1);
  });

  test('the latest run, by number, by journal and by folder, without naming the workflow', () => {
    const latest = visualize('--run', 'latest');
    expect(latest.status).toBe(0);
    expect(latest.stdout).toContain('Run 1: failed (exit code 1)');
    expect(latest.stdout).toMatch(/✓ a \d+ms/);
    expect(latest.stdout).toMatch(/✗ b .*▶ ○ c/s);
    for (const words of [
      ['--run', '1'],
      ['--from-log', 'state/runs/1/journal.1.ndjson'],
      ['--from-log', 'state/runs/1'],
    ]) {
      expect(visualize(...words).stdout).toBe(latest.stdout);
    }
  });

  test('our own text log tells the same statuses', () => {
    const { status, stdout } = visualize('shop.yaml', '--from-log', 'logs/executioner.shop.run-1.log');
    expect(status).toBe(0);
    for (const part of ['✓ a ', '✗ b ', '○ c', '✓ d ']) expect(stdout).toContain(part);
  });

  test('a page has the end of the log of what failed', () => {
    expect(visualize('--run', '1', '-o', 'run.html').status).toBe(0);
    expect(written('run.html').toString()).toContain('the reason');
  });

  test('a timeline in each format that has one', () => {
    for (const [ending, start] of [
      ['svg', '<svg'],
      ['html', '<!doctype html>'],
      ['pdf', '%PDF'],
      ['json', '{'],
      ['mmd', 'gantt'],
      ['txt', 'shop'],
    ]) {
      expect(visualize('--run', '1', '--view', 'timeline', '-o', `timeline.${ending}`).status).toBe(0);
      expect(written(`timeline.${ending}`).toString('latin1').startsWith(start!)).toBe(true);
    }
  });

  test('a selection may ask for statuses', () => {
    const { status, stdout } = visualize('--run', '1', '--select', 'status:failed+', '--json');
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as { jobs: { id: string }[] }).jobs.map(({ id }) => id)).toEqual(['b', 'c']);
  });
});

describe('what goes wrong', () => {
  const messages: readonly (readonly [words: readonly string[], message: string])[] = [
    [[], 'there is nothing to draw'],
    [['missing.yaml'], 'does not exist'],
    [['shop.yaml', '-o', 'x.bmp'], 'no format ends in .bmp'],
    [['shop.yaml', '--view', 'timeline'], 'a timeline is that of a run'],
    [['shop.yaml', '--run', 'first'], '"first" is not the number of a run'],
    [['shop.yaml', '--run', '99'], 'no journal of run 99'],
    [['shop.yaml', '--from-log', 'nothing.log'], 'cannot read "nothing.log"'],
    [['shop.yaml', '--from-log', 'shop.yaml'], 'tells of no job'],
    [['shop.yaml', '--select', 'nobody'], 'nobody'],
    [['shop.yaml', '--select', 'status:failed'], 'needs a run to look at'],
    [['shop.yaml', '--run', '1', '--from-log', 'x'], 'contradict each other'],
    [['shop.yaml', '--time-zone', 'Mars'], 'there is no time zone "Mars"'],
    [['shop.yaml', '-o', 'nowhere/x.svg'], 'there is no folder "nowhere"'],
  ];

  test.each(messages)('%j', (words, message) => {
    const { status, stdout, stderr } = visualize(...words);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('a workflow with a cycle shows the cycle', () => {
    writeFileSync(
      join(folder, 'cycle.yaml'),
      'jobs:\n  - {id: a, command: x, dependencies: [b]}\n  - {id: b, command: x, dependencies: [a]}\n',
    );
    const { status, stderr } = visualize('cycle.yaml');
    expect(status).toBe(2);
    expect(stderr).toContain('E3');
  });

  test('a log of another workflow is said to be one', () => {
    writeFileSync(join(folder, 'other.yaml'), 'version: 2\njobs:\n  - {id: elsewhere, command: x}\n');
    const { status, stderr } = visualize('other.yaml', '--run', '1');
    expect(status).toBe(0);
    expect(stderr).toContain('none of the jobs of the run is in the workflow that is drawn');
  });
});

function colorsOf({ data }: PNG): Set<number> {
  const colors = new Set<number>();
  for (let at = 0; at < data.length; at += 4) colors.add(data.readUInt32BE(at));
  return colors;
}

function pixelsOf(svg: string): [width: number, height: number] {
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!;
  return [Number(width), Number(height)];
}

function sizeOf(svg: string): 'high' | 'wide' {
  const [width, height] = pixelsOf(svg);
  return height > width ? 'high' : 'wide';
}
