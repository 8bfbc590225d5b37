import type { PictureDependency } from '../picture/picture.ts';
import type { Direction } from './direction.ts';
import { round } from './jobBox.ts';
import type { PathShape } from './scene.ts';

const arrowLength = 7;
const arrowHalfWidth = 3.5;

/**
 * A route as a smooth line: straight where it keeps its coordinate, and curved between layers so that two lines cross
 * only where their ends change sides. It ends where its arrow head begins.
 */
export function edgePath(route: Float64Array, direction: Direction): string {
  const parts = [`M${round(route[0]!)} ${round(route[1]!)}`];
  const last = route.length - 2;
  for (let at = 2; at <= last; at += 2) {
    const [fromX, fromY] = [route[at - 2]!, route[at - 1]!];
    const shorter = at === last ? arrowLength - 1 : 0;
    const toX = route[at]! - (direction === 'lr' ? shorter : 0);
    const toY = route[at + 1]! - (direction === 'tb' ? shorter : 0);
    parts.push(segment(fromX, fromY, toX, toY, direction));
  }
  return parts.join('');
}

function segment(fromX: number, fromY: number, toX: number, toY: number, direction: Direction): string {
  const isStraight = direction === 'lr' ? Math.abs(fromY - toY) < 0.5 : Math.abs(fromX - toX) < 0.5;
  if (isStraight) return `L${round(toX)} ${round(toY)}`;
  const end = `${round(toX)} ${round(toY)}`;
  if (direction === 'lr') {
    const middle = round((fromX + toX) / 2);
    return `C${middle} ${round(fromY)} ${middle} ${round(toY)} ${end}`;
  }
  const middle = round((fromY + toY) / 2);
  return `C${round(fromX)} ${middle} ${round(toX)} ${middle} ${end}`;
}

/** The head of an arrow at the end of a route. */
export function arrowHead(route: Float64Array, direction: Direction): string {
  const x = route.at(-2)!;
  const y = route.at(-1)!;
  const [alongX, alongY] = direction === 'lr' ? [1, 0] : [0, 1];
  const corner = (side: number) =>
    `${round(x - alongX * arrowLength + alongY * side)} ${round(y - alongY * arrowLength + alongX * side)}`;
  return `M${round(x)} ${round(y)}L${corner(arrowHalfWidth)}L${corner(-arrowHalfWidth)}Z`;
}

/** The shapes of a dependency. Of many lines each is fainter, so that the boxes stay in front. */
export function edgeShapes(
  dependency: PictureDependency,
  route: Float64Array,
  direction: Direction,
  { opacity }: { readonly opacity: number },
): PathShape[] {
  if (route.length < 4) return [];
  const color = edgeColor(dependency);
  const isStrong = dependency.isCritical;
  const dash = dashOf(dependency);
  return [
    {
      kind: 'path',
      path: edgePath(route, direction),
      stroke: color,
      strokeWidth: isStrong ? 2.5 : 1.25,
      ...(dash === undefined ? {} : { dash }),
      ...(isStrong || opacity === 1 ? {} : { opacity }),
    },
    {
      kind: 'path',
      path: arrowHead(route, direction),
      fill: color,
      ...(isStrong || opacity === 1 ? {} : { opacity }),
    },
  ];
}

export function edgeColor({ isCritical, when }: PictureDependency): 'critical' | 'bad' | 'muted' {
  if (isCritical) return 'critical';
  return when === 'failure' ? 'bad' : 'muted';
}

/** Dashes for what runs after a failure, dots for what runs always. */
export function dashOf({ when }: PictureDependency): readonly number[] | undefined {
  if (when === 'success') return undefined;
  return when === 'failure' ? [6, 4] : [2, 3];
}
