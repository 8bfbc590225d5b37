import type { Job } from '@executioner/core';
import { hashText } from '../scheduler/index.ts';
import type { Database } from './database.ts';

/** What the past tells of the jobs of a configuration. */
export interface Estimates {
  /** The median duration of past successes, by job id; jobs without any are missing. For `makePlan`. */
  readonly estimatesMs: ReadonlyMap<string, number>;
  /** A percentile (0 to 100, by nearest rank) of how long a job's command took when it succeeded. */
  pastDurationMs(id: string, percentile: number): number | undefined;
}

export const noEstimates: Estimates = { estimatesMs: new Map(), pastDurationMs: () => undefined };

const samplesPerJob = 20;

/**
 * Durations of the last 20 successes of the same definition of each job. Where there are none: those of the same job in
 * imports, which do not tell more of a definition than the command, if that; and else those of imported jobs with the same
 * command. `definitionHash` is that of the state folder. Linear in the jobs.
 */
export function readEstimates(
  db: Database,
  jobs: readonly Job[],
  definitionHash: (job: Job) => string,
): Estimates {
  const definitions = matchingDefinitions(db, jobs, definitionHash);
  const samples = readSamples(db, definitions);
  const estimatesMs = new Map<string, number>();
  for (const [id, { durations }] of samples) estimatesMs.set(id, median(durations));
  return {
    estimatesMs,
    pastDurationMs(id, percentile) {
      const commands = samples.get(id)?.commands ?? [];
      if (commands.length === 0) return undefined;
      const rank = Math.ceil((Math.min(100, Math.max(0, percentile)) / 100) * commands.length);
      return commands[Math.max(0, rank - 1)];
    },
  };
}

interface DefinitionRow {
  readonly id: number;
  readonly job: string;
  readonly hash: string;
  readonly command: string;
  readonly command_hash: string;
}

/** By job id, the definitions whose successes count. */
function matchingDefinitions(
  db: Database,
  jobs: readonly Job[],
  definitionHash: (job: Job) => string,
): ReadonlyMap<string, readonly number[]> {
  const byJob = grouped(
    db.all<DefinitionRow>(
      `SELECT d.id, d.job, d.hash, d.command, d.command_hash FROM json_each(?) w JOIN definitions d ON d.job = w.value
        WHERE ${hasSuccess}`,
      JSON.stringify(jobs.map(({ id }) => id)),
    ),
    ({ job }) => job,
  );
  const found = new Map<string, readonly number[]>();
  const rest: Job[] = [];
  for (const job of jobs) {
    const candidates = byJob.get(job.id) ?? [];
    const hash = candidates.some((candidate) => candidate.hash !== '') ? definitionHash(job) : '';
    const same = candidates.filter((candidate) => candidate.hash !== '' && candidate.hash === hash);
    const imported = candidates.filter(
      ({ hash: theirs, command }) => theirs === '' && (command === '' || command === job.command),
    );
    const ids = (same.length > 0 ? same : imported).map(({ id }) => id);
    if (ids.length > 0) found.set(job.id, ids);
    else rest.push(job);
  }
  addByCommand(db, rest, found);
  return found;
}

const hasSuccess = `EXISTS (SELECT 1 FROM jobs j WHERE j.definition = d.id AND j.status = 'succeeded' AND j.reason IS NULL)`;

function addByCommand(db: Database, jobs: readonly Job[], found: Map<string, readonly number[]>): void {
  if (jobs.length === 0) return;
  const byHash = grouped(
    db.all<DefinitionRow>(
      `SELECT d.id, d.job, d.hash, d.command, d.command_hash FROM json_each(?) w
        JOIN definitions d ON d.command_hash = w.value AND d.hash = '' WHERE d.command <> '' AND ${hasSuccess}`,
      JSON.stringify([...new Set(jobs.map(({ command }) => hashText(command)))]),
    ),
    ({ command_hash }) => command_hash,
  );
  if (byHash.size === 0) return;
  for (const { id, command } of jobs) {
    const same = byHash.get(hashText(command))?.filter((candidate) => candidate.command === command) ?? [];
    if (same.length > 0)
      found.set(
        id,
        same.map((candidate) => candidate.id),
      );
  }
}

interface Samples {
  /** Ascending, as the next. */
  readonly durations: readonly number[];
  readonly commands: readonly number[];
}

interface SampleRow {
  readonly definition: number;
  readonly id: number;
  readonly duration_ms: number;
  readonly command_ms: number | null;
}

function readSamples(
  db: Database,
  definitions: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, Samples> {
  const rows = db.all<SampleRow>(
    `SELECT j.definition, j.id, j.duration_ms, j.command_ms FROM json_each(?) w JOIN jobs j ON j.id IN (
      SELECT id FROM jobs WHERE definition = w.value AND status = 'succeeded' AND reason IS NULL
        ORDER BY id DESC LIMIT ${samplesPerJob})`,
    JSON.stringify([...new Set([...definitions.values()].flat())]),
  );
  const byDefinition = grouped(rows, ({ definition }) => definition);
  const samples = new Map<string, Samples>();
  for (const [job, ids] of definitions) {
    const all = ids
      .flatMap((id) => byDefinition.get(id) ?? [])
      .filter(({ duration_ms }) => duration_ms !== null);
    const latest = all.sort((a, b) => b.id - a.id).slice(0, samplesPerJob);
    if (latest.length === 0) continue;
    samples.set(job, {
      durations: ascending(latest.map(({ duration_ms }) => duration_ms)),
      commands: ascending(latest.map(({ command_ms, duration_ms }) => command_ms ?? duration_ms)),
    });
  }
  return samples;
}

function grouped<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

function ascending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b);
}

/** Of ascending values, at least one. */
function median(values: readonly number[]): number {
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}
