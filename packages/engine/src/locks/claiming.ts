import type { Mourner } from './abandoned.ts';
import { type Claim, claimsTo, type LockHolder, putClaim, removeClaim } from './claimFolder.ts';

/** The outcome of a try to take a lock; `path` is the claim that stands for it. */
export type ClaimResult =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly holder: LockHolder | undefined };

/**
 * Tries once to take a lock. Claims of dead holders are passed over and, once the lock is ours, removed; so are those
 * of earlier attempts of the same job, which a resume takes over together with the job.
 *
 * @throws the system call's error when the folder cannot be written.
 */
export async function claimLock(
  folder: string,
  lock: string,
  holder: LockHolder,
  mourner: Mourner,
): Promise<ClaimResult> {
  const before = claimsTo(folder, lock);
  const rival = await livingRival(before, holder, mourner);
  if (rival !== undefined) return { ok: false, holder: rival.holder };
  const path = putClaim(folder, lock, (before.at(-1)?.number ?? 0) + 1, holder);
  if (path === undefined) return { ok: false, holder: undefined };

  const others = claimsTo(folder, lock).filter((claim) => claim.path !== path);
  const newRival = await livingRival(others, holder, mourner);
  if (newRival !== undefined) {
    removeClaim(path);
    return { ok: false, holder: newRival.holder };
  }
  for (const claim of others) removeClaim(claim.path);
  return { ok: true, path };
}

async function livingRival(
  claims: readonly Claim[],
  holder: LockHolder,
  mourner: Mourner,
): Promise<Claim | undefined> {
  for (const claim of claims) {
    if (!isPredecessor(claim.holder, holder) && !(await mourner.isAbandoned(claim))) return claim;
  }
  return undefined;
}

function isPredecessor(earlier: LockHolder | undefined, { run, job, attempt }: LockHolder): boolean {
  return earlier !== undefined && earlier.run === run && earlier.job === job && earlier.attempt < attempt;
}
