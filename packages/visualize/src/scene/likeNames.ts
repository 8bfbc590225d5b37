import { visibleText } from '@executioner/report';
import { withoutCycles } from '../layout/acyclic.ts';
import { longestPathLayers } from '../layout/layering/longestPath.ts';
import type { Picture } from '../picture/picture.ts';

const digits = /\d+/g;

/**
 * A key for each job, the same for jobs that differ in the digits of their ids alone, are as deep in the graph, and run
 * under the same conditions in the same group: the calls of one step for many inputs. No job waits for another of its kind.
 * Cost: O(n + m).
 */
export function kindsOf({ jobs, dependencies }: Picture): string[] {
  const conditions = jobs.map(() => new Set<string>());
  for (const { to, when } of dependencies) conditions[to]!.add(when);
  const between = dependencies.filter(({ from, to }) => from !== to);
  const { edges } = withoutCycles({
    nodeCount: jobs.length,
    tail: Int32Array.from(between, ({ from }) => from),
    head: Int32Array.from(between, ({ to }) => to),
  });
  const depths = longestPathLayers(edges);
  return jobs.map(({ id, group }, job) =>
    [depths[job], group, [...conditions[job]!].sort().join(), id.replace(digits, '#')].join('|'),
  );
}

/** What ids that differ in digits alone have in common: `align_*_s2` for `align_1_s2` and `align_14_s2`. */
export function commonName(ids: readonly string[]): string {
  const [first = ''] = ids;
  const numbers = ids.map((id) => id.match(digits) ?? []);
  let place = 0;
  const name = first.replace(digits, (number) => {
    const at = place++;
    return numbers.every((own) => own[at] === number) ? number : '*';
  });
  return visibleText(name);
}
