// The scheduler in virtual time: transitions (events decided and evolved) a second, how that grows with the
// number of jobs, and the bytes of state a job takes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { initialState, makePlan, simulate } from '../packages/engine/dist/index.js';

const corpus = fileURLToPath(new URL('../../shared/corpus', import.meta.url));
const sizes = [1_000, 10_000, 100_000];
const repetitions = 5;

/** The rows of the table; figures of each size are the best of several runs. */
export async function run() {
  const rows = [];
  let smallest;
  // The compiler has seen all of the code before the smallest figure is taken.
  transitionsPerSecond(makePlan(layeredWorkflow(sizes[1])));
  for (const size of sizes) {
    const plan = makePlan(layeredWorkflow(size));
    const perSecond = transitionsPerSecond(plan);
    smallest ??= perSecond;
    rows.push(speedRow(size, perSecond, smallest));
    if (size === sizes.at(-1)) rows.push(memoryRow(size, plan));
  }
  return [...rows, ...gapRows()];
}

function speedRow(size, perSecond, smallest) {
  return {
    name: `scheduler in virtual time, ${size.toLocaleString('en')} jobs`,
    figure: Math.round(perSecond),
    unit: 'transitions/s',
    yardstick: `the same with ${sizes[0].toLocaleString('en')} jobs`,
    yardstickFigure: Math.round(smallest),
    ratio: perSecond / smallest,
    ...(size === sizes.at(-1) ? { goal: '≥ 500,000 transitions/s, linear', met: perSecond >= 500_000 } : {}),
  };
}

function transitionsPerSecond(plan) {
  let best = 0;
  for (let i = 0; i < repetitions; i++) {
    const startedAt = process.hrtime.bigint();
    const { transitions, state } = simulate(plan, { collect: false });
    const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
    if (!state.finished) throw new Error('the simulated run did not finish');
    best = Math.max(best, transitions / seconds);
  }
  return best;
}

function memoryRow(size, plan) {
  const bytesPerJob = typedArrayBytes(initialState(plan)) / size;
  return {
    name: `scheduler state, ${size.toLocaleString('en')} jobs`,
    figure: bytesPerJob,
    unit: 'bytes/job',
    yardstick: "the contract's figure",
    yardstickFigure: 50,
    ratio: bytesPerJob / 50,
    goal: 'about 50 bytes a job',
    met: bytesPerJob <= 65,
  };
}

