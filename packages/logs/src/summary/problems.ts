import type { LoggedProblem } from '@executioner/engine';
import type { ProblemGroup } from './model.ts';

/** Groups equal warnings and errors; of very many different ones the rarest and oldest are forgotten. */
export interface ProblemTally {
  add(problem: LoggedProblem): void;
  /** The latest last. */
  groups(): ProblemGroup[];
}

/** From so many on most are forgotten, of which these are kept. */
const groupsMax = 2500;
const groupsKept = 500;

export function problemTally(): ProblemTally {
  /** By level and message: joined into one key they would have to be hashed anew for each line. */
  const byLevel = new Map<ProblemGroup['level'], Map<string, Group>>();
  let all: Group[] = [];

  function groupsOf(level: ProblemGroup['level']): Map<string, Group> {
    let groups = byLevel.get(level);
    if (groups === undefined) {
      groups = new Map();
      byLevel.set(level, groups);
    }
    return groups;
  }

  function forgetMost(): void {
    const repeated = all
      .filter(({ count }) => count > 1)
      .sort(byCountAndTime)
      .slice(-groupsKept);
    const single = all.filter(({ count }) => count === 1);
    // In the order in which they came, which is mostly that of time: to sort them all takes as long as to read their lines.
    all = [...single.slice(single.length - groupsKept + repeated.length), ...repeated];
    byLevel.clear();
    for (const group of all) groupsOf(group.level).set(group.message, group);
  }

  return {
    add({ atMs, level, message, job }) {
      const groups = groupsOf(level);
      const known = groups.get(message);
      if (known === undefined) {
        const group = { level, message, job, count: 1, firstAtMs: atMs, lastAtMs: atMs };
        groups.set(message, group);
        all.push(group);
        if (all.length > groupsMax) forgetMost();
        return;
      }
      known.job = job;
      known.count += 1;
      known.firstAtMs = Math.min(known.firstAtMs, atMs);
      known.lastAtMs = Math.max(known.lastAtMs, atMs);
    },
    groups: () => {
      if (all.length > groupsKept) forgetMost();
      return [...all].sort(byTime);
    },
  };
}

type Group = { -readonly [K in keyof ProblemGroup]: ProblemGroup[K] };

function byCountAndTime(a: Group, b: Group): number {
  return a.count - b.count || a.lastAtMs - b.lastAtMs;
}

function byTime(a: Group, b: Group): number {
  return a.lastAtMs - b.lastAtMs;
}
