import { describe, expect, test } from '@jest/globals';
import { type Pen, traceRoute } from '../../src/scene/traceRoute.ts';

function traced(route: readonly number[], direction: 'lr' | 'tb', shorter = 0): string[] {
  const steps: string[] = [];
  const pen: Pen = {
    moveTo: (...at) => steps.push(`M ${at.join(' ')}`),
    lineTo: (...at) => steps.push(`L ${at.join(' ')}`),
    bezierCurveTo: (...at) => steps.push(`C ${at.join(' ')}`),
  };
  traceRoute(pen, Float64Array.from(route), direction, { shorter });
  return steps;
}

describe('traceRoute', () => {
  test('draws straight what keeps a coordinate, and curves between layers', () => {
    expect(traced([0, 0, 50, 0, 110, 40], 'lr')).toEqual(['M 0 0', 'L 50 0', 'C 80 0 80 40 110 40']);
    expect(traced([0, 0, 0, 50, 40, 110], 'tb')).toEqual(['M 0 0', 'L 0 50', 'C 0 80 40 80 40 110']);
  });

  test('ends before its last point along the direction of reading', () => {
    expect(traced([0, 0, 50, 0], 'lr', 6)).toEqual(['M 0 0', 'L 44 0']);
    expect(traced([0, 0, 0, 50], 'tb', 6)).toEqual(['M 0 0', 'L 0 44']);
  });

  test('goes round corners, and no farther than the middle of what leads to the next', () => {
    expect(traced([0, 0, 20, 0, 20, 100, -40, 100], 'lr')).toEqual([
      'M 0 0',
      'L 11 0',
      'C 17 0 20 3 20 9',
      'L 20 91',
      'C 20 97 17 100 11 100',
      'L -40 100',
    ]);
    expect(traced([0, 0, 20, 0, 20, 6, 60, 6], 'lr')).toEqual([
      'M 0 0',
      'L 17 0',
      'C 19 0 20 1 20 3',
      'L 20 4.5',
      'C 20 5.5 20.5 6 21.5 6',
      'L 60 6',
    ]);
  });
});
