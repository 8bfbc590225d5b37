// Selecting from 100,000 jobs with 1,000,000 dependencies, beside a plain filter over the same jobs; and finding the
// nearest of their ids. Milliseconds of this process, the fastest of some rounds.
import { JobGraph, nearest, parseSelection, select } from '../packages/core/dist/index.js';
import { randomDag } from './randomDag.mjs';

const size = { jobs: 100_000, dependencies: 1_000_000, seed: 1 };
const rounds = 5;
const goal = '≤ 5 × the filter';

export async function run() {
  const jobs = randomDag(size).map((job, number) => ({
    ...job,
    command: `sqlplus -s @load_${number % 97}.sql`,
    description: `Loads table ${number}`,
    tags: number % 10 === 0 ? ['nightly'] : [],
  }));
  const subject = { graph: JobGraph.from(jobs), jobs };
  const yardstickFigure = fastest(() =>
    jobs.filter(({ command }) => /load_1\d/.test(command)).map(({ id }) => id),
  );
  const everyId = jobs.map(({ id }) => id).join(' ');
  const middle = jobs[jobs.length / 2].id;
  const measured = {
    'select command:*load_1?* & tag:nightly': () => select('command:*load_1?* & tag:nightly', subject),
    'select +job+ in the middle': () => select(`+${middle}+`, subject),
    'select @tag:nightly & !/9$/': () => select('@tag:nightly & !/9$/', subject),
    'read a list of all 100,000 ids': () => parseSelection(everyId, subject.graph.numberById),
    'select a list of all 100,000 ids': () => select(everyId, subject),
    'nearest of 100,000 ids': () => nearest(`${middle.slice(0, -2)}xy`, subject.graph.ids),
  };
  return Object.entries(measured).map(([name, work]) => {
    const figure = fastest(work);
    const yardstick = 'Array.filter by a regular expression';
    return {
      name,
      figure,
      unit: 'ms',
      yardstick,
      yardstickFigure,
      ratio: figure / yardstickFigure,
      goal,
      met: figure <= 5 * yardstickFigure,
    };
  });
}

function fastest(work) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    work();
    best = Math.min(best, performance.now() - startedAt);
  }
  return best;
}
