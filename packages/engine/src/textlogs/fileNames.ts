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
