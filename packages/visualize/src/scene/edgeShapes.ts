import type { PictureDependency } from '../picture/picture.ts';
import type { Direction } from './direction.ts';
import { round } from './jobBox.ts';
import type { PathShape } from './scene.ts';
import { type Pen, traceRoute } from './traceRoute.ts';

const arrowLength = 7;
const arrowHalfWidth = 3.5;

/** The path data of a route, which ends where its arrow head begins. */
export function edgePath(route: Float64Array, direction: Direction): string {
  const parts: string[] = [];
  const pen: Pen = {
    moveTo: (x, y) => parts.push(`M${round(x)} ${round(y)}`),
    lineTo: (x, y) => parts.push(`L${round(x)} ${round(y)}`),
    bezierCurveTo: (...points) => parts.push(`C${points.map(round).join(' ')}`),
  };
  traceRoute(pen, route, direction, { shorter: arrowLength - 1 });
  return parts.join('');
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
