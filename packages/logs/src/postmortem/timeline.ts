import { countOf, formatDuration, visibleText } from '@executioner/report';
import { causesOf } from '../failures/index.ts';
import { hasFailed, type JobRecord, type RunRecord, type RunStop } from '../runs/index.ts';
import type { TimelineEntry } from './model.ts';

/** Names in one entry. */
const namesMax = 4;

/** What happened when, as far as it matters: every try of a failed job; of the others only how many, between two entries. */
export function timelineOf(run: RunRecord): TimelineEntry[] {
  const startMs = run.startedAtMs;
  const events: Event[] = [
    {
      atMs: startMs,
      tone: 'muted',
      text: run.attempts > 1 ? 'the first attempt started' : 'the run started',
    },
    ...run.jobs.filter(({ status }) => status === 'succeeded' || status === 'cancelled').flatMap(eventOfEnd),
    ...run.jobs.filter(hasFailed).flatMap(eventsOfFailure),
    ...skips(run),
    ...stop(run),
  ];
  if (run.endedAtMs !== undefined) {
    const tone = run.outcome === 'succeeded' ? 'good' : 'bad';
    events.push({ atMs: run.endedAtMs, tone, text: `the run ${run.outcome ?? 'ended'}` });
  }
  return merged(
    events
      .map((event, order) => ({ event, order }))
      .sort(byTime)
      .map(({ event }) => event),
  );
}

interface Event extends TimelineEntry {
  /** Events with one verb side by side are told together. */
  readonly verb?: string;
  readonly job?: string;
}

function byTime(a: { event: Event; order: number }, b: { event: Event; order: number }): number {
  return a.event.atMs - b.event.atMs || a.order - b.order;
}

function eventsOfFailure(job: JobRecord): Event[] {
  const id = visibleText(job.id);
  if (job.tries.length === 0)
    return [{ atMs: job.endedAtMs ?? job.startedAtMs ?? 0, tone: 'bad', text: `${id}: ${statusText(job)}` }];
  const several = job.tries.length > 1;
  return job.tries.flatMap((each, index): Event[] => {
    const name = several ? `${id}, try ${index + 1}` : id;
    const isLast = index === job.tries.length - 1;
    const waits = each.delayMs === undefined ? '' : `; retried after ${formatDuration(each.delayMs)}`;
    const end = endText(job, index);
    return [
      { atMs: each.startedAtMs, tone: 'muted', text: `${name} started` },
      ...(each.endedAtMs === undefined
        ? []
        : [
            {
              atMs: each.endedAtMs,
              tone: isLast ? 'bad' : 'warning',
              text: `${name}: ${end}${waits}`,
            } as const,
          ]),
    ];
  });
}

function endText(job: JobRecord, index: number): string {
  const { exitCode, signal, error, status } = job.tries[index]!;
  if (error !== undefined) return `could not be started: ${visibleText(error)}`;
  if (status === 'timed_out') return 'ran into its time limit';
  if (signal !== undefined) return `killed by ${signal}`;
  const isChecked = index === job.tries.length - 1 && job.failedChecks.length > 0;
  if (isChecked) return statusText(job);
  return exitCode === undefined ? statusText(job) : `failed with exit code ${exitCode}`;
}

function statusText({ status, failedChecks }: JobRecord): string {
  const names = failedChecks.map(({ name }) => visibleText(name)).join(', ');
  if (status === 'precheck_failed') return `pre-check ${names} failed`;
  if (status === 'postcheck_failed') return `post-check ${names} failed`;
  return status.replace('_', ' ');
}

function eventOfEnd({ id, status, endedAtMs }: JobRecord): Event[] {
  if (endedAtMs === undefined) return [];
  const tone = status === 'succeeded' ? 'good' : 'warning';
  return [{ atMs: endedAtMs, tone, text: '', verb: status, job: visibleText(id) }];
}

function skips(run: RunRecord): Event[] {
  return causesOf(run).roots.flatMap(({ job, skipped }): Event[] => {
    if (skipped.length === 0) return [];
    const names = listed(skipped.map(({ id }) => visibleText(id)));
    const text = `${countOf(skipped.length, 'job')} skipped because of ${visibleText(job.id)}: ${names}`;
    return [{ atMs: job.endedAtMs ?? run.startedAtMs, tone: 'warning', text }];
  });
}

function stop(run: RunRecord): Event[] {
  const { stopped, laterStops = [] } = run;
  if (stopped === undefined) return [];
  const left = run.jobs.filter(({ status, reason }) => status === 'skipped' && reason === 'stopped').length;
  const first =
    left === 0 ? [] : [stopEvent(stopped, run, `stopped the run: ${countOf(left, 'job')} not started`)];
  const later = (left === 0 ? [stopped, ...laterStops] : laterStops).filter(({ why }) => why !== 'failure');
  return [...first, ...later.map((each) => stopEvent(each, run, 'ended what was running'))];
}

function stopEvent({ why, by, job, atMs }: RunStop, { jobs, startedAtMs }: RunRecord, what: string): Event {
  const cause = job === undefined ? (by ?? why) : `the failure of ${visibleText(job)}`;
  const failedAtMs = jobs.find(({ id }) => id === job)?.endedAtMs;
  return { atMs: atMs ?? failedAtMs ?? startedAtMs, tone: 'warning', text: `${cause} ${what}` };
}

/** Ends of the same kind side by side become one entry. */
function merged(events: readonly Event[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  for (let i = 0; i < events.length; ) {
    const { verb, atMs, tone, text } = events[i]!;
    let j = i + 1;
    while (verb !== undefined && events[j]?.verb === verb) j += 1;
    const names = events.slice(i, j).map(({ job = '' }) => job);
    if (verb === undefined) entries.push({ atMs, tone, text });
    else
      entries.push({
        atMs: events[j - 1]!.atMs,
        tone,
        text: `${countOf(names.length, 'job')} ${verb}: ${listed(names)}`,
      });
    i = j;
  }
  return entries;
}

/** The first names, and how many more there are. */
export function listed(names: readonly string[]): string {
  if (names.length <= namesMax + 1) return names.join(', ');
  return `${names.slice(0, namesMax).join(', ')} and ${names.length - namesMax} more`;
}
