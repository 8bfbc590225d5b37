import {
  foldingFor,
  graphScene,
  layoutPicture,
  type Picture,
  type PictureLayout,
} from '@executioner/visualize';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pictureOf } from '../pictures.ts';

/** For each sample three steps of its own, then one for all. */
function samples(count: number): Picture {
  const numbers = Array.from({ length: count }, (_, k) => k);
  return pictureOf([
    { id: 'prepare' },
    ...numbers.map((k) => ({ id: `align_${k}_s2`, after: ['prepare'] })),
    ...numbers.map((k) => ({ id: `sort_${k}`, after: [`align_${k}_s2`] })),
    ...numbers.map((k) => ({ id: `call_${k}`, after: [`sort_${k}`] })),
    { id: 'merge', after: numbers.map((k) => `call_${k}`) },
  ]);
}

function laidOut(picture: Picture, foldBy: 'dependencies' | 'names' | 'levels'): PictureLayout {
  return layoutPicture(picture, { direction: 'lr', isFolded: true, foldBy });
}

describe('jobs of like names', () => {
  test('stand in a frame for each step, named by what their ids have in common, with one line between', () => {
    const picture = samples(40);
    const places = laidOut(picture, 'names');
    expect(places.frames.map(({ name, jobs }) => [name, jobs.length])).toEqual([
      ['align_*_s2', 40],
      ['sort_*', 40],
      ['call_*', 40],
    ]);
    expect(places.isDrawn.reduce((sum, each) => sum + each)).toBe(4);
    expect(places.crossings).toBe(0);
    const texts = JSON.stringify(graphScene(picture, places));
    expect(texts).toContain('"40 jobs  align_*_s2"');
    expect(texts).toContain('jobs of one kind');
  });

  test('are told from those that are alike in their dependencies too', () => {
    const picture = pictureOf([
      { id: 'start' },
      ...Array.from({ length: 20 }, (_, k) => ({ id: `load_${k}`, after: ['start'] })),
    ]);
    const [frame] = laidOut(picture, 'names').frames;
    expect(frame!.jobs.length).toBe(20);
    expect(frame).toMatchObject({ name: 'load_*', isExact: true });
    expect(laidOut(picture, 'names')).toMatchObject({ ...laidOut(picture, 'dependencies'), foldBy: 'names' });
  });

  test('are apart where they are deeper, in another group, or run under other conditions', () => {
    const chain = Array.from({ length: 30 }, (_, k) => ({
      id: `s_${k}`,
      ...(k > 0 && { after: [`s_${k - 1}`] }),
    }));
    expect(laidOut(pictureOf(chain), 'names').frames).toEqual([]);
    const jobs = Array.from({ length: 48 }, (_, k) => ({
      id: `j${k}`,
      tags: [k % 2 === 0 ? 'even' : 'odd'],
      dependencies: [
        { job: 'a', when: k % 4 < 2 ? ('success' as const) : ('always' as const) },
        ...(k % 3 === 0 ? [{ job: 'b', when: 'success' as const }] : []),
      ],
    }));
    const few = pictureOf([{ id: 'a' }, { id: 'b' }, ...jobs], { groupBy: 'tag' });
    const conditionOf = (job: number) => few.dependencies.find(({ to }) => to === job)!.when;
    const many = laidOut(few, 'levels').frames.map(({ jobs: members }) => [
      members.length,
      new Set(members.map((job) => few.jobs[job]!.group)).size,
      new Set(members.map(conditionOf)).size,
    ]);
    expect(many.length).toBeGreaterThan(1);
    for (const [, groups, conditions] of many) expect([groups, conditions]).toEqual([1, 1]);
  });

  test('never wait for one another: every line leads from a unit to a later layer', () => {
    const ids = fc.constantFrom('a_1', 'a_2', 'b_1', 'b_7', 'c', 'a_10', 'b_22');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(ids, fc.array(fc.nat(39), { maxLength: 3 })), { minLength: 20, maxLength: 40 }),
        (rows) => {
          const name = (k: number) => `${rows[k]![0]}_${k}`;
          const picture = pictureOf(
            rows.map(([, before], k) => ({
              id: name(k),
              after: [...new Set(before.filter((other) => other < k))].map(name),
            })),
          );
          const places = laidOut(picture, 'names');
          for (const { from, to } of picture.dependencies)
            expect(places.layerOf[to]!).toBeGreaterThan(places.layerOf[from]!);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('foldingFor', () => {
  test('goes by names, or by levels, only where the picture could not be read otherwise, and can be read then', () => {
    expect(foldingFor(samples(40), 'lr')).toBe('dependencies');
    expect(foldingFor(samples(400), 'lr')).toBe('names');
    const words = Array.from({ length: 900 }, (_, k) => wordOf(k));
    const unlike = pictureOf([
      ...words.map((id, k) => ({ id, ...(k >= 450 && { after: [wordOf(k - 450)] }) })),
      { id: 'end', after: words.slice(450) },
    ]);
    expect(foldingFor(unlike, 'lr')).toBe('levels');
    const { frames } = laidOut(unlike, 'levels');
    expect(frames.map(({ name, isExact, jobs }) => [name, isExact, jobs.length])).toEqual([
      [undefined, false, 450],
      [undefined, false, 450],
    ]);
    expect(JSON.stringify(graphScene(unlike, laidOut(unlike, 'levels')))).toContain('450 jobs of one level');
    const steps = Array.from({ length: 1000 }, (_, k) => ({
      id: `step_${k}`,
      ...(k > 0 && { after: [`step_${k - 1}`] }),
    }));
    expect(foldingFor(pictureOf(steps), 'tb')).toBe('dependencies');
  });
});

function wordOf(k: number): string {
  return String.fromCharCode(97 + (k % 26), 97 + ((k / 26) % 26), 97 + ((k / 676) % 26));
}
