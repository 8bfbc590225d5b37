// How long a command takes from start to end, whole process, beside a Node.js that does nothing. The calls are
// interleaved, so that whatever else the machine does falls on all alike; the median counts.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const rounds = 25;
const bin = fileURLToPath(new URL('../packages/cli/bin/executioner.js', import.meta.url));

const calls = [
  { name: 'node -e 0', args: ['-e', '0'] },
  { name: 'executioner --help', args: [bin, '--help'], goal: '≤ 3 × node -e 0', limit: 3 },
  { name: 'executioner --version', args: [bin, '--version'], goal: '≤ 3 × node -e 0', limit: 3 },
  { name: 'executioner run --help', args: [bin, 'run', '--help'] },
  { name: 'executioner report --help', args: [bin, 'report', '--help'] },
];

export async function run() {
  if (!existsSync(bin)) throw new Error('packages/cli is not built: npm run build');
  const timesMs = calls.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    calls.forEach(({ args }, index) => {
      const elapsedMs = time(args);
      // The first round warms the file cache.
      if (round > 0) timesMs[index].push(elapsedMs);
    });
  }
  const [idleMs, ...mediansMs] = timesMs.map(median);
  return calls.slice(1).map(({ name, goal, limit }, index) => {
    const ratio = mediansMs[index] / idleMs;
    const figures = {
      name,
      figure: mediansMs[index],
      unit: 'ms',
      yardstick: calls[0].name,
      yardstickFigure: idleMs,
      ratio,
    };
    return goal === undefined ? figures : { ...figures, goal, met: ratio <= limit };
  });
}

function time(args) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with exit code ${status}`);
  return performance.now() - start;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
