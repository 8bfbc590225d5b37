import { type Configuration, isSecretName, type Job } from '@executioner/core';
import type { RealDriver } from '../drivers/index.ts';
import type { Event } from '../journal/index.ts';
import { type Masker, maskDeep } from '../output/index.ts';
import { hashText, type Plan } from '../scheduler/index.ts';
import { type CheckedPatch, checkedPatch, type JobPatch, patchedJob } from './jobPatch.ts';

/** The jobs of a run as they are now: people may change those that have not started. */
export interface PresentJobs {
  /** By number. */
  readonly jobs: readonly Job[];
  /** Asks for a change. @throws RangeError when the patch will not do. */
  modify(job: number, patch: JobPatch, by: string): void;
  /** Makes the changes that were decided. */
  take(events: readonly Event[]): void;
  /** The events as they may be shown and kept, secrets masked. */
  shown(events: readonly Event[]): readonly Event[];
}

export interface PresentJobsOptions {
  readonly configuration: Configuration;
  readonly plan: Plan;
  readonly masker: Masker;
  readonly definitionHash: (job: Job) => string;
  readonly take: RealDriver['take'];
}

export function presentJobs(options: PresentJobsOptions): PresentJobs {
  const { configuration, plan, masker, definitionHash, take } = options;
  const jobs = [...plan.jobs];
  /** With changes that are asked for and will be decided on in this turn of the event loop. */
  const drafts = new Map<number, Job>();

  function assertMasked(variables: Readonly<Record<string, string>> = {}): void {
    for (const [name, value] of Object.entries(variables)) {
      if (isSecretName(name, configuration.secrets) && masker(value) === value) {
        throw new RangeError(
          `"${name}" is a secret: a new value would not be masked in what this run writes`,
        );
      }
    }
  }

  return {
    jobs,
    modify(job, asked, by) {
      const patch = checkedPatch({ ...asked });
      assertMasked(patch.env_variables);
      const draft = patchedJob(drafts.get(job) ?? jobs[job]!, patch);
      drafts.set(job, draft);
      const hashes = { commandHash: hashText(draft.command), definitionHash: definitionHash(draft) };
      take({ type: 'command', command: { kind: 'modify', job, patch: { ...patch }, ...hashes, by } });
      setImmediate(() => drafts.delete(job));
    },
    take(events) {
      for (const event of events) {
        if (event.type === 'job.modified')
          jobs[event.job] = patchedJob(jobs[event.job]!, event.patch as CheckedPatch);
      }
    },
    shown(events) {
      if (!events.some(({ type }) => type === 'job.modified' || type === 'job.failed_to_start'))
        return events;
      return events.map((event) => {
        if (event.type === 'job.modified') return { ...event, patch: maskDeep(event.patch, masker) };
        if (event.type === 'job.failed_to_start') return { ...event, error: maskDeep(event.error, masker) };
        return event;
      });
    },
  };
}
