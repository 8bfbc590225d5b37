import { durationPattern, parseDuration } from './duration.ts';
import type { TimeLimit } from './model.ts';

/** "200%" of the median of past durations, or a percentile with an optional factor: "p95*2". */
export const historyPattern =
  '^(?:(\\d+(?:\\.\\d+)?)%|p(\\d+(?:\\.\\d+)?)(?:\\s*\\*\\s*(\\d+(?:\\.\\d+)?))?)$';

/** A fixed duration or a history expression. */
export const timeLimitPattern = `${durationPattern}|${historyPattern}`;

/** However short past runs were, a limit that follows them is not below this unless the configuration says so. */
export const defaultFloorMs = 60_000;

const historyExpression = new RegExp(historyPattern);

/**
 * The limit that a configuration writes as a duration, as "200%" or "p95*2", or as `{history, floor, fallback}`.
 * A limit from history without a fallback of its own takes `fallbackMs`. Undefined when it is none of these, or zero.
 */
export function parseTimeLimit(value: unknown, fallbackMs: number): TimeLimit | undefined {
  if (typeof value === 'object' && value !== null) {
    const { history, floor, fallback } = value as Record<string, unknown>;
    const expression = parseHistory(history);
    const floorMs = floor === undefined ? defaultFloorMs : positive(floor);
    const ownFallbackMs = fallback === undefined ? fallbackMs : positive(fallback);
    if (expression === undefined || floorMs === undefined || ownFallbackMs === undefined) return undefined;
    return { kind: 'history', ...expression, floorMs, fallbackMs: ownFallbackMs };
  }
  const limitMs = positive(value);
  if (limitMs !== undefined) return { kind: 'fixed', limitMs };
  const expression = parseHistory(value);
  return expression && { kind: 'history', ...expression, floorMs: defaultFloorMs, fallbackMs };
}

function positive(value: unknown): number | undefined {
  const milliseconds = parseDuration(value);
  // Anything below a millisecond is still a limit; only zero is none.
  return milliseconds === undefined || milliseconds === 0 ? undefined : Math.max(1, Math.round(milliseconds));
}

function parseHistory(value: unknown): { percentile: number; factor: number } | undefined {
  const parts = typeof value === 'string' ? historyExpression.exec(value) : null;
  if (parts === null) return undefined;
  const percentile = parts[1] === undefined ? Number(parts[2]) : 50;
  const factor = parts[1] === undefined ? Number(parts[3] ?? 1) : Number(parts[1]) / 100;
  return percentile <= 100 && factor > 0 && factor <= 1_000_000 ? { percentile, factor } : undefined;
}
