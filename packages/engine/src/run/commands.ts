import type { RealDriver } from '../drivers/index.ts';
import type { Command, Plan } from '../scheduler/index.ts';
import type { PresentJobs } from './presentJobs.ts';
import type { Run } from './run.ts';

export type RunCommands = Pick<
  Run,
  | 'pause'
  | 'resume'
  | 'cancel'
  | 'kill'
  | 'skip'
  | 'retry'
  | 'mark'
  | 'hold'
  | 'release'
  | 'approve'
  | 'reject'
  | 'setWorkers'
  | 'modify'
>;

/** What a person may ask of a run, as inputs of its driver. */
export function runCommands(
  { numberById }: Plan,
  take: RealDriver['take'],
  modify: PresentJobs['modify'],
): RunCommands {
  const command = (value: Command) => take({ type: 'command', command: value });
  const numberOf = (job: string) => {
    const number = numberById.get(job);
    if (number === undefined) throw new RangeError(`there is no job "${job}" in this run`);
    return number;
  };
  return {
    pause: (by = 'user') => command({ kind: 'pause', by }),
    resume: (by = 'user') => command({ kind: 'resume', by }),
    cancel: (by = 'user') => command({ kind: 'cancel', by }),
    kill: (by = 'user') => command({ kind: 'kill', by }),
    skip: (job, by = 'user') => command({ kind: 'skip', job: numberOf(job), by }),
    retry: (job, by = 'user') => command({ kind: 'retry', job: numberOf(job), by }),
    setWorkers: (workers, by = 'user') => command({ kind: 'workers', workers, by }),
    mark: (job, by = 'user') => command({ kind: 'mark', job: numberOf(job), by }),
    hold: (job, by = 'user') => command({ kind: 'hold', job: numberOf(job), by }),
    release: (job, by = 'user') => command({ kind: 'release', job: numberOf(job), by }),
    approve: (job, by = 'user') => command({ kind: 'approve', job: numberOf(job), by }),
    reject: (job, by = 'user') => command({ kind: 'reject', job: numberOf(job), by }),
    modify: (job, patch, by = 'user') => modify(numberOf(job), patch, by),
  };
}
