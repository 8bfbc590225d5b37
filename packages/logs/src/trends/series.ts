import { changePoints, median } from '../changepoint/index.ts';
import type { Trend, TrendChange, TrendPoint } from './model.ts';

/** Changes smaller than this share, or than this time, are told to nobody. */
const shareMin = 0.1;
const durationChangeMinMs = 50;
const alpha = 0.01;

interface Analysed extends Pick<Trend, 'durationMs' | 'stretches' | 'changes'> {}

/** Finds the changes of a series of turns, oldest first. */
export function analyse(points: readonly TrendPoint[]): Analysed {
  const timed = points.flatMap(({ durationMs }, place) =>
    durationMs === undefined ? [] : [{ durationMs, place }],
  );
  const durations = timed.map(({ durationMs }) => durationMs);
  const slower = changePoints(durations, { alpha }).filter(
    ({ before, shift }) => Math.abs(shift) >= Math.max(durationChangeMinMs, shareMin * before),
  );
  const bounds = [0, ...slower.map(({ index }) => index), durations.length];
  const stretches = bounds.slice(1).flatMap((end, index) => {
    const start = bounds[index]!;
    if (end === start) return [];
    return [
      {
        from: timed[start]!.place,
        to: timed[end - 1]!.place,
        durationMs: median(durations.slice(start, end)),
      },
    ];
  });
  const failing = changePoints(
    points.map(({ failed }) => Number(failed)),
    { alpha },
  );
  const changes = [
    ...slower.map((change) => told(change, 'duration', points[timed[change.index]!.place]!)),
    ...failing.map((change) => told(withShares(change, points, failing), 'failures', points[change.index]!)),
  ];
  return { durationMs: stretches.at(-1)?.durationMs, stretches, changes: standing(changes) };
}

type Change = Pick<TrendChange, 'pValue' | 'before' | 'after' | 'shift'> & { readonly index: number };

/** Of failures the shares before and after say more than medians of noughts and ones. */
function withShares(change: Change, points: readonly TrendPoint[], all: readonly Change[]): Change {
  const place = all.indexOf(change);
  const share = (from: number, to: number) =>
    points.slice(from, to).filter(({ failed }) => failed).length / Math.max(1, to - from);
  const before = share(all[place - 1]?.index ?? 0, change.index);
  const after = share(change.index, all[place + 1]?.index ?? points.length);
  return { ...change, before, after, shift: after - before };
}

function told(
  { pValue, before, after, shift }: Change,
  what: TrendChange['what'],
  point: TrendPoint,
): TrendChange {
  const { run, startedAtMs: atMs } = point;
  return { what, pValue, before, after, shift, worse: shift > 0, run, atMs, stands: false };
}

/** The last change of each kind stands, and those before it in the same direction. */
function standing(changes: readonly TrendChange[]): TrendChange[] {
  const ordered = [...changes].sort((a, b) => a.atMs - b.atMs || (a.what < b.what ? -1 : 1));
  return ordered.map((change, index) => ({
    ...change,
    stands: ordered
      .slice(index + 1)
      .every((later) => later.what !== change.what || later.worse === change.worse),
  }));
}
