/// <reference lib="dom" />
// The pages in a real browser: as pictures, on paper, on a narrow screen, and for those who do not see them.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { barriers, hasBrowser, TestBrowser } from '../../../report/test/browser.ts';
import { expectGoldenImage } from '../../../report/test/images.ts';
import { pages } from './pages.ts';

const golden = join(import.meta.dirname, 'golden');
const browser = new TestBrowser();

(hasBrowser ? describe : describe.skip)('pages', () => {
  beforeAll(() => browser.start());
  afterEach(() => browser.closePages());
  afterAll(() => browser.stop());

  describe.each(Object.entries(pages))('%s', (name, make) => {
    test('looks as it did, light, dark and narrow', async () => {
      const html = await make();
      for (const colorScheme of ['light', 'dark'] as const) {
        const png = await browser.screenshot(html, { colorScheme, width: 720 });
        expectGoldenImage(join(golden, `${name}-${colorScheme}.png`), png);
      }
      if (!['summary', 'post-mortem'].includes(name)) return;
      const narrow = await browser.screenshot(html, { colorScheme: 'light', width: 380 });
      expectGoldenImage(join(golden, `${name}-narrow.png`), narrow);
    });

    test('fits a narrow screen, fetches nothing but itself, and can be read by a screen reader', async () => {
      const { page, problems, requests } = await browser.open(await make(), { width: 380 });
      expect([problems, requests.length]).toEqual([[], 1]);
      const found = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth,
        levels: [...document.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => Number(tagName[1])),
        unnamed: [...document.querySelectorAll('svg[role="img"], [role="region"]')].filter(
          (element) => (element.getAttribute('aria-label') ?? '') === '',
        ).length,
        headless: [...document.querySelectorAll('table')].filter(
          (table) => table.querySelector('thead th[scope="col"]') === null,
        ).length,
      }));
      expect(found).toMatchObject({ width: 380, unnamed: 0, headless: 0 });
      expect(await barriers(page)).toEqual([]);
      const [first, ...others] = found.levels;
      expect(first).toBe(1);
      expect(others.every((level, k) => level > 1 && level <= found.levels[k]! + 1)).toBe(true);
    });
  });

  test('a picture taken twice is the same', async () => {
    const html = await pages['post-mortem']!();
    const shots = [1, 2].map(() => browser.screenshot(html, { colorScheme: 'light', width: 720 }));
    const [first, second] = await Promise.all(shots);
    expect(first!.equals(second!)).toBe(true);
  });

  test('a run of a thousand jobs gives a page that leads to the cause and is no wall', async () => {
    const html = await pages['post-mortem-big']!();
    expect(html.length).toBeLessThan(300_000);
    const { page } = await browser.open(html);
    const top = await page.evaluate(() => {
      const seen = [...document.querySelectorAll('section')].filter(
        (section) => section.getBoundingClientRect().top < innerHeight,
      );
      return seen.map(({ textContent }) => textContent).join('\n');
    });
    expect(top).toContain('What failed first: step_0020');
    expect(top).toContain('ERROR: warehouse-6 does not answer');
    expect(top).toContain('29 more jobs failed like it');
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(5000);
  });

  test('prints black on white, with its texts', async () => {
    const { page } = await browser.open(await pages['post-mortem']!(), { colorScheme: 'dark' });
    const text = spawnSync('pdftotext', ['-layout', '-', '-'], { input: await page.pdf(), encoding: 'utf8' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    if (text.error !== undefined) return;
    for (const part of ['What failed first: load', 'executioner run --resume-from 7'])
      expect(text.stdout).toContain(part);
  });
});
