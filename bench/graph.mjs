// The graph algorithms on random graphs, transitive reduction beside Graphviz's `tred` and networkx where they are
// installed. Figures are the fastest of some rounds, in milliseconds of this process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ancestorCounts,
  bridgedSubgraph,
  criticalPath,
  Dag,
  dominators,
  JobGraph,
  levels,
  maximumAntichain,
  shortestCycles,
  stronglyConnectedComponents,
  topologicalOrder,
  transitiveReduction,
} from '../packages/core/dist/index.js';
import { mulberry32, randomDag } from './randomDag.mjs';

const small = { jobs: 10_000, dependencies: 100_000, seed: 1 };
const large = { jobs: 100_000, dependencies: 1_000_000, seed: 1 };
/** What the yardsticks are given for a reduction before they are stopped. */
const yardstickLimitMs = 120_000;

export async function run() {
  const smallJobs = randomDag(small);
  const largeJobs = randomDag(large);
  return [
    ...reductionRows(smallJobs),
    ...timesOf(smallJobs, small, { rounds: 5, algorithms: { ...coreAlgorithms, ...otherAlgorithms } }),
    ...timesOf(largeJobs, large, { rounds: 2, algorithms: { ...reductionAlone, ...coreAlgorithms } }),
  ];
}

const reductionAlone = { 'transitive reduction': ({ dag }) => transitiveReduction(dag) };

const coreAlgorithms = {
  'Dag.from (rows and order)': ({ jobs }) => Dag.from(jobs),
  'critical path': ({ dag, durations }) => criticalPath(dag, durations),
  'cycle search, no cycle': ({ graph }) => shortestCycles(graph),
  'cycle search, ten dependencies turned round': ({ cyclic }) => shortestCycles(cyclic),
};

const otherAlgorithms = {
  'topological order': ({ graph }) => topologicalOrder(graph),
  levels: ({ dag }) => levels(dag),
  'strongly connected components': ({ graph }) => stronglyConnectedComponents(graph),
  'closure (ancestors counted)': ({ dag }) => ancestorCounts(dag),
  'maximum antichain': ({ dag }) => maximumAntichain(dag),
  dominators: ({ dag }) => dominators(dag),
  'subgraph of every second job, bridged': ({ dag, everySecond }) => bridgedSubgraph(dag, everySecond),
};

function timesOf(jobs, size, { rounds, algorithms }) {
  const graph = JobGraph.from(jobs);
  const input = {
    jobs,
    graph,
    dag: Dag.from(jobs),
    cyclic: JobGraph.from(withCycles(jobs, 10)),
    durations: durationsOf(jobs.length),
    everySecond: jobs.flatMap((_, job) => (job % 2 === 0 ? [job] : [])),
  };
  return Object.entries(algorithms).map(([name, algorithm]) => ({
    name: `${name}, ${sizeText(size)}`,
    figure: fastestMs(() => algorithm(input), rounds),
    unit: 'ms',
  }));
}

function reductionRows(jobs) {
  const dag = Dag.from(jobs);
  const figure = fastestMs(() => transitiveReduction(dag), 9);
  const kept = transitiveReduction(dag).dag.dependencyCount;
  return yardsticks(jobs).map(({ yardstick, elapsedMs, wasStopped, dependencies }) => {
    if (!wasStopped && dependencies !== kept) {
      throw new Error(`${yardstick} keeps ${dependencies} dependencies, we keep ${kept}`);
    }
    const ratio = elapsedMs / figure;
    return {
      name: `transitive reduction, ${sizeText(small)}`,
      figure,
      unit: 'ms',
      yardstick: wasStopped ? `${yardstick}, stopped after` : yardstick,
      yardstickFigure: elapsedMs,
      ratio,
      goal: '≥ 20 × faster',
      met: ratio >= 20,
    };
  });
}

/** Whole process for `tred`, start-up and reading included (some 0.1 s); the call alone for networkx. */
function yardsticks(jobs) {
  const folder = mkdtempSync(join(tmpdir(), 'executioner-bench-'));
  try {
    const edges = jobs.flatMap(({ id, dependencies }) => dependencies.map((dependency) => [id, dependency]));
    const dotFile = join(folder, 'graph.gv');
    writeFileSync(dotFile, `digraph {\n${edges.map(([job, on]) => `${job} -> ${on}`).join('\n')}\n}\n`);
    const edgeFile = join(folder, 'graph.txt');
    writeFileSync(edgeFile, edges.map((edge) => edge.join(' ')).join('\n'));
    return [tred(dotFile, folder), networkx(edgeFile)].filter((row) => row !== undefined);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function tred(dotFile, folder) {
  if (spawnSync('tred', ['-?']).error) return undefined;
  const { result, elapsedMs } = timed(() =>
    spawnSync('tred', [dotFile], {
      timeout: yardstickLimitMs,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      cwd: folder,
    }),
  );
  const dependencies = result.stdout.split('->').length - 1;
  return { yardstick: 'graphviz tred', elapsedMs, wasStopped: result.error !== undefined, dependencies };
}

function networkx(edgeFile) {
  const program = `
import sys, time, networkx
graph = networkx.DiGraph(tuple(line.split()) for line in open(sys.argv[1]))
start = time.perf_counter()
reduced = networkx.transitive_reduction(graph)
print((time.perf_counter() - start) * 1000, reduced.number_of_edges())`;
  if (spawnSync('python3', ['-c', 'import networkx']).status !== 0) return undefined;
  const { result, elapsedMs } = timed(() =>
    spawnSync('python3', ['-c', program, edgeFile], { timeout: yardstickLimitMs, encoding: 'utf8' }),
  );
  if (result.error) return { yardstick: 'networkx', elapsedMs, wasStopped: true };
  const [reductionMs, dependencies] = result.stdout.trim().split(' ').map(Number);
  return { yardstick: 'networkx', elapsedMs: reductionMs, wasStopped: false, dependencies };
}

/** Some dependencies that lead back: a job with dependencies becomes one of its first dependency's. */
function withCycles(jobs, count) {
  const changed = jobs.map(({ id, dependencies }) => ({ id, dependencies: [...dependencies] }));
  const byId = new Map(changed.map((job) => [job.id, job]));
  const step = Math.floor(jobs.length / count);
  for (let place = 0; place < step * count; place += step) {
    let top = changed[place];
    // Ten steps down, so that the cycle is not one of two.
    for (let depth = 0; depth < 10 && top.dependencies.length > 0; depth++)
      top = byId.get(top.dependencies.at(-1));
    if (top !== changed[place]) top.dependencies.unshift(changed[place].id);
  }
  return changed;
}

function durationsOf(jobCount) {
  const random = mulberry32(2);
  return Float64Array.from({ length: jobCount }, () => Math.round(1000 * random()));
}

function fastestMs(action, rounds) {
  const times = Array.from({ length: rounds }, () => timed(action).elapsedMs);
  return Math.min(...times);
}

function timed(action) {
  const startMs = performance.now();
  const result = action();
  return { result, elapsedMs: performance.now() - startMs };
}

function sizeText({ jobs, dependencies }) {
  return `${jobs.toLocaleString('en-GB')} jobs, ${dependencies.toLocaleString('en-GB')} dependencies`;
}
