import type { Dag } from '@executioner/core';
import {
  attemptFacts,
  formatDuration,
  type JobReport,
  jobRow,
  type RunReport,
  runVerdict,
  statusLook,
  timelineLanes,
  tryLines,
  visibleText,
} from '@executioner/report';
import type { JobPicture, PictureAttempt, PictureBar, PictureRun, PictureWait } from './picture.ts';

/** How a job stands in a run. */
export function pictureOfJob(job: JobReport, log: readonly string[] | undefined): JobPicture {
  const { look, note, exit } = jobRow(job);
  const tries = job.tries.filter((each) => each.try > 0).length;
  return {
    word: look.word,
    glyph: look.glyph,
    tone: look.tone,
    note,
    exit,
    tries,
    ...(job.startMs === undefined ? {} : { startMs: job.startMs }),
    ...(job.durationMs === undefined ? {} : { durationMs: job.durationMs }),
    lines: job.tries.flatMap((each) => tryLines(job, each)),
    ...(log === undefined || log.length === 0 ? {} : { log }),
  };
}

export interface RunPictureOptions {
  /** The zone of the times shown. */
  readonly timeZone: string;
  /** Whether `dag` has the dependencies: a log alone does not tell them, and so not since when a job could have run. */
  readonly areDependenciesKnown: boolean;
}

/** A run with its lanes of workers; jobs are numbered as in `dag`, and bars of others are left out. Cost: O(n log n + m). */
export function pictureOfRun(
  report: RunReport,
  dag: Dag,
  { timeZone, areDependenciesKnown }: RunPictureOptions,
): PictureRun {
  const { text, tone } = runVerdict(report);
  const last = report.attempts.at(-1)!;
  return {
    name: report.run === 0 ? 'A run' : `Run ${report.run}`,
    verdict: text,
    tone,
    facts: attemptFacts(last, timeZone).filter(([term]) => term !== 'executioner'),
    attempts: report.attempts.map(({ attempt, durationMs, workers }) => ({
      attempt,
      durationMs,
      ...(workers === undefined ? {} : { workers }),
      ...barsOf(report, dag, attempt, areDependenciesKnown ? readyTimes(report, dag, attempt) : []),
    })),
  };
}

function barsOf(
  report: RunReport,
  dag: Dag,
  attempt: number,
  readyMs: readonly (number | undefined)[],
): Pick<PictureAttempt, 'lanes' | 'waits'> {
  const tries = new Map(
    report.jobs.map(({ id, tries: all }) => [id, all.filter((each) => each.attempt === attempt)]),
  );
  const lanes = timelineLanes(report, attempt).map((lane) =>
    lane.flatMap((bar): PictureBar[] => {
      const job = dag.numberById.get(bar.job);
      if (job === undefined) return [];
      const look = statusLook(bar.status ?? 'running', bar.reason);
      const own = tries.get(bar.job) ?? [];
      const isFirst = own[0]?.startMs === bar.startMs;
      return [
        {
          job,
          try: bar.try,
          tries: own.length,
          startMs: bar.startMs,
          endMs: bar.endMs,
          word: look.word,
          tone: look.tone,
          waitedMs: isFirst ? Math.max(0, bar.startMs - (readyMs[job] ?? bar.startMs)) : 0,
        },
      ];
    }),
  );
  return { lanes: lanes.filter((lane) => lane.length > 0), waits: waitsOf(report, dag, attempt, readyMs) };
}

/** When the last dependency of each job had ended: from then on it waited for a worker. */
function readyTimes(report: RunReport, dag: Dag, attempt: number): (number | undefined)[] {
  const endMs = new Map<string, number>();
  for (const job of report.jobs) {
    const last = job.tries.findLast((each) => each.attempt === attempt);
    if (last?.endMs !== undefined) endMs.set(job.id, last.endMs);
  }
  const { offsets, values } = dag.dependencies;
  return dag.ids.map((_, job) => {
    let ready = 0;
    for (let k = offsets[job]!; k < offsets[job + 1]!; k++) {
      ready = Math.max(ready, endMs.get(dag.ids[values[k]!]!) ?? 0);
    }
    return ready;
  });
}

function waitsOf(
  report: RunReport,
  dag: Dag,
  attempt: number,
  readyMs: readonly (number | undefined)[],
): PictureWait[] {
  return report.jobs.flatMap(({ id, tries }) => {
    const job = dag.numberById.get(id);
    const own = tries.filter((each) => each.attempt === attempt);
    if (job === undefined || own.length === 0) return [];
    const waits: PictureWait[] = [];
    const ready = readyMs[job];
    if (ready !== undefined && own[0]!.startMs > ready)
      waits.push({ job, startMs: ready, endMs: own[0]!.startMs, why: 'worker' });
    for (const [k, each] of own.slice(1).entries()) {
      const before = own[k]!.endMs;
      if (before !== undefined && each.startMs > before) {
        waits.push({ job, startMs: before, endMs: each.startMs, why: 'retry' });
      }
    }
    return waits;
  });
}

/** `3.4s after 1.2s of waiting`, for tooltips. */
export function barTitle(id: string, bar: PictureBar): string {
  const tried = bar.tries > 1 ? `, try ${bar.try} of ${bar.tries}` : '';
  const waited = bar.waitedMs >= 1 ? `, waited ${formatDuration(bar.waitedMs)}` : '';
  const took = formatDuration(bar.endMs - bar.startMs);
  return `${visibleText(id)}${tried}: ${bar.word}, +${formatDuration(bar.startMs)}, ${took}${waited}`;
}
