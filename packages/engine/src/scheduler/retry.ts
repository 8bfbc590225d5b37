import type { RetryStatus } from '@executioner/core';
import { backoffMs } from './backoff.ts';
import { maxRetriesOf } from './modification.ts';
import { OutcomeNumber } from './phase.ts';
import type { Plan } from './plan.ts';
import { ExitCode, type State, Stopping } from './state.ts';

const statusByOutcome: Readonly<Record<number, RetryStatus>> = {
  [OutcomeNumber.failed]: 'FAILED',
  [OutcomeNumber.errored]: 'ERROR',
  [OutcomeNumber.timed_out]: 'TIMEOUT',
};

/**
 * The wait before the job's latest try is repeated, in milliseconds; undefined: it is not repeated. A failed
 * post-check is repeated only when the exit code asks for it, a failed pre-check never. In a run that stops after
 * a failure only cleanup jobs still have retries.
 */
export function retryDelayMs(
  state: Readonly<State>,
  plan: Plan,
  job: number,
  nowMs: number,
): number | undefined {
  if (state.stopping >= Stopping.cancel) return undefined;
  if (state.stopping === Stopping.failure && plan.cleanup[job] === 0) return undefined;
  const status = state.tryStatus[job]!;
  if (status === OutcomeNumber.unknown) return plan.onUnknown === 'rerun' ? 0 : undefined;
  const policy = plan.jobs[job]!.retry;
  const tries = state.try[job]!;
  if (tries > maxRetriesOf(state, plan, job) || !asksForRetry(state, plan, job)) return undefined;
  const delayMs = backoffMs(policy, plan.seed, job, tries);
  const elapsedMs = nowMs - state.beganAtMs[job]!;
  return elapsedMs + delayMs > policy.maxRetryTimeMs ? undefined : delayMs;
}

function asksForRetry(state: Readonly<State>, plan: Plan, job: number): boolean {
  const { onStatus, onExitCodes } = plan.jobs[job]!.retry;
  const status = statusByOutcome[state.tryStatus[job]!];
  if (status !== undefined && onStatus.includes(status)) return true;
  const exitCode = state.exitCode[job]!;
  return exitCode !== ExitCode.none && onExitCodes.includes(exitCode);
}
