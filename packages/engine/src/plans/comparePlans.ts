import { formatDuration } from '@executioner/core';
import type { PlanDocument, PlannedJob } from './planDocument.ts';

/** Something that is not as it was planned. */
export interface PlanDifference {
  /** Absent: it concerns the run as a whole. */
  readonly job?: string;
  /** `command changed: …`; without a full stop. */
  readonly message: string;
}

/**
 * What differs between a plan and what would run now, the run first, then the jobs in the order of the plan; empty when
 * exactly what was planned would run.
 */
export function comparePlans(planned: PlanDocument, present: PlanDocument): PlanDifference[] {
  const differences = [...wholeDifferences(planned, present)];
  const presentJobs = new Map(present.jobs.map((job) => [job.id, job]));
  for (const job of planned.jobs) {
    const now = presentJobs.get(job.id);
    if (now === undefined)
      differences.push({ job: job.id, message: 'it is in the plan, and not in the configuration' });
    else for (const message of jobDifferences(job, now)) differences.push({ job: job.id, message });
    presentJobs.delete(job.id);
  }
  for (const id of presentJobs.keys()) {
    differences.push({ job: id, message: 'it is in the configuration, and not in the plan' });
  }
  if (differences.length === 0 && planned.hash !== present.hash) {
    differences.push({
      message: 'something that decides the order of jobs, their retries or their limits has changed',
    });
  }
  return differences;
}

function* wholeDifferences(planned: PlanDocument, present: PlanDocument): Generator<PlanDifference> {
  for (const [key, name] of [
    ['application', 'the name of the application'],
    ['workers', 'the number of workers'],
    ['on_failure', 'what follows a failure'],
  ] as const) {
    if (planned[key] !== present[key])
      yield { message: `${name} changed: ${shown(planned[key])}, now ${shown(present[key])}` };
  }
}

const names: Readonly<Record<Exclude<keyof PlannedJob, 'id' | 'definition_hash' | 'estimate_ms'>, string>> = {
  action: 'what happens to it',
  command: 'command',
  working_dir: 'working folder',
  shell: 'shell',
  environment: 'names of variables',
  dependencies: 'dependencies',
  pre_checks: 'pre-checks',
  post_checks: 'post-checks',
  limit_ms: 'time limit',
  warn_ms: 'time limit warning',
  no_output_ms: 'limit of silence',
  grace_ms: 'grace period',
  max_retries: 'retries',
  retry_delay_ms: 'wait before a retry',
  retry_backoff: 'growth of the waits',
  retry_jitter: 'jitter of the waits',
  max_retry_time_ms: 'time for retries',
  retry_on_status: 'failures that are retried',
  retry_on_exit_codes: 'exit codes that are retried',
  priority: 'priority',
  resources: 'resources',
  locks: 'locks',
  allow_failure: 'leave to fail',
};

/** What the definition hash covers, as far as a plan shows it. */
const defining: ReadonlySet<string> = new Set<keyof typeof names>([
  'command',
  'working_dir',
  'shell',
  'environment',
  'dependencies',
  'pre_checks',
  'post_checks',
]);

function jobDifferences(planned: PlannedJob, present: PlannedJob): string[] {
  const changed = (Object.keys(names) as (keyof typeof names)[]).filter(
    (key) => JSON.stringify(planned[key]) !== JSON.stringify(present[key]),
  );
  const found = changed.map((key) => {
    const unit = key.endsWith('_ms') ? shownTime : shown;
    return `${names[key]} changed: ${unit(planned[key])}, now ${unit(present[key])}`;
  });
  const isHidden = planned.definition_hash !== present.definition_hash;
  if (isHidden && !changed.some((key) => defining.has(key)))
    found.push('the value of a variable changed, or the plan comes from another state folder');
  return found;
}

/** `7s`; no time at all reads as none. */
function shownTime(timeMs: unknown): string {
  return timeMs === 0 ? 'none' : formatDuration(timeMs as number);
}

const shownLength = 120;

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= shownLength ? text : `${text.slice(0, shownLength - 1)}…`;
}
