import {
  chooseDirection,
  directionFor,
  graphScene,
  layoutPicture,
  type Picture,
} from '@executioner/visualize';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pictureOf, shop } from '../pictures.ts';

const size = (width: number, height: number) => ({ width, height });

describe('chooseDirection', () => {
  test.each([
    ['fits a screen', 1500, 30],
    ['is higher than wide', 2000, 5000],
    ['is not five times as wide as high', 6000, 1100],
    ['is not five times as wide as high with title and legend', 2000, 230],
  ])('left to right, whatever the other, what %s', (_, width, height) => {
    expect(chooseDirection(size(width, height), size(1000, 800))).toBe('lr');
  });

  test('top to bottom where that is nearer to a page', () => {
    expect(chooseDirection(size(2000, 30), size(110, 900))).toBe('tb');
    expect(chooseDirection(size(4000, 430), size(2000, 1300))).toBe('tb');
    expect(chooseDirection(size(50_000, 30), size(110, 23_000))).toBe('tb');
  });

  test('left to right where nothing is won: as wide, or as much too high', () => {
    expect(chooseDirection(size(6000, 900), size(6000, 1000))).toBe('lr');
    expect(chooseDirection(size(6000, 900), size(900, 6000))).toBe('lr');
  });

  test('never makes the longer side stand out more', () => {
    const side = fc.integer({ min: 30, max: 100_000 });
    const stretch = (width: number, height: number) =>
      Math.max((width + 92) / (height + 196), (height + 196) / (width + 92));
    fc.assert(
      fc.property(side, side, side, side, (width, height, otherWidth, otherHeight) => {
        const direction = chooseDirection(size(width, height), size(otherWidth, otherHeight));
        if (direction === 'tb') expect(stretch(otherWidth, otherHeight)).toBeLessThan(stretch(width, height));
      }),
    );
  });
});

const chain = (length: number): Picture =>
  pictureOf(
    Array.from({ length }, (_, k) => ({ id: `step_${k}`, ...(k > 0 && { after: [`step_${k - 1}`] }) })),
  );

describe('directionFor', () => {
  const wide = Array.from({ length: 12 }, (_, layer) =>
    Array.from({ length: 6 }, (_, k) => ({
      id: `j${layer}_${k}`,
      tags: [`t${k}`],
      ...(layer > 0 && { after: [`j${layer - 1}_${k}`, `j${layer - 1}_${(k + 1) % 6}`] }),
    })),
  ).flat();
  test.each([
    ['a chain of 8', chain(8), 'lr'],
    ['a chain of 12', chain(12), 'tb'],
    ['a chain of 300', chain(300), 'tb'],
    ['a small workflow', pictureOf(shop), 'lr'],
    ['many jobs at once', pictureOf(Array.from({ length: 400 }, (_, k) => ({ id: `j${k}` }))), 'lr'],
    ['twelve layers of six', pictureOf(wide), 'lr'],
    ['the same in lanes', pictureOf(wide, { groupBy: 'tag' }), 'lr'],
  ] as const)('%s', (_, picture, direction) => {
    expect(directionFor(picture)).toBe(direction);
    const places = layoutPicture(picture, { direction, isFolded: true });
    expect(places.width > places.height).toBe(direction === 'lr');
  });

  test('estimates what the layout comes to: alike for chains with a fan of any width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 30 }), (length, width) => {
        const fan = Array.from({ length: width }, (_, k) => ({ id: `fan_${k}`, after: ['step_0'] }));
        const steps = Array.from({ length }, (_, k) => ({
          id: `step_${k}`,
          ...(k > 0 && { after: [`step_${k - 1}`] }),
        }));
        const picture = pictureOf([...steps, ...fan]);
        const sizes = layoutPicture(picture, { direction: 'lr', isFolded: true });
        const others = layoutPicture(picture, { direction: 'tb', isFolded: true });
        expect(directionFor(picture)).toBe(chooseDirection(sizes, others));
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('jobs that begin a chain are counted where they are drawn: before what waits for them', () => {
    const steps = Array.from({ length: 20 }, (_, k) => [
      { id: `input_${k}` },
      { id: `step_${k}`, after: [`input_${k}`, ...(k > 0 ? [`step_${k - 1}`] : [])] },
    ]).flat();
    expect(directionFor(pictureOf(steps))).toBe('tb');
  });

  test('a cycle, as groups that are made one box may form, is no obstacle', () => {
    const picture = chain(40);
    const cyclic = {
      ...picture,
      dependencies: [...picture.dependencies, { ...picture.dependencies[0]!, from: 39, to: 0 }],
    };
    expect(directionFor(cyclic)).toBe('tb');
  });
});

test('a chain has no bands: each would have one job', () => {
  const picture = chain(12);
  const places = layoutPicture(picture, { direction: 'tb', isFolded: true });
  const texts = JSON.stringify(graphScene(picture, places));
  expect(texts).not.toContain('1 job"');
  expect(texts).not.toContain('in one band');
});
