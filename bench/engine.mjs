// A whole run of short jobs, beside ninja and make on the same graph: how much running a job costs.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const engine = fileURLToPath(new URL('../packages/engine/bin/executioner-engine.js', import.meta.url));
const workers = 8;
const sizes = [200, 2000];

export async function run() {
  return sizes.flatMap((size) => measure(size));
}

function measure(size) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-engine-'));
  try {
    writeWorkflow(folder, size);
    const figure = best(() => seconds(folder, process.execPath, [engine, 'workflow.json', '-q'], folder));
    const name = `run ${size} jobs of \`true\`, ${workers} workers, with logs and journal`;
    const goal = 'at most 1.5 × ninja with logs';
    const against = (yardstick, yardstickFigure, more = {}) => ({
      name,
      figure,
      unit: 's',
      yardstick,
      yardstickFigure,
      ratio: figure / yardstickFigure,
      ...more,
    });
    return [
      ...['ninja', 'make'].filter(isThere).flatMap((tool) => {
        const plain = best(() => seconds(join(folder, 'plain'), tool, [`-j${workers}`], folder));
        const logged = best(() => seconds(join(folder, 'logged'), tool, [`-j${workers}`], folder));
        const met = tool === 'ninja' ? { goal, met: figure <= 1.5 * logged } : {};
        return [against(`${tool} with a log per job`, logged, met), against(`${tool} without logs`, plain)];
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isThere(tool) {
  return spawnSync(tool, ['--version']).status === 0;
}

/** The best of three: what else the machine does only ever adds. */
function best(once) {
  return Math.min(once(), once(), once());
}

function seconds(cwd, command, args, folder) {
  const env = { ...process.env, EXECUTIONER_HOME: join(folder, 'state') };
  const startedAt = performance.now();
  const { status } = spawnSync(command, args, { cwd, env, stdio: 'ignore' });
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  return (performance.now() - startedAt) / 1000;
}

/** Each job waits for the one fifty before it: wide enough for all workers, and not just a heap of jobs. */
function writeWorkflow(folder, size) {
  const jobs = Array.from({ length: size }, (_, index) => ({
    id: `job${index}`,
    command: 'true',
    dependencies: index < 50 ? [] : [`job${index - 50}`],
  }));
  writeFileSync(
    join(folder, 'workflow.json'),
    JSON.stringify({ version: 2, application_name: 'bench', parallel: true, max_workers: workers, jobs }),
  );
  for (const [name, command] of [
    ['plain', 'true'],
    ['logged', 'true > logs/$out.log 2>&1'],
  ]) {
    mkdirSync(join(folder, name, 'logs'), { recursive: true });
    const build = jobs.map(({ id, dependencies }) => `build ${id}: job ${dependencies.join(' ')}`);
    writeFileSync(
      join(folder, name, 'build.ninja'),
      `rule job\n  command = ${command}\n${build.join('\n')}\n`,
    );
    const rules = jobs.map(
      ({ id, dependencies }) => `${id}: ${dependencies.join(' ')}\n\t@${command.replace('$out', '$@')}\n`,
    );
    writeFileSync(
      join(folder, name, 'Makefile'),
      `.PHONY: all ${jobs.map(({ id }) => id).join(' ')}\nall: ${jobs.map(({ id }) => id).join(' ')}\n${rules.join('')}`,
    );
  }
}
