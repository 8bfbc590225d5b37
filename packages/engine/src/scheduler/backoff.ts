import type { RetryPolicy } from '@executioner/core';
import { unitHash } from './hash.ts';

const SHORTEST_JITTERED_MS = 100;

/**
 * How long to wait before the retry that follows try `tryNumber`: delay × backoff^(tryNumber − 1), times a
 * factor between 1 − jitter and 1 + jitter that depends on seed, job and try alone. Whole milliseconds, at
 * least 100 where there is jitter.
 */
export function backoffMs(policy: RetryPolicy, seed: number, job: number, tryNumber: number): number {
  const baseMs = policy.delayMs * policy.backoff ** (tryNumber - 1);
  if (policy.jitter <= 0) return Math.round(baseMs);
  const factor = 1 + policy.jitter * (2 * unitHash(seed, job, tryNumber) - 1);
  return Math.max(SHORTEST_JITTERED_MS, Math.round(baseMs * factor));
}
