import type { RealDriver } from '../drivers/index.ts';
import type { Plan } from '../scheduler/index.ts';

const reportEveryMs = 1000;

/** Tells the driver that a job has written something, at most once a second, and only where silence is limited. */
export function silenceBreaker(
  plan: Plan,
  monotonicMs: () => number,
  take: RealDriver['take'],
): (job: string) => void {
  const toldAtMs = new Map(
    plan.jobs.flatMap(({ id, noOutputTimeoutMs }) =>
      noOutputTimeoutMs === undefined ? [] : [[id, Number.NEGATIVE_INFINITY]],
    ),
  );
  return (id) => {
    const lastMs = toldAtMs.get(id);
    if (lastMs === undefined) return;
    const nowMs = monotonicMs();
    if (nowMs - lastMs < reportEveryMs) return;
    toldAtMs.set(id, nowMs);
    take({ type: 'output', job: plan.numberById.get(id)! });
  };
}
