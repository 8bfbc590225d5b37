// The layered layout beside Graphviz `dot` (whole process), dagre and Graphviz in WebAssembly: time, and how often lines
// cross, by dot's own count of its last order. The graphs of shared/corpus lie beside the checkout; without them only random
// ones are measured.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { layout } from '../packages/visualize/dist/index.js';
import { randomDag } from './randomDag.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const corpus = `${root}../shared/corpus`;
const require = createRequire(`${root}packages/visualize/package.json`);
/** What dot is given before it is stopped. */
const dotLimitMs = 120_000;

export async function run() {
  const random = graphOf(randomDag({ jobs: 1000, dependencies: 2000, seed: 1 }));
  const rows = [...besideDot('random, 1,000 jobs, 2,000 dependencies', random)];
  rows.push(...(await besideOthers(graphOf(randomDag({ jobs: 300, dependencies: 600, seed: 1 })))));
  if (!existsSync(corpus)) return rows;
  rows.push(...smallGraphs());
  for (const [name, file] of largeGraphs) rows.push(...besideDot(name, readGraph(`${corpus}/${file}`)));
  rows.push(...workflows());
  rows.push(
    alone('Debian, 10,323 jobs', readGraph(`${corpus}/dags/config/debian/sections-science-perl.json`)),
  );
  return rows;
}

const largeGraphs = [
  ['bwa, 1,004 jobs', 'workflows/config/bwa-chameleon-large-001.json'],
  ['montage, 1,066 jobs', 'workflows/config/montage-chameleon-dss-125d-001.json'],
  ['seismology, 1,001 jobs', 'workflows/config/seismology-chameleon-1000p-001.json'],
  ['1000genome, 820 jobs', 'workflows/config/1000genome-chameleon-20ch-250k-001.json'],
  ['Debian, 933 jobs', 'dags/config/debian/libpcl-ros-dev.json'],
];

/** Time and crossings of one graph, ours and dot's. */
function besideDot(name, graph) {
  const { ms, crossings } = ours(graph);
  const dot = dotOf(graph);
  if (dot === undefined) return [alone(name, graph)];
  const isStopped = dot.crossings === undefined;
  return [
    {
      name: `layout, ${name}`,
      figure: ms,
      unit: 'ms',
      yardstick: isStopped ? 'dot, stopped after' : 'dot',
      yardstickFigure: dot.ms,
      ratio: ms / dot.ms,
      goal: 'not slower than dot',
      met: ms <= dot.ms,
    },
    ...(isStopped ? [] : [crossingRow(`crossings, ${name}`, crossings, dot.crossings)]),
  ];
}

function crossingRow(name, figure, yardstickFigure, note) {
  return {
    name,
    figure,
    unit: 'crossings',
    yardstick: 'dot',
    yardstickFigure,
    ratio: yardstickFigure === 0 ? (figure === 0 ? 1 : figure) : figure / yardstickFigure,
    goal: 'no more than dot',
    met: figure <= yardstickFigure,
    ...(note === undefined ? {} : { note }),
  };
}

/** All acyclic graphs of dags/truth.tsv for which dot's crossings are known. */
function smallGraphs() {
  const lines = readFileSync(`${corpus}/dags/truth.tsv`, 'utf8').trim().split('\n').slice(1);
  const known = lines.flatMap((line) => {
    const [file, , , isDag, , , , , , dot] = line.split('\t');
    const config = `${corpus}/dags/config/${file.replace(/\.(gv|dot|graphml)$/, '')}.json`;
    return isDag === 'yes' && /^\d+$/.test(dot) && existsSync(config) ? [{ config, dot: Number(dot) }] : [];
  });
  return [
    total(
      'dags/truth.tsv',
      known.map(({ config, dot }) => ({ graph: readGraph(config), dot })),
    ),
  ];
}

function workflows() {
  const folder = `${corpus}/workflows/config`;
  const known = readdirSync(folder).flatMap((file) => {
    const graph = readGraph(`${folder}/${file}`);
    const dot = dotOf(graph);
    return dot?.crossings === undefined ? [] : [{ graph, dot: dot.crossings }];
  });
  return known.length === 0 ? [] : [total('workflows', known)];
}

