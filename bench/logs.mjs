// Summaries of logs: megabytes for each second of processor time of the built command as a whole process, beside
// `grep -c` over the same file, for logs of 500 MB and of 100 MB (of whose second a third goes into starting Node and compiling
// JavaScript); and how much memory a file of 2 GB takes beside one of 100 MB.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { logKinds } from './logInputs.mjs';

const command = fileURLToPath(new URL('../packages/logs/bin/executioner-logs.js', import.meta.url));
const smallMegabytes = 100;
const speedMegabytes = 500;
const largeMegabytes = 2000;
const rounds = 3;

export async function run() {
  const parent = mkdtempSync(join(tmpdir(), 'executioner-logs-bench-'));
  // Configurations are looked for beside a log and in the folder above, which may be full of other things.
  const folder = join(parent, 'logs');
  mkdirSync(folder);
  try {
    return logKinds.flatMap((kind) => rowsOf(kind, folder));
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}

function rowsOf({ name, file, pieces, goal, large = false }, folder) {
  const path = join(folder, file);
  const small = speedOf(path, pieces, smallMegabytes);
  const speed = speedOf(path, pieces, speedMegabytes);
  const rows = [
    { ...speedRow(`summary of ${name}`, speed), goal: `≥ ${goal} MB/s`, met: speed.figure >= goal },
    speedRow(`summary of ${name}, of 100 MB`, small),
  ];
  if (!large) return rows;
  write(path, pieces, largeMegabytes);
  const { memoryMegabytes } = processorSeconds([process.execPath, command, path], 1);
  rmSync(path);
  return [
    ...rows,
    {
      name: `memory for ${name} of 2 GB`,
      figure: memoryMegabytes,
      unit: 'MB',
      yardstick: 'the same of 100 MB',
      yardstickFigure: small.memoryMegabytes,
      ratio: memoryMegabytes / small.memoryMegabytes,
      goal: '≤ 1.5 ×',
      met: memoryMegabytes <= 1.5 * small.memoryMegabytes,
    },
  ];
}

/** Megabytes a second of a log of so many megabytes. */
function speedOf(path, pieces, about) {
  const megabytes = write(path, pieces, about);
  const grep = megabytes / processorSeconds(['grep', '-c', 'ERROR', path]).seconds;
  const { seconds, memoryMegabytes } = processorSeconds([process.execPath, command, path]);
  rmSync(path);
  return { figure: megabytes / seconds, grep, memoryMegabytes };
}

function speedRow(name, { figure, grep }) {
  return { name, figure, unit: 'MB/s', yardstick: 'grep -c', yardstickFigure: grep, ratio: figure / grep };
}

/** Writes at least so many megabytes; a generator never ends. */
function write(path, pieces, megabytes) {
  const descriptor = openSync(path, 'w');
  let bytes = 0;
  for (const piece of pieces()) {
    bytes += writeSync(descriptor, piece);
    if (bytes >= megabytes * 1e6) break;
  }
  closeSync(descriptor);
  return statSync(path).size / 1e6;
}

/**
 * User and system time of a process, the best of several, and the most memory that it had. Its output goes to a file, since
 * grep stops early when it goes to /dev/null.
 */
function processorSeconds(words, times = rounds) {
  const output = `${words.at(-1)}.out`;
  const timed = `TIMEFORMAT='%U %S'; time "$@" > "$0" || [ $? = 1 ]`;
  let seconds = Number.POSITIVE_INFINITY;
  let memoryMegabytes = 0;
  for (let round = 0; round < times; round++) {
    const { stderr, status } = spawnSync('bash', ['-c', timed, output, ...words], {
      encoding: 'utf8',
      env: {
        ...process.env,
        NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tellMemory)}`,
      },
    });
    if (status !== 0) throw new Error(`${words.join(' ')}: ${stderr}`);
    const [user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
    seconds = Math.min(seconds, user + system);
    const [, kilobytes = 0] = /memory (\d+)/.exec(stderr) ?? [];
    memoryMegabytes = Math.max(memoryMegabytes, Number(kilobytes) / 1000);
  }
  return { seconds, memoryMegabytes };
}

const tellMemory = `process.on('exit', () => process.stderr.write('memory ' + process.resourceUsage().maxRSS + '\\n'))`;
