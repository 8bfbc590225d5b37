import { visibleText } from '@executioner/report';
import { withoutCycles } from '../layout/acyclic.ts';
import { longestPathLayers } from '../layout/layering/longestPath.ts';
import type { Picture } from '../picture/picture.ts';

const digits = /\d+/g;

/**
 * A key for each job, the same for jobs of one level that run under the same conditions in the same group; by names, if
 * their ids differ in digits alone, too: the calls of one step for many inputs. No job waits for another of its kind.
 * Cost: O(n + m).
 */
export function kindsOf({ jobs, dependencies }: Picture, by: 'names' | 'levels'): string[] {
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
    [
      depths[job],
      group,
      [...conditions[job]!].sort().join(),
      ...(by === 'names' ? [id.replace(digits, '#')] : []),
    ].join('|'),
  );
}

/** What ids that differ in digits alone have in common: `align_*_s2` for `align_1_s2` and `align_14_s2`. Undefined for others. */
export function commonName(ids: readonly string[]): string | undefined {
  const [first = ''] = ids;
  const pattern = first.replace(digits, '#');
  if (ids.some((id) => id.replace(digits, '#') !== pattern)) return undefined;
  const numbers = ids.map((id) => id.match(digits) ?? []);
  let place = 0;
  const name = first.replace(digits, (number) => {
    const at = place++;
    return numbers.every((own) => own[at] === number) ? number : '*';
  });
  return visibleText(name);
}
