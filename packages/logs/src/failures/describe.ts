import { countOf, formatDuration, visibleText } from '@executioner/report';
import { type JobRecord, tryDurationMs } from '../runs/index.ts';
import type { FailureReport } from './failureReport.ts';

/** `exit code 3, 3 tries in 2.1s`: how a job failed, in a few words. */
export function describeEnd({ job, category }: Pick<FailureReport, 'job' | 'category'>): string {
  const last = job.tries.at(-1);
  const how = [howItEnded(job, category.key), ...effort(job)];
  const limit =
    job.status === 'timed_out' && last?.limitMs !== undefined
      ? [`limit ${formatDuration(last.limitMs)}`]
      : [];
  return visibleText([how[0], ...limit, ...how.slice(1)].filter((part) => part !== '').join(', '));
}

function howItEnded({ failedChecks, tries, status }: JobRecord, category: string): string {
  const last = tries.at(-1);
  if (status === 'precheck_failed' || status === 'postcheck_failed') {
    return failedChecks
      .map(({ name, message }) => (message === undefined ? name : `${name}: ${message}`))
      .join('; ');
  }
  if (last?.error !== undefined) return last.error;
  if (status === 'timed_out') return '';
  if (last?.signal !== undefined)
    return category === 'killed' || category === 'crash' ? last.signal : `killed by ${last.signal}`;
  return last?.exitCode === undefined ? '' : `exit code ${last.exitCode}`;
}

function effort({ tries, durationMs }: JobRecord): string[] {
  if (tries.length === 0) return ['not tried'];
  const only = tries.length === 1 ? tryDurationMs(tries[0]!) : undefined;
  // Nought is what a log of whole seconds says of anything short.
  const tookMs = durationMs === 0 ? undefined : (durationMs ?? only);
  if (tries.length === 1) return tookMs === undefined ? [] : [`after ${formatDuration(tookMs)}`];
  return [
    `${countOf(tries.length, 'try', 'tries')}${tookMs === undefined ? '' : ` in ${formatDuration(tookMs)}`}`,
  ];
}
