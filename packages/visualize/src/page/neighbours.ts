import type { Picture } from '../picture/picture.ts';
import type { PictureLayout } from '../scene/pictureLayout.ts';

/**
 * The job that an arrow key leads to: along the direction of reading to a dependency or a dependent, the one nearest
 * across; across it to the next job of the same layer. Undefined where there is none. Linear.
 */
export function neighbourOf(
  { dependencies }: Picture,
  { direction, x, y, layerOf }: PictureLayout,
  job: number,
  key: string,
): number | undefined {
  const [back, forth, before, after] =
    direction === 'lr'
      ? ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']
      : ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
  const across = direction === 'lr' ? y : x;
  const distance = (other: number) => Math.abs(across[other]! - across[job]!);
  const nearest = (candidates: readonly number[]) =>
    candidates.reduce<number | undefined>(
      (best, other) => (best === undefined || distance(other) < distance(best) ? other : best),
      undefined,
    );
  if (key === back) return nearest(dependencies.flatMap(({ from, to }) => (to === job ? [from] : [])));
  if (key === forth) return nearest(dependencies.flatMap(({ from, to }) => (from === job ? [to] : [])));
  const sign = key === before ? -1 : key === after ? 1 : 0;
  if (sign === 0) return undefined;
  const layer = [...layerOf.keys()].filter(
    (other) => other !== job && layerOf[other] === layerOf[job] && (across[other]! - across[job]!) * sign > 0,
  );
  return nearest(layer);
}
