import type { JournalEvent } from '../journal/index.ts';
import type { Plan, State } from '../scheduler/index.ts';
import { type Forecast, forecast } from './forecast.ts';

/** Forecasts a run again and again, at little cost. */
export interface Forecaster {
  /** Learns how long jobs take, for those that nobody knows anything about. */
  take(event: JournalEvent): void;
  /** The latest forecast, counted down to now; made anew every two seconds, or more rarely when that is dear. */
  forecast(): Forecast | undefined;
}

export interface ForecasterOptions {
  readonly plan: Plan;
  readonly state: Readonly<State>;
  /** The time in which the state counts. */
  readonly nowMs: () => number;
  /** Milliseconds that never go back. */
  readonly monotonicMs: () => number;
}

const freshForMs = 2000;
/** Forecasting takes at most this part of the time. */
const share = 1 / 50;
const remembered = 101;

export function forecaster({ plan, state, nowMs, monotonicMs }: ForecasterOptions): Forecaster {
  const startedAtM = new Map<string, number>();
  const durationsMs: number[] = [];
  let known: { readonly forecast: Forecast | undefined; readonly madeAtMs: number } | undefined;
  let freshUntilMs = Number.NEGATIVE_INFINITY;

  function renew(): void {
    const beganAtMs = monotonicMs();
    known = {
      forecast: forecast(plan, state, { nowMs: nowMs(), guessMs: median(durationsMs) }),
      madeAtMs: beganAtMs,
    };
    const endedAtMs = monotonicMs();
    freshUntilMs = endedAtMs + Math.max(freshForMs, (endedAtMs - beganAtMs) / share);
  }

  return {
    take(event) {
      if (event.type === 'job.started') startedAtM.set(event.job, event.m);
      if (event.type !== 'job.exited') return;
      const began = startedAtM.get(event.job);
      startedAtM.delete(event.job);
      if (began === undefined || event.end.exit_code !== 0) return;
      durationsMs.push(event.m - began);
      if (durationsMs.length > remembered) durationsMs.shift();
    },
    forecast() {
      if (monotonicMs() >= freshUntilMs) renew();
      if (known?.forecast === undefined) return undefined;
      const { remainingMs, atLeast } = known.forecast;
      return { remainingMs: Math.max(0, remainingMs - (monotonicMs() - known.madeAtMs)), atLeast };
    },
  };
}

function median(values: readonly number[]): number | undefined {
  return Float64Array.from(values).sort()[values.length >> 1];
}
