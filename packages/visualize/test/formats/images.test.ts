// Images are compared by their pixels: the same font and renderer draw them everywhere.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import {
  graphScene,
  layoutPicture,
  renderPdf,
  renderPng,
  type Scene,
  timelineScene,
} from '@executioner/visualize';
import { describe, expect, test } from '@jest/globals';
import { PNG } from 'pngjs';
import { expectGoldenImage } from '../../../report/test/images.ts';
import { pictureOf, shop, shopRun } from '../pictures.ts';

const folder = join(import.meta.dirname, '../golden');

async function expectImage(name: string, scene: Scene, theme: 'light' | 'dark'): Promise<void> {
  const { png } = await renderPng(scene, { theme, scale: 1 });
  expectGoldenImage(join(folder, name), png);
}

describe('images', () => {
  test('of a graph, light and dark', async () => {
    const picture = pictureOf(shop, { groupBy: 'tag' });
    const scene = graphScene(picture, layoutPicture(picture, { direction: 'lr', isFolded: true }));
    await expectImage('graph-light.png', scene, 'light');
    await expectImage('graph-dark.png', scene, 'dark');
  });

  test('of a run and its timeline', async () => {
    const picture = pictureOf(shop, { report: await shopRun() });
    await expectImage(
      'run-light.png',
      graphScene(picture, layoutPicture(picture, { direction: 'tb', isFolded: true })),
      'light',
    );
    await expectImage('timeline-dark.png', timelineScene(picture), 'dark');
  });

  test('have the same letters beside a script that only the fonts of the machine have', async () => {
    const alone = await lettersBeside('');
    const beside = await lettersBeside('数据');
    expect(beside.equals(alone)).toBe(true);
  });

  test('are made smaller when they would be too large', async () => {
    const scene: Scene = { width: 100_000, height: 50, title: '', description: '', shapes: [] };
    const { png, scale } = await renderPng(scene, { theme: 'light', scale: 2 });
    expect(scale).toBeCloseTo(0.16);
    expect(PNG.sync.read(Buffer.from(png)).width).toBe(16_000);
  });

  (spawnSync('pdftoppm', ['-v']).error === undefined ? test : test.skip)(
    'a PDF looks as the image does',
    async () => {
      const picture = pictureOf(shop, { report: await shopRun() });
      const scene = graphScene(picture, layoutPicture(picture, { direction: 'lr', isFolded: true }));
      const { pdf } = await renderPdf(scene, { theme: 'light' });
      // 96 points of an inch: a pixel for each of the drawing.
      const ppm = spawnSync('pdftoppm', ['-png', '-r', '96', '-singlefile', '-'], {
        input: pdf,
        maxBuffer: 1 << 26,
      });
      const page = PNG.sync.read(ppm.stdout);
      const { png } = await renderPng(scene, { theme: 'light', scale: 1 });
      const image = PNG.sync.read(Buffer.from(png));
      expect(Math.abs(page.width - image.width) + Math.abs(page.height - image.height)).toBeLessThan(4);
      expect(Math.abs(inkOf(page) - inkOf(image))).toBeLessThan(0.1 * inkOf(image));
    },
  );
});

describe('letters that the own font lacks', () => {
  const sceneOf = (text: string): Scene => ({
    width: 120,
    height: 40,
    title: '',
    description: '',
    shapes: [
      {
        kind: 'group',
        title: '',
        shapes: [{ kind: 'text', x: 60, y: 28, size: 24, anchor: 'middle', text, fill: 'ink' }],
      },
    ],
  });

  test('are told where no font has them, and only then', async () => {
    const unknown = sceneOf('a\u{10fff0}b');
    expect((await renderPng(unknown, { theme: 'light', scale: 1 })).unknownLetters).toEqual(['\u{10fff0}']);
    expect((await renderPdf(unknown, { theme: 'light' })).unknownLetters).toEqual(['\u{10fff0}']);
    const known = sceneOf('naïve Ω → ✓');
    expect((await renderPng(known, { theme: 'light', scale: 1 })).unknownLetters).toEqual([]);
    expect((await renderPdf(known, { theme: 'light' })).unknownLetters).toEqual([]);
  });

  (spawnSync('pdftoppm', ['-v']).error === undefined ? test : test.skip)(
    'are drawn in a PDF as in an image',
    async () => {
      // Where the machine has no such font, both draw the same empty boxes.
      const scene = sceneOf('数据 x');
      const { pdf } = await renderPdf(scene, { theme: 'light' });
      const ppm = spawnSync('pdftoppm', ['-png', '-r', '96', '-singlefile', '-'], { input: pdf });
      const { png } = await renderPng(scene, { theme: 'light', scale: 1 });
      const ink = inkOf(PNG.sync.read(Buffer.from(png)));
      expect(Math.abs(inkOf(PNG.sync.read(ppm.stdout)) - ink)).toBeLessThan(0.2 * ink);
    },
  );
});

/** The share of pixels that are not paper. */
function inkOf({ data, width, height }: PNG): number {
  let ink = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at]! + data[at + 1]! + data[at + 2]! < 730) ink++;
  return ink / (width * height);
}

/** The pixels of a text, drawn left of another one. */
async function lettersBeside(other: string): Promise<Buffer> {
  const text = (x: number, letters: string) =>
    ({ kind: 'text', x, y: 20, size: 12, isBold: true, text: letters, fill: 'ink' }) as const;
  const scene: Scene = {
    width: 400,
    height: 30,
    title: '',
    description: '',
    shapes: [text(4, 'not finished, exit code 1'), text(300, other)],
  };
  const { png } = await renderPng(scene, { theme: 'light', scale: 1 });
  const { data, width, height } = PNG.sync.read(Buffer.from(png));
  return Buffer.concat(
    Array.from({ length: height }, (_, y) => data.subarray(4 * y * width, 4 * (y * width + 290))),
  );
}