function total(name, graphs) {
  let ourSum = 0;
  let dotSum = 0;
  let fewer = 0;
  let more = 0;
  for (const { graph, dot } of graphs) {
    const { crossings } = ours(graph);
    ourSum += crossings;
    dotSum += dot;
    if (crossings < dot) fewer++;
    if (crossings > dot) more++;
  }
  const note = `${graphs.length} graphs: fewer in ${fewer}, as many in ${graphs.length - fewer - more}, more in ${more}`;
  return crossingRow(`crossings, ${name}, in total`, ourSum, dotSum, note);
}

async function besideOthers(graph) {
  const { ms } = ours(graph);
  const row = (yardstick, yardstickFigure) => ({
    name: 'layout, random, 300 jobs, 600 dependencies',
    figure: ms,
    unit: 'ms',
    yardstick,
    yardstickFigure,
    ratio: ms / yardstickFigure,
  });
  return [row('@dagrejs/dagre', dagreMs(graph)), row('@viz-js/viz', await vizMs(graph))];
}

function dagreMs({ nodeCount, tail, head }) {
  const dagre = require('@dagrejs/dagre');
  const graph = new dagre.graphlib.Graph().setGraph({ rankdir: 'LR' }).setDefaultEdgeLabel(() => ({}));
  for (let node = 0; node < nodeCount; node++) graph.setNode(String(node), { width: 160, height: 40 });
  for (const [edge, from] of tail.entries()) graph.setEdge(String(from), String(head[edge]));
  return timed(() => dagre.layout(graph)).ms;
}

async function vizMs(graph) {
  const { instance } = require('@viz-js/viz');
  const viz = await instance();
  return timed(() => viz.render(dotText(graph), { format: 'plain' })).ms;
}

function alone(name, graph) {
  const { ms, crossings } = ours(graph);
  return {
    name: `layout, ${name}`,
    figure: ms,
    unit: 'ms',
    note: `${crossings.toLocaleString('en-GB')} crossings`,
  };
}

function ours(graph) {
  const { nodeCount } = graph;
  const { result, ms } = timed(() =>
    layout({
      edges: graph,
      along: new Float64Array(nodeCount).fill(160),
      across: new Float64Array(nodeCount).fill(40),
      gaps: { layer: 64, node: 14, edge: 12, lane: 36 },
      aspect: 1.6,
    }),
  );
  return { ms, crossings: result.crossings };
}

/** Undefined without dot; without crossings when it took too long. */
function dotOf(graph) {
  const { result, ms } = timed(() =>
    spawnSync('dot', ['-v', '-Tplain', '-o', '/dev/null'], {
      input: dotText(graph),
      encoding: 'utf8',
      timeout: dotLimitMs,
      maxBuffer: 2 ** 30,
    }),
  );
  if (result.error?.code === 'ENOENT') return undefined;
  if (result.status !== 0) return { ms };
  return { ms, crossings: Number(/mincross[^\n]*: (\d+) crossings/.exec(result.stderr)?.[1]) };
}

function dotText({ nodeCount, tail, head }) {
  const nodes = Array.from({ length: nodeCount }, (_, node) => `${node}`);
  const edges = Array.from(tail, (from, edge) => `${from}->${head[edge]}`);
  return `digraph {\nrankdir=LR; node [shape=box, label="", width=2.2, height=0.55];\n${nodes.join('\n')}\n${edges.join('\n')}\n}\n`;
}

function readGraph(file) {
  return graphOf(JSON.parse(readFileSync(file, 'utf8')).jobs);
}

function graphOf(jobs) {
  const numbers = new Map(jobs.map(({ id }, number) => [id, number]));
  const pairs = jobs.flatMap(({ dependencies = [] }, to) =>
    dependencies.map((dependency) => [numbers.get(dependency.job ?? dependency), to]),
  );
  return {
    nodeCount: jobs.length,
    tail: Int32Array.from(pairs, ([from]) => from),
    head: Int32Array.from(pairs, ([, to]) => to),
  };
}

function timed(action) {
  const startMs = performance.now();
  const result = action();
  return { result, ms: performance.now() - startMs };
}
