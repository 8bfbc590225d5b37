import { createHash } from 'node:crypto';

/** `executioner.<app>.log`: one for all runs of an application. */
export function applicationLogName(application: string): string {
  return `executioner.${escapeName(application)}.log`;
}

/** `executioner.<app>.run-<n>.log`. */
export function runLogName(application: string, run: number): string {
  return `executioner.${escapeName(application)}.run-${run}.log`;
}

/** `executioner.<app>.job-<id>.run-<n>.log`. */
export function jobLogName(application: string, job: string, run: number): string {
  return `executioner.${escapeName(application)}.job-${escapeName(job)}.run-${run}.log`;
}

const longestName = 100;

/**
 * Writes each byte outside [A-Za-z0-9._-] as %XX, so that no name leads out of its folder. A name too long for the file
 * system is cut and ends in a hash of the whole.
 */
export function escapeName(name: string): string {
  const escaped = name.replace(/[^A-Za-z0-9._-]/gu, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
  if (escaped.length <= longestName) return escaped;
  return `${escaped.slice(0, longestName - 17)}~${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

/** What the name of a log file says of its content. */
export interface LogName {
  readonly application?: string;
  readonly run?: number;
  readonly job?: string;
  /** Number of a rotated file: 1 is the newest of them, the file without a number newer still. */
  readonly rotation?: number;
}

/**
 * Reads the name of a log back: `executioner.<app>.job-<id>.run-<n>.log`, also rotated (`.log.2`), compressed (`.gz`)
 * or with a date behind it as log rotation makes them. Of any other name that holds `run-<n>` or `run_<n>` the number is
 * taken.
 */
export function parseLogName(path: string): LogName {
  const name = path.replace(/^.*[/\\]/, '').replace(/\.gz$/i, '');
  const [, stem = name, rotation] = /^(.*?\.log)(?:\.(\d{1,4}))?$/.exec(name) ?? [];
  const rotated = rotation === undefined ? {} : { rotation: Number(rotation) };
  const { application, job, run } =
    namePatterns.map((pattern) => pattern.exec(stem)).find(Boolean)?.groups ?? {};
  if (application === undefined) {
    const [, number] = /(?:^|[._-])run[-_]?(\d+)/i.exec(stem) ?? [];
    return { ...(number === undefined ? {} : { run: Number(number) }), ...rotated };
  }
  return {
    application: unescapeName(application),
    ...(job === undefined ? {} : { job: unescapeName(job) }),
    ...(run === undefined || run === 'main' ? {} : { run: Number(run) }),
    ...rotated,
  };
}

const namePatterns = [
  /^executioner\.(?<application>.+?)\.job-(?<job>.+)\.run-(?<run>\d+|main)\.log/,
  /^executioner\.(?<application>.+)\.run-(?<run>\d+|main)\.log/,
  /^executioner\.(?<application>.+)\.log/,
];

/** The inverse of `escapeName`; names of version 1, which escapes nothing, stay as they are. */
function unescapeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
