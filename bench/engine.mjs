// A whole run of short jobs beside other programs on the same graph: how much running a job costs; a run of one job
// beside a Node.js that does nothing; and how much memory the engine takes for many jobs. Every repetition has a
// folder and a state of its own, so that each one makes its log files anew, and programs take turns.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWorkflow } from './peers.mjs';

const engine = fileURLToPath(new URL('../packages/engine/bin/executioner-engine.js', import.meta.url));
const workers = 8;
const repetitions = 5;
const ours = { name: 'executioner', command: process.execPath, args: [engine, 'workflow.json', '-q'] };

const yardsticks = [
  {
    name: 'ninja with a log per job',
    command: 'ninja',
    args: ['-C', 'ninja-logged', `-j${workers}`],
    goal: 1.5,
  },
  { name: 'ninja without logs', command: 'ninja', args: ['-C', 'ninja-plain', `-j${workers}`] },
  { name: 'make with a log per job', command: 'make', args: ['-C', 'make-logged', `-j${workers}`] },
  { name: 'make without logs', command: 'make', args: ['-C', 'make-plain', `-j${workers}`] },
  // It knows no dependencies: the jobs as a flat list, with one file of output each.
  {
    name: 'GNU parallel --results',
    command: 'parallel',
    args: [`-j${workers}`, '--results', 'out', '-a', 'list', 'true'],
  },
  { name: 'doit', command: 'doit', args: ['-f', 'dodo.py', '-n', `${workers}`, '-v', '0'] },
];
const slowYardsticks = [
  { name: 'snakemake', command: 'snakemake', args: ['-s', 'Snakefile', '-j', `${workers}`, '--quiet'] },
];

export async function run() {
  try {
    return [
      ...compare(2000, yardsticks),
      ...compare(10_000, yardsticks.slice(0, 1), 2),
      ...compare(200, slowYardsticks, 1),
      oneJob(),
      ...(process.platform === 'linux' ? [await memory(10_000)] : []),
    ];
  } finally {
    removeFolders();
  }
}

function compare(size, programs, times = repetitions) {
  const there = [ours, ...programs.filter(({ command }) => isThere(command))];
  const seconds = there.map(() => []);
  for (let repetition = 0; repetition < times; repetition++) {
    for (const [index, program] of there.entries())
      seconds[index].push(inFreshFolder(size, (folder) => time(program, folder)));
  }
  // The best: what else the machine does only ever adds.
  const [figure, ...others] = seconds.map((all) => Math.min(...all));
  return there.slice(1).map(({ name, goal }, index) => ({
    name: `run ${size.toLocaleString('en')} jobs of \`true\`, ${workers} workers, with logs, journal and history`,
    figure,
    unit: 's',
    yardstick: name,
    yardstickFigure: others[index],
    ratio: figure / others[index],
    ...(goal === undefined ? {} : { goal: `at most ${goal} × ${name}`, met: figure <= goal * others[index] }),
  }));
}

function oneJob() {
  const times = { node: [], run: [] };
  for (let repetition = 0; repetition < 15; repetition++) {
    times.node.push(time({ command: process.execPath, args: ['-e', '0'] }, tmpdir()));
    times.run.push(inFreshFolder(1, (folder) => time(ours, folder)));
  }
  const [node, figure] = [times.node, times.run].map((all) => Math.min(...all) * 1000);
  return {
    name: 'run one job of `true`, whole process',
    figure,
    unit: 'ms',
    yardstick: 'node -e 0',
    yardstickFigure: node,
    ratio: figure / node,
  };
}

/** The high-water mark of the engine's resident memory, looked at until it ends. */
async function memory(size) {
  const child = inFreshFolder(size, (folder) =>
    spawn(ours.command, ours.args, { cwd: folder, env: environment(folder), stdio: 'ignore' }),
  );
  let megabytes = 0;
  const timer = setInterval(() => {
    megabytes = Math.max(megabytes, highWaterMegabytes(child.pid));
  }, 5);
  const code = await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`the run of ${size} jobs ended with ${code}`);
  return {
    name: `memory of the engine, run of ${size.toLocaleString('en')} jobs`,
    figure: megabytes,
    unit: 'MB',
    goal: 'at most 150 MB',
    met: megabytes <= 150,
  };
}

function highWaterMegabytes(pid) {
  try {
    const [, kilobytes = '0'] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    // It has ended.
    return 0;
  }
}

function isThere(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Folders are removed when all is measured: ext4 looks for numbers of new files past those it has just given up. */
const madeFolders = [];

function inFreshFolder(size, measure) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-engine-'));
  madeFolders.push(folder);
  writeWorkflow(folder, size, workers);
  return measure(folder);
}

function removeFolders() {
  for (const folder of madeFolders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

function environment(folder) {
  return { ...process.env, EXECUTIONER_HOME: join(folder, 'state') };
}

/** Seconds. */
function time({ command, args }, folder) {
  const startedAt = performance.now();
  const { status } = spawnSync(command, args, { cwd: folder, env: environment(folder), stdio: 'ignore' });
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  return (performance.now() - startedAt) / 1000;
}
