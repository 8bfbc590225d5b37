import type { Configuration, Job } from '@executioner/core';

/** What a job takes besides a worker. Jobs that take the same share one demand. */
export interface Demand {
  /** Pool numbers, ascending. */
  readonly pools: readonly number[];
  /** The amount of each pool. */
  readonly amounts: readonly number[];
}

export interface Demands {
  /** Resource pools by name, then the locks, which are pools of one. */
  readonly poolNames: readonly string[];
  readonly capacities: Float64Array;
  /** Demand 0 takes nothing. */
  readonly demands: readonly Demand[];
  /** The demand of each job. */
  readonly demandOf: Int32Array;
}

/**
 * The distinct demands of the jobs, numbered in the order of the jobs that have them.
 * Throws an internal error when a job wants more than a pool holds: validation refuses that.
 */
export function distinctDemands(configuration: Configuration, jobs: readonly Job[]): Demands {
  const pools = poolTable(configuration, jobs);
  const demands: Demand[] = [{ pools: [], amounts: [] }];
  const numberByKey = new Map<string, number>([['', 0]]);
  const demandOf = new Int32Array(jobs.length);
  jobs.forEach((job, index) => {
    const demand = demandOfJob(job, pools);
    const key = demand.pools.map((pool, i) => `${pool}:${demand.amounts[i]}`).join(' ');
    const known = numberByKey.get(key);
    demandOf[index] = known ?? demands.length;
    if (known === undefined) {
      numberByKey.set(key, demands.length);
      demands.push(demand);
    }
  });
  return { poolNames: pools.names, capacities: Float64Array.from(pools.capacities), demands, demandOf };
}

interface PoolTable {
  readonly names: readonly string[];
  readonly capacities: readonly number[];
  readonly numberByResource: ReadonlyMap<string, number>;
  readonly numberByLock: ReadonlyMap<string, number>;
}

function poolTable(configuration: Configuration, jobs: readonly Job[]): PoolTable {
  const resources = Object.keys(configuration.resources);
  const locks = [...new Set(jobs.flatMap((job) => job.locks))];
  return {
    names: [...resources, ...locks],
    capacities: [...resources.map((name) => configuration.resources[name] ?? 0), ...locks.map(() => 1)],
    numberByResource: new Map(resources.map((name, index) => [name, index])),
    numberByLock: new Map(locks.map((name, index) => [name, resources.length + index])),
  };
}

function demandOfJob(job: Job, table: PoolTable): Demand {
  const amountByPool = new Map<number, number>();
  for (const [name, amount] of Object.entries(job.resources)) {
    const pool = table.numberByResource.get(name);
    if (pool === undefined || amount > table.capacities[pool]!)
      throw new Error(
        `Internal error: job "${job.id}" wants ${amount} of "${name}", which is more than there is`,
      );
    if (amount > 0) amountByPool.set(pool, amount);
  }
  for (const lock of job.locks) amountByPool.set(table.numberByLock.get(lock)!, 1);
  const pools = [...amountByPool.keys()].sort((a, b) => a - b);
  return { pools, amounts: pools.map((pool) => amountByPool.get(pool)!) };
}
