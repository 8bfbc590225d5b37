import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { boxSize, idRoom, idStyle } from '../../src/scene/jobBox.ts';
import { jobLabels } from '../../src/scene/jobLabels.ts';
import { textWidth } from '../../src/scene/textWidth.ts';
import { pictureOf } from '../pictures.ts';

function labelsOf(ids: readonly string[]): string[] {
  const picture = pictureOf(ids.map((id) => ({ id })));
  return jobLabels(picture, boxSize(picture));
}

describe('jobLabels', () => {
  test('ids that fit are as they are, of others the middle is cut', () => {
    expect(labelsOf(['short', 'x'.repeat(100)])).toEqual(['short', expect.stringMatching(/^x+…x+$/)]);
  });

  test('what tells ids from each other is not cut away', () => {
    const ids = [1, 12, 120].map(
      (k) => `extract_the_orders_of_region_${k}_from_the_old_warehouse_in_the_south`,
    );
    const labels = labelsOf(ids);
    expect(labels.map((label) => /^extract_.*…(\d+)….*south$/.exec(label)?.[1])).toEqual(['1', '12', '120']);
  });

  test('are no longer than their room, and differ where ids differ in a word', () => {
    const text = fc.stringMatching(/^[a-z_]{0,60}$/);
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(
        text,
        text,
        fc.uniqueArray(word, { minLength: 2, maxLength: 6 }),
        (before, after, words) => {
          const picture = pictureOf(words.map((each) => ({ id: `${before}.${each}.${after}` })));
          const box = boxSize(picture);
          const labels = jobLabels(picture, box);
          expect(new Set(labels).size).toBe(words.length);
          for (const [job, label] of labels.entries())
            expect(textWidth(label, idStyle)).toBeLessThanOrEqual(idRoom(picture.jobs[job]!, box) + 1e-6);
        },
      ),
      { numRuns: 200 },
    );
  });
});