/** The bytes of all distinct typed arrays in a state; the plan's own arrays are no part of it. */
function typedArrayBytes(state) {
  const buffers = new Set();
  const visit = (value) => {
    if (ArrayBuffer.isView(value)) buffers.add(value.buffer);
    else if (value !== null && typeof value === 'object')
      for (const inner of Object.values(value)) visit(inner);
  };
  visit({ ...state, ready: { ...state.ready, heaps: [{ place: state.ready.heaps[0].place }] } });
  return [...buffers].reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

/** How far the plain list schedule is from the best known ones: information, no goal. */
function gapRows() {
  if (!existsSync(corpus)) return [];
  return [...['j30', 'j120'].map((set) => rcpspRow(set)), ...['50', '100'].map((set) => stgRow(set))];
}

function rcpspRow(set) {
  const known = table(`${corpus}/rcpsp/best-known.tsv`, 'instance');
  const gaps = readdirSync(`${corpus}/rcpsp/${set}`).map((file) => {
    const instance = file.replace(/\.sm$/, '');
    const truth = known.get(instance);
    const reference = Number(set === 'j30' ? truth.best_known : truth.critical_path);
    return (
      simulatedSeconds(rcpspWorkflow(readFileSync(`${corpus}/rcpsp/${set}/${file}`, 'utf8'))) / reference - 1
    );
  });
  return gapRow(`PSPLIB ${set}`, gaps, set === 'j30' ? 'best known makespan' : 'critical path');
}

function stgRow(set) {
  const lines = readFileSync(`${corpus}/stg/best-known.tsv`, 'utf8').trimEnd().split('\n').slice(1);
  const gaps = lines
    .map((line) => line.split('\t'))
    .filter(([instance]) => instance.startsWith(`${set}/`))
    .map(([instance, processors, best]) => {
      const source = readFileSync(`${corpus}/stg/${instance}`, 'utf8');
      return simulatedSeconds(stgWorkflow(source, Number(processors))) / Number(best) - 1;
    });
  return gapRow(`Standard Task Graphs of ${set}`, gaps, 'best known makespan');
}

function gapRow(name, gaps, yardstick) {
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return {
    name: `${name}: list schedule, mean gap of ${gaps.length}`,
    figure: 100 * mean,
    unit: '% above',
    yardstick,
    yardstickFigure: 0,
    ratio: 1 + mean,
  };
}

function simulatedSeconds(configuration) {
  return simulate(makePlan(configuration), { collect: false }).makespanMs / 1000;
}

function table(path, key) {
  const [head, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const names = head.split('\t');
  return new Map(
    lines.map((line) => {
      const row = Object.fromEntries(line.split('\t').map((cell, index) => [names[index], cell]));
      return [row[key], row];
    }),
  );
}

/** A PSPLIB single-mode instance: one worker per job, four pools. */
function rcpspWorkflow(source) {
  const lines = source.split('\n');
  const section = (title, skip, count) => {
    const start = lines.findIndex((line) => line.startsWith(title)) + skip;
    return lines
      .slice(start, count === undefined ? undefined : start + count)
      .map((line) => line.trim().split(/\s+/).map(Number));
  };
  const count = Number(/jobs.*:\s*(\d+)/.exec(source)[1]);
  const jobs = Array.from({ length: count }, (_, index) => sketch(`j${index + 1}`));
  for (const [job, , , ...successors] of section('PRECEDENCE RELATIONS', 2, count))
    for (const successor of successors)
      jobs[successor - 1].dependencies.push({ job: `j${job}`, when: 'success' });
  for (const [job, , seconds, ...amounts] of section('REQUESTS/DURATIONS', 3, count)) {
    jobs[job - 1].estimatedDurationMs = seconds * 1000;
    jobs[job - 1].resources = Object.fromEntries(amounts.map((amount, index) => [`R${index + 1}`, amount]));
  }
  const [capacities] = section('RESOURCEAVAILABILITIES', 2, 1);
  const resources = Object.fromEntries(capacities.map((capacity, index) => [`R${index + 1}`, capacity]));
  return configuration(jobs, count, resources);
}

/** A task of a Standard Task Graph: number, seconds, how many predecessors, and which. */
function stgWorkflow(source, processors) {
  const rows = source
    .split('\n')
    .filter((line) => /^\s*\d/.test(line))
    .slice(1)
    .map((line) => line.trim().split(/\s+/).map(Number));
  const jobs = rows.map(([task, seconds, , ...predecessors]) => ({
    ...sketch(`t${task}`),
    estimatedDurationMs: seconds * 1000,
    dependencies: predecessors.map((predecessor) => ({ job: `t${predecessor}`, when: 'success' })),
  }));
  return configuration(jobs, processors, {});
}

/** Layers of a hundred jobs, each with up to three dependencies in the layer before; some want a pool. */
function layeredWorkflow(size) {
  const width = 100;
  const jobs = Array.from({ length: size }, (_, index) => {
    const job = sketch(`job${index}`);
    const layer = Math.floor(index / width);
    if (layer > 0)
      for (const offset of [0, 7, 31])
        job.dependencies.push({
          job: `job${(layer - 1) * width + ((index + offset) % width)}`,
          when: 'success',
        });
    job.estimatedDurationMs = 1000 + ((index * 7919) % 5000);
    if (index % 4 === 0) job.resources = { db_sessions: 1 + (index % 3) };
    return job;
  });
  return configuration(jobs, 64, { db_sessions: 20 });
}

function sketch(id) {
  return {
    id,
    command: `run ${id}`,
    description: '',
    dependencies: [],
    timeLimit: { kind: 'fixed', limitMs: 10_800_000 },
    gracePeriodMs: 1000,
    retry: {
      maxRetries: 0,
      delayMs: 30_000,
      backoff: 1.5,
      jitter: 0.1,
      maxRetryTimeMs: 1_800_000,
      onStatus: [],
      onExitCodes: [],
    },
    preChecks: [],
    postChecks: [],
    env: [],
    workingDir: '/',
    tags: [],
    priority: 0,
    resources: {},
    locks: [],
    allowFailure: false,
    enabled: true,
    inputs: [],
    outputs: [],
    extra: {},
    origin: { file: '', path: [] },
  };
}

function configuration(jobs, maxWorkers, resources) {
  return { jobs, resources, parallel: true, maxWorkers, onFailure: 'continue' };
}
