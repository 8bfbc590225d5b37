import type { Trend, TrendChange } from './model.ts';

/** A change that stands, and whose it is. */
export interface StandingChange {
  readonly trend: Trend;
  readonly change: TrendChange;
}

/** The last standing change of each kind of each trend, the weightiest first: worse before better, then by how much. */
export function standingChanges(trends: readonly Trend[]): StandingChange[] {
  return trends
    .flatMap((trend) =>
      (['failures', 'duration'] as const).flatMap((what) => {
        const change = trend.changes.findLast((each) => each.what === what && each.stands);
        return change === undefined ? [] : [{ trend, change }];
      }),
    )
    .sort(
      (a, b) =>
        Number(b.change.worse) - Number(a.change.worse) ||
        weight(b.change) - weight(a.change) ||
        (label(a.trend) < label(b.trend) ? -1 : 1),
    );
}

/** By what factor a duration has changed, or by how much of all turns the failures; comparable by convention. */
function weight({ what, before, after, shift }: TrendChange): number {
  if (what === 'failures') return 1 + 4 * Math.abs(shift);
  const [small, large] = before < after ? [before, after] : [after, before];
  return large / Math.max(1, small);
}

/** Jobs that failed by chance, the worst first. */
export function flakyTrends(trends: readonly Trend[]): Trend[] {
  return trends
    .filter(({ flakiness }) => flakiness !== undefined)
    .sort((a, b) => b.flakiness!.rate - a.flakiness!.rate || (label(a) < label(b) ? -1 : 1));
}

/** Jobs that failed the last time, with something to compare it with: the longest row of failures first. */
export function failingTrends(trends: readonly Trend[]): Trend[] {
  const row = ({ points }: Trend): number =>
    points.length - 1 - points.findLastIndex(({ failed }) => !failed);
  return trends
    .filter((trend) => trend.points.length > 1 && row(trend) > 0)
    .sort((a, b) => row(b) - row(a) || (label(a) < label(b) ? -1 : 1));
}

function label({ application, job = '' }: Trend): string {
  return `${application}\n${job}`;
}

/** Those that have become worse first, then those that take longest. */
export function rankedTrends(trends: readonly Trend[]): Trend[] {
  const worse = ({ changes }: Trend) => Number(changes.some((change) => change.stands && change.worse));
  return [...trends].sort(
    (a, b) =>
      worse(b) - worse(a) || (b.durationMs ?? 0) - (a.durationMs ?? 0) || (label(a) < label(b) ? -1 : 1),
  );
}
