import type { Direction } from './direction.ts';

/** What a line is drawn with: a canvas, or a writer of path data. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
}

type Point = readonly [x: number, y: number];

const cornerRadius = 9;
/** Less than this is no difference. */
const tolerance = 0.5;

/**
 * Draws a route as a smooth line that ends `shorter` before its last point: straight where it keeps a coordinate, with round
 * corners where it turns off, and curved between layers so that two lines cross only where their ends change sides.
 */
export function traceRoute(
  pen: Pen,
  route: Float64Array,
  direction: Direction,
  { shorter }: { readonly shorter: number },
): void {
  const last = route.length - 2;
  let from: Point = [route[0]!, route[1]!];
  pen.moveTo(...from);
  for (let at = 2; at <= last; at += 2) {
    const to: Point = [route[at]!, route[at + 1]!];
    const next: Point | undefined = at < last ? [route[at + 2]!, route[at + 3]!] : undefined;
    if (next !== undefined && isCorner(from, to, next)) {
      from = traceCorner(pen, from, to, next);
    } else {
      const end: Point =
        next !== undefined ? to : direction === 'lr' ? [to[0] - shorter, to[1]] : [to[0], to[1] - shorter];
      traceSegment(pen, from, end, direction);
      from = end;
    }
  }
}

function traceSegment(pen: Pen, [fromX, fromY]: Point, [toX, toY]: Point, direction: Direction): void {
  if (isAlike(fromX, toX) || isAlike(fromY, toY)) {
    pen.lineTo(toX, toY);
  } else if (direction === 'lr') {
    const middle = (fromX + toX) / 2;
    pen.bezierCurveTo(middle, fromY, middle, toY, toX, toY);
  } else {
    const middle = (fromY + toY) / 2;
    pen.bezierCurveTo(fromX, middle, toX, middle, toX, toY);
  }
}

function isCorner(from: Point, to: Point, next: Point): boolean {
  return (
    (isAlike(from[0], to[0]) && isAlike(to[1], next[1])) ||
    (isAlike(from[1], to[1]) && isAlike(to[0], next[0]))
  );
}

/** A line to a corner and round it; returns where it comes out. */
function traceCorner(pen: Pen, from: Point, corner: Point, next: Point): Point {
  const radius = Math.min(cornerRadius, lengthOf(from, corner) / 2, lengthOf(corner, next) / 2);
  const before = towards(corner, from, radius);
  const after = towards(corner, next, radius);
  pen.lineTo(...before);
  pen.bezierCurveTo(...towards(corner, from, radius / 3), ...towards(corner, next, radius / 3), ...after);
  return after;
}

/** So far from a point to another beside or above it. */
function towards(from: Point, to: Point, distance: number): Point {
  return [from[0] + Math.sign(to[0] - from[0]) * distance, from[1] + Math.sign(to[1] - from[1]) * distance];
}

function lengthOf(from: Point, to: Point): number {
  return Math.abs(to[0] - from[0]) + Math.abs(to[1] - from[1]);
}

function isAlike(a: number, b: number): boolean {
  return Math.abs(a - b) < tolerance;
}
