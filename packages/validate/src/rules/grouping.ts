import { formatCount } from '@executioner/core';
import type { FindingPlace } from './findingPlace.ts';
import type { Finding, Replacement } from './rule.ts';
import type { Subject } from './subject.ts';

/** One occurrence of the same matter. */
export interface Occurrence {
  readonly job: string;
  readonly place: FindingPlace;
}

/** What is said of a group. */
export interface Description extends Pick<Finding, 'message' | 'hint'> {
  /** What was likely meant at all of its places. */
  readonly meant?: Pick<Replacement, 'from' | 'to'> | undefined;
}

const shownJobs = 3;

/**
 * Gathers what would be the same finding at many places, such as a program that is missing for a hundred jobs, so that
 * it is told once: at the first place, with the number of jobs and a few more places.
 */
export class Grouping<Detail> {
  readonly #groups = new Map<string, { readonly detail: Detail; readonly occurrences: Occurrence[] }>();

  readonly #subject: Subject;
  readonly #code: string;

  constructor(subject: Subject, code: string) {
    this.#subject = subject;
    this.#code = code;
  }

  /** `also`: another name of the code, by which the author of the file may have wished not to hear of it. */
  add(key: string, detail: Detail, occurrence: Occurrence, also: readonly string[] = []): void {
    if (this.#subject.options.isIgnored([this.#code, ...also], occurrence.place)) return;
    const known = this.#groups.get(key);
    if (known === undefined) this.#groups.set(key, { detail, occurrences: [occurrence] });
    else known.occurrences.push(occurrence);
  }

  /** Reports a finding for each group, made by `describe` from its detail and `who`: `job "a"`, or `3 jobs ("a", "b", "c")`. */
  report(
    report: (finding: Finding) => void,
    describe: (detail: Detail, who: string, isOne: boolean) => Description,
  ): void {
    for (const { detail, occurrences } of this.#groups.values()) {
      const [first, ...others] = occurrences as [Occurrence, ...Occurrence[]];
      const jobs = [...new Set(occurrences.map(({ job }) => job))];
      const { meant, ...description } = describe(detail, nameJobs(jobs), jobs.length === 1);
      report({
        ...description,
        ...(meant && { replacement: { ...meant, places: occurrences.map(({ place }) => place) } }),
        place: first.place,
        job: first.job,
        related: others.slice(0, shownJobs - 1).map(({ job, place }) => ({
          message: job === first.job ? 'also here' : `also in job "${job}"`,
          place,
        })),
      });
    }
  }
}

function nameJobs(jobs: readonly string[]): string {
  if (jobs.length === 1) return `job "${jobs[0]}"`;
  const named = jobs
    .slice(0, shownJobs)
    .map((job) => `"${job}"`)
    .join(', ');
  return `${formatCount(jobs.length)} jobs (${named}${jobs.length > shownJobs ? ' …' : ''})`;
}
