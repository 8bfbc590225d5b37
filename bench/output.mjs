// What much output of one job costs the others: a chain of short jobs while another job prints, beside the same
// chain while that job prints to /dev/null. Output is masked, stamped and logged by the thread that schedules.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const engine = fileURLToPath(new URL('../packages/engine/bin/executioner-engine.js', import.meta.url));
const chain = 100;
const printedBytes = 300_000_000;
const repetitions = 3;

export async function run() {
  const seconds = { quiet: [], loud: [] };
  const rates = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    seconds.quiet.push(measure('> /dev/null').chainSeconds);
    const loud = measure('');
    seconds.loud.push(loud.chainSeconds);
    rates.push(loud.megabytesPerSecond);
  }
  const [figure, yardstickFigure] = [Math.min(...seconds.loud), Math.min(...seconds.quiet)];
  return [
    {
      name: `a chain of ${chain} jobs while another job prints ${printedBytes / 1e6} MB`,
      figure,
      unit: 's',
      yardstick: 'the same with that output thrown away',
      yardstickFigure,
      ratio: figure / yardstickFigure,
    },
    {
      name: 'output brought into a log, lines of 100 bytes, beside that chain',
      figure: Math.max(...rates),
      unit: 'MB/s',
    },
  ];
}

function measure(redirection) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-output-'));
  try {
    const links = Array.from({ length: chain }, (_, index) => ({
      id: `link${index}`,
      command: 'true',
      dependencies: index === 0 ? [] : [`link${index - 1}`],
    }));
    const line = 'x'.repeat(99);
    const printer = { id: 'printer', command: `yes ${line} | head -c ${printedBytes} ${redirection}` };
    const workflow = {
      version: 2,
      application_name: 'bench',
      parallel: true,
      max_workers: 2,
      jobs: [printer, ...links],
    };
    writeFileSync(join(folder, 'workflow.json'), JSON.stringify(workflow));
    const env = { ...process.env, EXECUTIONER_HOME: join(folder, 'state') };
    const startedAt = performance.now();
    const { status, stdout } = spawnSync(process.execPath, [engine, 'workflow.json', '--json'], {
      cwd: folder,
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`the run ended with ${status}`);
    const wholeSeconds = (performance.now() - startedAt) / 1000;
    if (redirection === '') assertWhole(join(folder, 'logs', 'executioner.bench.job-printer.run-1.log'));
    return { chainSeconds: chainSeconds(stdout), megabytesPerSecond: printedBytes / 1e6 / wholeSeconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function assertWhole(log) {
  if (statSync(log).size < printedBytes) throw new Error('output is missing from the log');
}

function chainSeconds(text) {
  const events = text
    .split('\n')
    .filter((line) => line.includes('"job":"link'))
    .map((line) => JSON.parse(line));
  return (events.at(-1).m - events[0].m) / 1000;
}
