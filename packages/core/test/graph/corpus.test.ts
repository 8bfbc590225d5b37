import { describe, expect, test } from '@jest/globals';
import {
  criticalPath,
  Dag,
  type GraphJob,
  JobGraph,
  levels,
  maximumAntichain,
  shortestCycles,
  stronglyConnectedComponents,
  transitiveReduction,
} from '../../src/graph/index.ts';
import { corpusTexts, hasCorpus } from '../support/corpus.ts';
import { readDot } from './dot.ts';
import { closure, matchingSize, rowsToArrays } from './naive.ts';

interface CorpusJob extends GraphJob {
  readonly estimated_duration?: number;
}

type Row = Readonly<Record<string, string>>;

const truth = (folder: string, file: RegExp): Row[] =>
  corpusTexts(folder, file).flatMap(({ text }) => {
    const [header, ...lines] = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    return lines.map((cells) => Object.fromEntries(header!.map((name, column) => [name, cells[column]!])));
  });

const texts = (folder: string, ending: RegExp) =>
  new Map(corpusTexts(folder, ending).map(({ file, text }) => [file, text]));

const describeCorpus = hasCorpus ? describe : describe.skip;

describeCorpus('public graphs', () => {
  const configs = new Map([...texts('dags/config', /\.json$/), ...texts('workflows/config', /\.json$/)]);
  const jobsOf = (file: string): CorpusJob[] => JSON.parse(configs.get(file)!).jobs;

  const graphRows = truth('dags', /^truth\.tsv$/);
  const acyclicRows = graphRows.filter((row) => row.is_dag === 'yes');
  const cyclicRows = graphRows.filter((row) => row.is_dag === 'no');
  const timedRows = [
    ...truth('dags', /^truth-debian\.tsv$/).map((row) => ({ file: `dags/${row.config}`, row })),
    ...truth('workflows', /^truth\.tsv$/).map((row) => ({ file: `workflows/config/${row.config}`, row })),
  ];
  const configOf = ({ file }: Row) => `dags/config/${file!.replace(/\.\w+$/, '.json')}`;

  test('are all there', () => {
    expect([acyclicRows.length, cyclicRows.length, timedRows.length]).toEqual([186, 9, 34]);
  });

  test('have the edges, reduction, depth and width published for the acyclic ones', () => {
    const found = acyclicRows.map((row) => ({ ...row, ...shape(jobsOf(configOf(row))) }));
    expect(
      found.map(({ jobs, ...row }) => ({ ...row, nodes: jobs, cyclic_sccs: '0', tred_edges: row.tr_edges })),
    ).toEqual(acyclicRows);
  });

  test('have the edges and cyclic components published for the cyclic ones', () => {
    const dots = texts('dags/graphviz', /\.gv$/);
    const found = cyclicRows.map((row) => {
      const graph = graphFromDot(dots.get(`dags/${row.file}`)!);
      const dependencies = rowsToArrays(graph.dependencies);
      const components = rowsToArrays(stronglyConnectedComponents(graph).members);
      const selfDependent = (job: number) => dependencies[job]!.includes(job);
      expect(shortestCycles(graph).length).toBe(
        components.filter((members) => members.length > 1 || selfDependent(members[0]!)).length,
      );
      // The published figures leave out edges from a node to itself.
      return {
        ...row,
        nodes: String(graph.jobCount),
        edges: String(
          dependencies.flatMap((row, job) => row.filter((dependency) => dependency !== job)).length,
        ),
        cyclic_sccs: String(components.filter((members) => members.length > 1).length),
      };
    });
    expect(found).toEqual(cyclicRows);
  });

  test('have the critical paths published for workflows with durations', () => {
    const found = timedRows.map(({ file, row }) => {
      const jobs = jobsOf(file);
      const { makespan, path, criticalJobs } = criticalPath(
        Dag.from(jobs),
        (job) => jobs[job]!.estimated_duration!,
      );
      const decimals = row.cp_s!.split('.')[1]?.length ?? 0;
      return {
        ...row,
        ...shape(jobs),
        cp_s: makespan.toFixed(decimals),
        cp_jobs: String(path.length),
        zero_slack: String(criticalJobs.length),
      };
    });
    expect(found).toEqual(timedRows.map(({ row }) => row));
  });

  test('have antichains as large as a matching in the closure says', () => {
    for (const file of [...acyclicRows.map(configOf), ...timedRows.map((timed) => timed.file)]) {
      const dag = Dag.from(jobsOf(file));
      if (dag.jobCount > 200) continue;
      const antichain = maximumAntichain(dag);
      const reaches = closure(dag);
      expect(antichain.filter((job) => antichain.some((other) => reaches[job]![other]))).toEqual(
        new Int32Array(0),
      );
      expect({ file, width: antichain.length }).toEqual({
        file,
        width: dag.jobCount - matchingSize(reaches),
      });
    }
  });

  test('of 10,323 Debian packages hold 5,354 of which none needs another', () => {
    const dag = Dag.from(jobsOf('dags/config/debian/sections-science-perl.json'));
    // The figure is confirmed by Hopcroft–Karp matching in the closure, with networkx.
    expect(maximumAntichain(dag).length).toBe(5354);
  });
});

/** The published `width` is the size of the largest level: at most that of the largest antichain. */
function shape(jobs: readonly CorpusJob[]) {
  const dag = Dag.from(jobs);
  const { sizes } = levels(dag);
  return {
    jobs: String(dag.jobCount),
    edges: String(dag.dependencyCount),
    tr_edges: String(transitiveReduction(dag).dag.dependencyCount),
    depth: String(sizes.length),
    width: String(Math.max(...sizes)),
  };
}

function graphFromDot(text: string): JobGraph {
  const { nodes, edges } = readDot(text);
  const dependencies = new Map(nodes.map((node) => [node, [] as string[]]));
  for (const [from, to] of edges) dependencies.get(to)!.push(from);
  return JobGraph.from([...dependencies].map(([id, ids]) => ({ id, dependencies: ids })));
}
