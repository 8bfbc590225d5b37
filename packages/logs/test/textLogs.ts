import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A job of a run that version 1 logged: what it printed, when it ran (seconds from the start), how it ended. */
export interface LoggedTestJob {
  readonly id: string;
  readonly from?: number;
  readonly seconds?: number;
  /** Undefined: it did not run. */
  readonly exitCode?: number | undefined;
  readonly output?: readonly string[];
}

/** Logs as version 1 writes them, in UTC: of a run, and of each of its jobs. Runs start a day after each other. */
export function writeTextLogs(
  folder: string,
  run: number,
  jobs: readonly LoggedTestJob[],
  application = 'nightly',
): string {
  mkdirSync(folder, { recursive: true });
  const startMs = Date.UTC(2026, 0, run, 1, 0, 0);
  const lines: (readonly [atS: number, text: string])[] = [
    [0, `INFO - Created run summary for run ID: ${run}`],
  ];
  for (const { id, from = 0, seconds = 1, exitCode, output = [] } of jobs) {
    if (exitCode === undefined) continue;
    const end = from + seconds;
    lines.push([from, `INFO - Starting job '${id}'`]);
    lines.push(
      exitCode === 0
        ? [end, `INFO - Job '${id}' completed successfully in ${seconds.toFixed(2)} seconds`]
        : [end, `ERROR - Job ${id} failed after 1 attempts.`],
    );
    const job = [
      `INFO - Executing job - ${id}: ./${id}.sh`,
      ...output.map((line) => `INFO - ${line}`),
      exitCode === 0 ? `INFO - Job ${id}: SUCCESS` : `ERROR - Job ${id}: FAILED with exit code ${exitCode}`,
    ];
    writeFileSync(
      join(folder, `executioner.${application}.job-${id}.run-${run}.log`),
      job.map((text, k) => `${stamp(startMs + (k === 0 ? from : end) * 1000)},000 - ${text}\n`).join(''),
    );
  }
  const lastS = Math.max(0, ...lines.map(([atS]) => atS));
  const never = jobs.filter(({ exitCode }) => exitCode === undefined).map(({ id }) => id);
  const failed = jobs.some(({ exitCode }) => exitCode !== 0);
  if (never.length > 0)
    lines.push([lastS, `WARNING - The following jobs were not completed: ${never.join(', ')}`]);
  lines.push([
    lastS,
    `INFO - Updated run summary for run ID: ${run} with status: ${failed ? 'FAILED' : 'SUCCESS'}`,
  ]);
  const path = join(folder, `executioner.${application}.run-${run}.log`);
  writeFileSync(
    path,
    [...lines]
      .sort(([a], [b]) => a - b)
      .map(([atS, text]) => `${stamp(startMs + atS * 1000)} - ${text}\n`)
      .join(''),
  );
  return path;
}

function stamp(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ');
}
