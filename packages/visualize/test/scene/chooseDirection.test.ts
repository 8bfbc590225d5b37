import { chooseDirection, graphScene, layoutByShape, type Picture } from '@executioner/visualize';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pictureOf, shop } from '../pictures.ts';

const size = (width: number, height: number) => ({ width, height });
const neverAsked = () => {
  throw new Error('the other direction was asked for');
};

describe('chooseDirection', () => {
  test.each([
    ['fits a screen', 1500, 30],
    ['is higher than wide', 2000, 5000],
    ['is not five times as wide as high', 6000, 1100],
    ['is not five times as wide as high with title and legend', 2000, 230],
  ])('left to right, without a look at the other, what %s', (_, width, height) => {
    expect(chooseDirection(size(width, height), neverAsked)).toBe('lr');
  });

  test('top to bottom where that is nearer to a page', () => {
    expect(chooseDirection(size(2000, 30), () => size(110, 900))).toBe('tb');
    expect(chooseDirection(size(4000, 430), () => size(2000, 1300))).toBe('tb');
    expect(chooseDirection(size(50_000, 30), () => size(110, 23_000))).toBe('tb');
  });

  test('left to right where nothing is won: as wide, or as much too high', () => {
    expect(chooseDirection(size(6000, 900), () => size(6000, 1000))).toBe('lr');
    expect(chooseDirection(size(6000, 900), () => size(900, 6000))).toBe('lr');
  });

  test('never makes the longer side stand out more', () => {
    const side = fc.integer({ min: 30, max: 100_000 });
    const stretch = (width: number, height: number) =>
      Math.max((width + 92) / (height + 196), (height + 196) / (width + 92));
    fc.assert(
      fc.property(side, side, side, side, (width, height, otherWidth, otherHeight) => {
        const direction = chooseDirection(size(width, height), () => size(otherWidth, otherHeight));
        if (direction === 'tb') expect(stretch(otherWidth, otherHeight)).toBeLessThan(stretch(width, height));
      }),
    );
  });
});

const chain = (length: number): Picture =>
  pictureOf(
    Array.from({ length }, (_, k) => ({ id: `step_${k}`, ...(k > 0 && { after: [`step_${k - 1}`] }) })),
  );

describe('layoutByShape', () => {
  test.each([
    ['a chain of 8', chain(8), 'lr'],
    ['a chain of 12', chain(12), 'tb'],
    ['a chain of 300', chain(300), 'tb'],
    ['a small workflow', pictureOf(shop), 'lr'],
    ['many jobs at once', pictureOf(Array.from({ length: 400 }, (_, k) => ({ id: `j${k}` }))), 'lr'],
  ] as const)('%s', (_, picture, direction) => {
    const places = layoutByShape(picture, { isFolded: true });
    expect(places.direction).toBe(direction);
    expect(places.width > places.height).toBe(direction === 'lr');
  });

  test('a chain has no bands: each would have one job', () => {
    const picture = chain(12);
    const texts = JSON.stringify(graphScene(picture, layoutByShape(picture, { isFolded: true })));
    expect(texts).not.toContain('1 job"');
    expect(texts).not.toContain('in one band');
  });
});
