import { formatDuration, statusLook, type TimelineBar, visibleText } from '@executioner/report';
import type { JobRecord, RunRecord } from '../runs/index.ts';

/** More bars than these are no picture, though those that are too narrow are drawn as one. */
const barsMax = 20_000;
const lanesMax = 40;

/** The jobs of a run as bars; each goes into the first lane that is free at its start. */
export function lanesOf(run: RunRecord): TimelineBar[][] {
  const bars = run.jobs
    .flatMap((job) => barOf(job, run.startedAtMs))
    .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  if (bars.length === 0 || bars.length > barsMax) return [];
  const lanes: TimelineBar[][] = [];
  for (const bar of bars) {
    const free = lanes.find((lane) => lane.at(-1)!.endMs <= bar.startMs);
    if (free === undefined) lanes.push([bar]);
    else free.push(bar);
  }
  return lanes.length > lanesMax ? [] : lanes;
}

function barOf(job: JobRecord, originMs: number): TimelineBar[] {
  const { id, status, reason, startedAtMs, endedAtMs } = job;
  if (startedAtMs === undefined || endedAtMs === undefined) return [];
  const { word, tone } = statusLook(status, reason);
  const label = visibleText(id);
  const title = `${label}: ${word}, +${formatDuration(startedAtMs - originMs)}, ${formatDuration(endedAtMs - startedAtMs)}`;
  return [{ label, title, startMs: startedAtMs - originMs, endMs: endedAtMs - originMs, tone }];
}
