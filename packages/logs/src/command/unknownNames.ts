import { CommandError, nearest } from '@executioner/core';

/** Names that are remembered to tell what there is instead. */
const namesMax = 10_000;
const namesShown = 8;

/** Names that occur where one is looked for. */
export interface SeenNames {
  add(name: string): void;
  has(name: string): boolean;
  all(): readonly string[];
}

/** None yet. */
export function seenNames(): SeenNames {
  const seen = new Set<string>();
  return {
    add(name) {
      if (seen.size < namesMax) seen.add(name);
    },
    has: (name) => seen.has(name),
    all: () => [...seen],
  };
}

/** That nothing has a name which was asked for: with the nearest one, or what there is. `what`: `run has a job`. */
export function unknownName(what: string, name: string, names: readonly string[]): CommandError {
  const meant = nearest(name, names);
  const some = `${names.slice(0, namesShown).join(', ')}${names.length > namesShown ? ' …' : ''}`;
  const hint =
    meant !== undefined ? `did you mean "${meant}"?` : some === '' ? undefined : `there are ${some}`;
  return new CommandError('NO_RUNS', `no ${what} "${name}"`, hint === undefined ? {} : { hint });
}
