import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from '../runs/index.ts';
import { escapeName } from '../textlogs/index.ts';

/** Who claims a lock: a job of a run, on behalf of an engine. */
export interface LockHolder {
  readonly engine: ProcessIdentity;
  readonly run: number;
  readonly attempt: number;
  readonly application: string;
  readonly job: string;
}

/** A claim as it lies in the folder; without a holder it cannot be read, as after a loss of power. */
export interface Claim {
  readonly path: string;
  readonly number: number;
  readonly holder: LockHolder | undefined;
}

// A lock is a set of claims, files called `<lock>~<number>`. Who finds no claim of a living holder links one of his
// own, under the number after the highest, and then looks again: if another living claim has appeared, he withdraws.
// Of two holders at once, the later one to link would have seen the claim of the earlier one: so there are never two.

/** The claims to a lock, the lowest number first. */
export function claimsTo(folder: string, lock: string): Claim[] {
  const prefix = `${escapeName(lock)}~`;
  return namesIn(folder)
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => ({ path: join(folder, name), number: Number(name.slice(prefix.length)) }))
    .sort((a, b) => a.number - b.number)
    .flatMap((place) => {
      const holder = holderIn(place.path);
      return holder === 'gone' ? [] : [{ ...place, holder }];
    });
}

/**
 * Puts a claim into the folder, whole from its first moment. Undefined: somebody else has taken the number.
 *
 * @throws the system call's error.
 */
export function putClaim(
  folder: string,
  lock: string,
  number: number,
  holder: LockHolder,
): string | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${escapeName(lock)}~${number}`);
  const unfinished = join(folder, `.${holder.engine.pid}.${holder.run}.tmp`);
  try {
    writeFileSync(unfinished, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
    linkSync(unfinished, path);
    return path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Takes a claim out of the folder; one that is not there is passed over. */
export function removeClaim(path: string): void {
  rmSync(path, { force: true });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function holderIn(path: string): LockHolder | undefined | 'gone' {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : undefined;
  }
}
