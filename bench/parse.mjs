// Parsing a configuration text into plain data with diagnostics, and finding places in it, against JSON.parse.
import { createRequire } from 'node:module';
import { parseDocument } from '../packages/core/dist/index.js';
import { toYaml, workflow } from './configs.mjs';

const require = createRequire(new URL('../packages/core/package.json', import.meta.url));
const sizes = [1000, 10_000, 100_000];
const sizeOfComparison = 1000;

export async function run() {
  return sizes.flatMap((jobCount) => {
    const configuration = workflow(jobCount);
    const json = JSON.stringify(configuration, null, 2);
    const yaml = toYaml(configuration);
    const lastJob = ['jobs', jobCount - 1, 'id'];
    const rounds = Math.max(5, Math.min(30, 100_000 / jobCount));
    const measure = (name, action, goal) =>
      row(`${name}, ${jobCount.toLocaleString('en-GB')} jobs`, { json, action, goal, rounds });
    const rows = [
      measure('parse JSON', () => read('w.json', json), 2),
      measure('parse YAML', () => read('w.yaml', yaml), 10),
      measure('parse JSON and find a place', () => read('w.json', json).locate(lastJob)),
      measure('parse YAML and find a place', () => read('w.yaml', yaml).locate(lastJob)),
    ];
    if (jobCount !== sizeOfComparison) return rows;
    return [...rows, measure('the yaml package alone', () => require('yaml').parse(yaml))];
  });
}

function read(file, text) {
  const { document, diagnostics } = parseDocument({ file, text });
  if (document === undefined || diagnostics.length > 0)
    throw new Error(`unexpected: ${diagnostics[0]?.message}`);
  return document;
}

/** In turns with the yardstick, so that a busy machine slows both alike; medians, the first third warms up. */
function row(name, { json, action, goal, rounds }) {
  const pairs = Array.from({ length: rounds }, () => [timed(() => JSON.parse(json)), timed(action)]);
  const measured = pairs.slice(Math.floor(rounds / 3));
  const ratio = median(measured.map(([yardstick, figure]) => figure / yardstick));
  return {
    name,
    figure: median(measured.map(([, figure]) => figure)),
    unit: 'ms',
    yardstick: 'JSON.parse of the same data',
    yardstickFigure: median(measured.map(([yardstick]) => yardstick)),
    ratio,
    ...(goal !== undefined && { goal: `≤ ${goal} ×`, met: ratio <= goal }),
  };
}

function timed(action) {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function median(figures) {
  return figures.sort((a, b) => a - b)[figures.length >> 1];
}
