import type { JournalEvent } from '../journal/index.ts';

/** How far a run has come. */
export interface Progress {
  readonly total: number;
  readonly done: number;
  /** Not those that were allowed to. */
  readonly failed: number;
  /** Jobs with a process or a check under way, the longest-running first. */
  readonly running: readonly string[];
  readonly locking: number;
  readonly retrying: number;
  readonly approving: number;
  readonly state: 'going' | 'paused' | 'stopping';
}

/** The fold from events to the progress. */
export interface ProgressFold {
  take(event: JournalEvent): void;
  progress(): Progress;
}

type Activity = 'running' | 'locking' | 'retrying' | 'approving';

/** Folds the events of one attempt. */
export function progressFold(): ProgressFold {
  const active = new Map<string, Activity>();
  let total = 0;
  let done = 0;
  const failed = new Set<string>();
  let paused = false;
  let stopping = false;

  const enter = (job: string, activity: Activity) => {
    if (active.get(job) === activity) return;
    active.delete(job);
    active.set(job, activity);
  };
  const end = (job: string) => {
    active.delete(job);
    done++;
  };

  return {
    take(event) {
      switch (event.type) {
        case 'run.started':
          total = event.jobs;
          return;
        case 'run.paused':
        case 'run.resumed':
          paused = event.type === 'run.paused';
          return;
        case 'run.stopping':
          stopping = true;
          return;
        case 'lock.requested':
          return enter(event.job, 'locking');
        case 'check.started':
        case 'job.starting':
        case 'job.adopted':
          return enter(event.job, 'running');
        case 'job.retrying':
          return enter(event.job, 'retrying');
        case 'job.approving':
          return enter(event.job, 'approving');
        case 'job.due':
        case 'job.approved':
          active.delete(event.job);
          return;
        case 'job.finished':
          if (event.status !== 'succeeded' && event.status !== 'cancelled' && event.reason !== 'allowed')
            failed.add(event.job);
          return end(event.job);
        case 'job.skipped':
        case 'job.kept':
        case 'job.marked':
          return end(event.job);
        case 'job.reset':
          failed.delete(event.job);
          done--;
      }
    },
    progress() {
      const jobs = [...active];
      const count = (wanted: Activity) => jobs.filter(([, activity]) => activity === wanted).length;
      return {
        total,
        done,
        failed: failed.size,
        running: jobs.flatMap(([job, activity]) => (activity === 'running' ? [job] : [])),
        locking: count('locking'),
        retrying: count('retrying'),
        approving: count('approving'),
        state: stopping ? 'stopping' : paused ? 'paused' : 'going',
      };
    },
  };
}
