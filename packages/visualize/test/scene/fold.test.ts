import { layoutPicture, type PictureLayout, renderJson } from '@executioner/visualize';
import { describe, expect, test } from '@jest/globals';
import { pictureOf } from '../pictures.ts';

const many = Array.from({ length: 30 }, (_, k) => ({
  id: `load_${k}`,
  after: ['start'],
  estimatedDurationMs: k === 17 ? 9000 : 1000,
}));
const picture = pictureOf([
  { id: 'start' },
  ...many,
  { id: 'odd', after: ['start'] },
  { id: 'end', after: many.map(({ id }) => id) },
]);

function overlapping({ x, y, box }: PictureLayout): string[] {
  return [...x.keys()].flatMap((a) =>
    [...x.keys()].flatMap((b) =>
      a < b && Math.abs(x[a]! - x[b]!) < box.width && Math.abs(y[a]! - y[b]!) < box.height
        ? [`${a} ${b}`]
        : [],
    ),
  );
}

describe('jobs that are alike', () => {
  test.each(['lr', 'tb'] as const)('stand in one frame, in rows and columns (%s)', (direction) => {
    const places = layoutPicture(picture, { direction, isFolded: true });
    expect(places.frames.length).toBe(1);
    const [frame] = places.frames;
    expect(frame!.jobs).toEqual(many.map((_, k) => k + 1));
    expect(overlapping(places)).toEqual([]);
    for (const job of frame!.jobs) {
      expect(places.x[job]! - places.box.width / 2).toBeGreaterThan(frame!.x);
      expect(places.x[job]! + places.box.width / 2).toBeLessThan(frame!.x + frame!.width);
      expect(places.y[job]! - places.box.height / 2).toBeGreaterThan(frame!.y);
      expect(places.y[job]! + places.box.height / 2).toBeLessThan(frame!.y + frame!.height);
      expect(places.layerOf[job]).toBe(1);
    }
    // One line to the frame, one to the odd one, one from the frame: the one that is critical.
    const drawn = picture.dependencies.filter((_, k) => places.isDrawn[k] === 1);
    expect(drawn.map(({ isCritical }) => isCritical)).toEqual([true, false, true]);
    expect(new Set(places.routes).size).toBe(3);
  });

  test('stand alone when asked to, and where they are few', () => {
    expect(layoutPicture(picture, { direction: 'lr', isFolded: false }).frames).toEqual([]);
    const few = pictureOf([
      { id: 'a' },
      ...[1, 2, 3, 4, 5, 6, 7].map((k) => ({ id: `b${k}`, after: ['a'] })),
    ]);
    expect(layoutPicture(few, { direction: 'lr', isFolded: true }).frames).toEqual([]);
  });

  test('are not alike in other groups, or under other conditions', () => {
    const jobs = Array.from({ length: 12 }, (_, k) => ({
      id: `j${k}`,
      tags: [k % 2 === 0 ? 'even' : 'odd'],
      dependencies: [{ job: 'a', when: k % 4 < 2 ? ('success' as const) : ('always' as const) }],
    }));
    expect(
      layoutPicture(pictureOf([{ id: 'a' }, ...jobs]), { direction: 'lr', isFolded: true }).frames,
    ).toEqual([]);
  });

  test('JSON has a line for each dependency all the same', () => {
    const { dependencies } = JSON.parse(
      renderJson(picture, layoutPicture(picture, { direction: 'lr', isFolded: true })),
    ) as {
      dependencies: { points: unknown[] }[];
    };
    expect(dependencies.length).toBe(61);
    for (const { points } of dependencies) expect(points.length).toBeGreaterThanOrEqual(2);
  });
});
