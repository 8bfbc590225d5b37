import type { LoggedProblem } from '@executioner/engine';
import type { ProblemGroup } from './model.ts';

/** Groups equal warnings and errors; of very many different ones the rarest and oldest are forgotten. */
export interface ProblemTally {
  add(problem: LoggedProblem): void;
  /** The latest last. */
  groups(): ProblemGroup[];
}

const groupsKept = 500;

export function problemTally(): ProblemTally {
  let groups = new Map<string, ProblemGroup>();
  const ordered = () => [...groups.values()].sort((a, b) => a.lastAtMs - b.lastAtMs);
  return {
    add({ atMs, ...problem }) {
      const key = `${problem.level} ${problem.message}`;
      const known = groups.get(key);
      groups.set(key, {
        ...problem,
        count: (known?.count ?? 0) + 1,
        firstAtMs: Math.min(known?.firstAtMs ?? atMs, atMs),
        lastAtMs: Math.max(known?.lastAtMs ?? atMs, atMs),
      });
      if (groups.size <= 2 * groupsKept) return;
      const kept = ordered().sort((a, b) => a.count - b.count || a.lastAtMs - b.lastAtMs);
      groups = new Map(kept.slice(-groupsKept).map((group) => [`${group.level} ${group.message}`, group]));
    },
    groups: ordered,
  };
}
