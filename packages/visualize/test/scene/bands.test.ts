import { layoutPicture } from '@executioner/visualize';
import { expect, test } from '@jest/globals';
import { bandsOf } from '../../src/scene/bands.ts';
import { pictureOf } from '../pictures.ts';

/** Two chains beside each other, and lines from their beginning to every tenth step. */
const ladder = pictureOf([
  { id: 'start' },
  ...Array.from({ length: 60 }, (_, k) =>
    ['a', 'b'].map((name) => ({
      id: `${name}_${k}`,
      after: k === 0 ? ['start'] : [`${name}_${k - 1}`, ...(k % 10 === 0 ? ['start'] : [])],
    })),
  ).flat(),
]);

test.each(['lr', 'tb'] as const)('in a wrapped graph each piece has bands of its own (%s)', (direction) => {
  const places = layoutPicture(ladder, { direction, isFolded: true, wrap: 'auto' });
  expect(Math.max(...places.pieceOf!)).toBeGreaterThan(1);
  const bands = bandsOf(ladder, places);
  expect(bands.length).toBe(61);
  const acrossOfPiece = new Map<number, readonly [number, number]>();
  const [at, half] =
    direction === 'lr' ? [places.y, places.box.height / 2] : [places.x, places.box.width / 2];
  for (const [job, layer] of places.layerOf.entries()) {
    const { across } = bands[layer]!;
    acrossOfPiece.set(places.pieceOf![job]!, across);
    expect(at[job]! - half).toBeGreaterThanOrEqual(across[0]);
    expect(at[job]! + half).toBeLessThanOrEqual(across[1]);
  }
  const pieces = [...acrossOfPiece].sort(([a], [b]) => a - b).map(([, across]) => across);
  for (const [piece, across] of pieces.slice(1).entries())
    expect(across[0]).toBeGreaterThan(pieces[piece]![1]);
});

test('bands reach over the lines that pass beside their jobs', () => {
  const steps = Array.from({ length: 12 }, (_, k) => ({
    id: `step_${k}`,
    after: k === 0 ? ['start'] : [`step_${k - 1}`, 'start'],
  }));
  const picture = pictureOf([{ id: 'start' }, { id: 'other', after: ['start'] }, ...steps]);
  const places = layoutPicture(picture, { direction: 'lr', isFolded: true });
  const [first, last] = bandsOf(picture, places)[0]!.across;
  const passing = places.routes.flatMap((route) => [...route].filter((_, at) => at % 2 === 1));
  expect(first).toBeLessThanOrEqual(Math.min(...passing));
  expect(last).toBeGreaterThanOrEqual(Math.max(...passing));
});
