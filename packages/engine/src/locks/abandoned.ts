import { join } from 'node:path';
import { findFates, type LaunchFate } from '../launcher/index.ts';
import { liveness, type ProcessIdentity } from '../runs/index.ts';
import type { Claim, LockHolder } from './claimFolder.ts';

/** Tells claims that stand for nothing any more: they may be passed over, for good. */
export interface Mourner {
  isAbandoned(claim: Claim): Promise<boolean>;
}

/**
 * A claim is abandoned when its engine is gone and the job that it was made for is over too: a job may outlive its
 * engine under the launcher. Claims from other machines are never taken for abandoned: nobody here can say.
 */
export function mourner(stateFolder: string): Mourner {
  const survivors = new Map<string, readonly ProcessIdentity[]>();
  return {
    async isAbandoned({ path, holder }) {
      if (holder === undefined) return true;
      if (liveness(holder.engine) !== 'gone') return false;
      if (survivors.get(path)?.some((process) => liveness(process) === 'alive')) return false;
      const processes = await processesOf(holder, stateFolder);
      survivors.set(path, processes);
      return processes.length === 0;
    },
  };
}

/** The processes that a job of a dead engine still has. */
async function processesOf(holder: LockHolder, stateFolder: string): Promise<ProcessIdentity[]> {
  const { run, attempt, job, engine } = holder;
  const runFolder = join(stateFolder, 'runs', `${run}`);
  const fates = await findFates(runFolder, { attempts: [attempt], waitMs: 1000 }).catch(runIsRemoved);
  return (fates?.launched ?? [])
    .filter((launched) => launched.job === job)
    .map(({ token }) => fates!.of(token))
    .filter((fate): fate is LaunchFate & { kind: 'running' } => fate.kind === 'running')
    .map(({ pid, ticks }) => ({ ...engine, pid, ...(ticks === undefined ? {} : { ticks }) }));
}

/** Without the run's folder nothing is known of its processes: as with a run that somebody has pruned. */
function runIsRemoved(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
