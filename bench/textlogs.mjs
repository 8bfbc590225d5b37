// The log of a short job (opened, written, closed) at once, as `appendFile` does it, beside the same three steps
// through Node's pool of threads, as many jobs at a time as a run has workers.
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendFile } from '../packages/engine/dist/index.js';

const files = 2000;
const workers = 8;
const text = '2026-01-02 03:04:05,678 - INFO - Job a: SUCCESS\n';

export async function run() {
  const best = { atOnce: Number.POSITIVE_INFINITY, pool: Number.POSITIVE_INFINITY };
  for (let repetition = 0; repetition < 5; repetition++) {
    best.atOnce = Math.min(best.atOnce, await processorMicroseconds(writeAtOnce));
    best.pool = Math.min(best.pool, await processorMicroseconds(writeThroughPool));
  }
  return [
    {
      name: 'the log of a short job, processor time',
      figure: best.atOnce,
      unit: 'µs',
      yardstick: "open, write, close through Node's pool of threads",
      yardstickFigure: best.pool,
      ratio: best.atOnce / best.pool,
    },
  ];
}

async function processorMicroseconds(write) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-textlogs-'));
  const before = process.cpuUsage();
  await write(folder);
  const { user, system } = process.cpuUsage(before);
  rmSync(folder, { recursive: true });
  return (user + system) / files;
}

function writeAtOnce(folder) {
  for (let index = 0; index < files; index++) {
    const file = appendFile(join(folder, `${index}.log`));
    file.append(text);
    file.close();
  }
}

async function writeThroughPool(folder) {
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < files; index = next++) {
      const handle = await open(join(folder, `${index}.log`), 'a');
      await handle.write(text);
      await handle.close();
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
}
