import type { RealDriver } from '../drivers/index.ts';
import type { Command, Plan } from '../scheduler/index.ts';
import type { Run } from './run.ts';

export type RunCommands = Pick<
  Run,
  'pause' | 'resume' | 'cancel' | 'kill' | 'skip' | 'retry' | 'setWorkers' | 'modify'
>;

/** What a person may ask of a run, as inputs of its driver. */
export function runCommands({ numberById }: Plan, take: RealDriver['take']): RunCommands {
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
    modify: (job, patch, by = 'user') => command({ kind: 'modify', job: numberOf(job), patch, by }),
  };
}
