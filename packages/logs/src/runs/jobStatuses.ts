import { outcomeNames } from '@executioner/core';
import type { JobStatus } from '@executioner/report';

/** All statuses a job can have. The code of a status is its place here; that of an outcome is its place among the outcomes. */
export const jobStatuses: readonly JobStatus[] = [...outcomeNames, 'waiting', 'running'];

const codes: ReadonlyMap<JobStatus, number> = new Map(jobStatuses.map((status, code) => [status, code]));

export function statusCode(status: JobStatus): number {
  return codes.get(status)!;
}

/** How many jobs have each status; none is left out but zeros. */
export type StatusCounts = Readonly<Partial<Record<JobStatus, number>>>;

/** Counts jobs by the codes of their statuses. */
export class StatusTally {
  readonly #counts: number[] = new Array(jobStatuses.length).fill(0);

  add(code: number, count = 1): void {
    this.#counts[code]! += count;
  }

  clear(): void {
    for (let code = 0; code < this.#counts.length; code++) this.#counts[code] = 0;
  }

  addAll(other: StatusTally): void {
    for (let code = 0; code < this.#counts.length; code++) this.#counts[code]! += other.#counts[code]!;
  }

  /** In the order of the codes. */
  counts(): StatusCounts {
    const found: Partial<Record<JobStatus, number>> = {};
    for (let code = 0; code < this.#counts.length; code++)
      if (this.#counts[code]! > 0) found[jobStatuses[code]!] = this.#counts[code]!;
    return found;
  }
}
