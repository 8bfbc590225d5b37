/// <reference lib="dom" />
// The page in a real browser, used as a reader uses it: with mouse, keyboard and printer.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { layoutPicture, type Picture, renderPage } from '@executioner/visualize';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { barriers, hasBrowser, TestBrowser } from '../../../report/test/browser.ts';
import { nastyIds } from '../nasty.ts';
import { pictureOf, shop, shopRun } from '../pictures.ts';

const browser = new TestBrowser();

function pageOf(picture: Picture, view: 'graph' | 'timeline' = 'graph'): string {
  return renderPage(picture, layoutPicture(picture, { direction: 'lr', isFolded: true }), {
    theme: 'auto',
    view,
    version: '1.2.3',
  });
}

/** Waits until the page has nothing more to draw: what takes long, or is resized, it draws anew a moment after the last change. */
async function settled(page: Page): Promise<void> {
  // In the page itself, whose own timers were set before and are shorter.
  await page.evaluate(() => new Promise<void>((resolve) => setTimeout(resolve, 250)));
  await frames(page);
}

async function frames(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
}

/** Frames that took longer are shown as a picture of the one before, until nothing moves any more. */
const slowFrameMs = 23;

/** A fingerprint of what the canvas shows. */
async function canvasPixels(page: Page): Promise<string> {
  await frames(page);
  const look = () =>
    page.evaluate(() => {
      const canvas = document.getElementById('canvas') as HTMLCanvasElement;
      return { image: canvas.toDataURL(), frameMs: Number(canvas.dataset.frameMs) };
    });
  let { image, frameMs } = await look();
  if (frameMs >= slowFrameMs) {
    await settled(page);
    ({ image } = await look());
  }
  return createHash('sha256').update(image).digest('hex');
}

/** Waits until the canvas shows what it showed before: what is resized is drawn anew a moment later. */
async function expectPixels(page: Page, expected: string): Promise<void> {
  for (let tries = 0; tries < 100 && (await canvasPixels(page)) !== expected; tries++) await settled(page);
  expect(await canvasPixels(page)).toBe(expected);
}

(hasBrowser ? describe : describe.skip)('the page', () => {
  let run: Picture;
  beforeAll(async () => {
    await browser.start();
    run = pictureOf(shop, {
      report: await shopRun(),
      groupBy: 'tag',
      logs: new Map([['load', ['ORA-00942: table or view does not exist']]]),
    });
  });
  afterEach(() => browser.closePages());
  afterAll(() => browser.stop());

  test('says nothing on the console and fetches nothing but itself', async () => {
    const { problems, requests, page } = await browser.open(pageOf(run));
    await page.waitForSelector('#jobs button');
    expect(problems).toEqual([]);
    expect(requests.length).toBe(1);
    expect(await page.title()).toBe('shop, Run 12: failed (exit code 1)');
  });

  test('search narrows the list, and what does not match fades', async () => {
    const { page } = await browser.open(pageOf(run));
    const before = await canvasPixels(page);
    await page.keyboard.press('/');
    await page.keyboard.type('ORDERS');
    expect(await page.locator('#count').textContent()).toBe('1 of 8 jobs');
    expect(await page.locator('#jobs .id').allTextContents()).toEqual(['orders']);
    expect(await canvasPixels(page)).not.toBe(before);
    await page.keyboard.press('Enter');
    expect(await page.locator('#details h2').textContent()).toBe('orders');
    await page.locator('#search').focus();
    await page.keyboard.press('Escape');
    expect(await page.locator('#count').textContent()).toBe('8 jobs');
  });

  test('filters by status, tag and critical path', async () => {
    const { page } = await browser.open(pageOf(run));
    await page.check('#statuses input[value="failed"]');
    expect(await page.locator('#jobs .id').allTextContents()).toEqual(['load']);
    await page.check('#statuses input[value="skipped"]');
    expect(await page.locator('#jobs .id').allTextContents()).toEqual(['load', 'report', 'stray']);
    await page.uncheck('#statuses input[value="failed"]');
    await page.uncheck('#statuses input[value="skipped"]');
    await page.selectOption('#tag', 'extract');
    expect(await page.locator('#jobs .id').allTextContents()).toEqual(['orders', 'customers']);
    await page.check('#critical-only');
    expect(await page.locator('#jobs .id').allTextContents()).toEqual(['orders']);
  });

  test('a click on a box shows all about its job, and links lead on', async () => {
    const { page } = await browser.open(pageOf(run));
    await page.click('#jobs button:has-text("load")');
    const details = page.locator('#details');
    for (const text of [
      '✗ failed',
      'exit',
      '3',
      'echo load',
      'ORA-00942',
      'took',
      '20s',
      'Waits for (2)',
      'Waited for by (3)',
      'if it fails',
    ]) {
      expect(await details.textContent()).toContain(text);
    }
    await details.locator('button:has-text("orders")').click();
    expect(await details.locator('h2').textContent()).toBe('orders');
    expect(await details.textContent()).toContain('try 1: ');
    // It stands in the middle now, or was seen before: a click there selects it again.
    await page.keyboard.press('Escape');
    expect(await details.isVisible()).toBe(false);
  });

  test('boxes can be pointed at and clicked', async () => {
    const single = pictureOf([{ id: 'only one' }]);
    const { page } = await browser.open(pageOf(single));
    const box = (await page.locator('#canvas').boundingBox())!;
    const places = layoutPicture(single, { direction: 'lr', isFolded: true });
    // Drawn at its own size in the middle of the canvas, less the room that is left for the legend.
    const middle = await page.evaluate(() => {
      const canvas = document.getElementById('canvas') as HTMLCanvasElement;
      return { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 };
    });
    expect(places.width).toBeGreaterThan(0);
    await page.mouse.move(box.x + middle.x, box.y + middle.y);
    await page.waitForSelector('#tooltip:not([hidden])');
    expect(await page.locator('#tooltip').textContent()).toBe('only one');
    await page.mouse.click(box.x + middle.x, box.y + middle.y);
    expect(await page.locator('#details h2').textContent()).toBe('only one');
  });

  test('wheel, drag, keys and buttons move and zoom', async () => {
    const { page } = await browser.open(pageOf(run));
    const seen = [await canvasPixels(page)];
    const note = async () => {
      const now = await canvasPixels(page);
      expect(seen.at(-1)).not.toBe(now);
      seen.push(now);
    };
    await page.mouse.move(700, 400);
    await page.mouse.wheel(0, -300);
    await note();
    await page.mouse.down();
    await page.mouse.move(760, 440, { steps: 4 });
    await page.mouse.up();
    await note();
    await page.locator('#canvas').focus();
    await page.keyboard.press('-');
    await note();
    await page.keyboard.press('ArrowLeft');
    await note();
    await page.click('#zoom-in');
    await note();
    await page.mouse.move(5, 5);
    await page.click('#fit');
    await page.mouse.move(5, 5);
    await expectPixels(page, seen[0]!);
  });

  test.each(['lr', 'tb'] as const)(
    'a very long chain opens at its beginning; Fit shows all (%s)',
    async (direction) => {
      const chain = pictureOf(
        Array.from({ length: 200 }, (_, k) => ({
          id: `step_${k}`,
          ...(k > 0 && { after: [`step_${k - 1}`] }),
        })),
      );
      const places = layoutPicture(chain, { direction, isFolded: true });
      const { page } = await browser.open(
        renderPage(chain, places, { theme: 'auto', view: 'graph', version: '1.2.3' }),
      );
      const canvas = (await page.locator('#canvas').boundingBox())!;
      const position =
        direction === 'tb'
          ? { x: canvas.width / 2, y: 24 + 18 + 15 }
          : { x: 24 + 18 + 55, y: canvas.height / 2 - 10 };
      await page.locator('#canvas').click({ position });
      expect(await page.locator('#details h2').textContent()).toBe('step_0');
      await page.keyboard.press('Escape');
      const beginning = await canvasPixels(page);
      await page.click('#fit');
      expect(await canvasPixels(page)).not.toBe(beginning);
    },
  );

  test('arrow keys lead from job to job', async () => {
    const { page } = await browser.open(pageOf(pictureOf(shop)));
    const heading = page.locator('#details h2');
    await page.locator('#canvas').focus();
    await page.keyboard.press('Home');
    expect(await heading.textContent()).toBe('prepare');
    await page.keyboard.press('ArrowRight');
    const first = await heading.textContent();
    expect(['orders', 'customers', 'report']).toContain(first);
    await page.keyboard.press('ArrowLeft');
    expect(await heading.textContent()).toBe('prepare');
  });

  test('groups become one box and open again', async () => {
    const { page } = await browser.open(pageOf(run));
    const before = await canvasPixels(page);
    const button = page.locator('#groups button[data-group="0"]');
    expect(await button.textContent()).toBe('extract');
    await button.click();
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    expect(await canvasPixels(page)).not.toBe(before);
    // A job in it can still be chosen: its details show, and its group's box is marked.
    await page.click('#jobs button:has-text("orders")');
    expect(await page.locator('#details h2').textContent()).toBe('orders');
    await page.keyboard.press('Escape');
    await page.click('#collapse-all');
    await page.click('#collapse-all');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    await page.mouse.move(5, 5);
    await page.click('#fit');
    await page.mouse.move(5, 5);
    await expectPixels(page, before);
  });

  test('the wheel zooms the time of a timeline alone: header and lanes stay', async () => {
    const { page } = await browser.open(pageOf(run, 'timeline'));
    const whole = await canvasPixels(page);
    /** The pixels of the names of the lanes, left of the chart, and of the chart. */
    const parts = () =>
      page.evaluate(() => {
        const canvas = document.getElementById('canvas') as HTMLCanvasElement;
        const context = canvas.getContext('2d')!;
        const sum = (x: number, width: number) =>
          context
            .getImageData(x, 0, width, canvas.height)
            .data.reduce((total, each, k) => total + each * (k % 251), 0);
        const left = canvas.width * 0.08;
        return { names: sum(0, left), chart: sum(left, canvas.width - left) };
      });
    const before = await parts();
    const canvas = (await page.locator('#canvas').boundingBox())!;
    await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height - 60);
    for (let turn = 0; turn < 5; turn++) await page.mouse.wheel(0, -200);
    const zoomed = await canvasPixels(page);
    expect(zoomed).not.toBe(whole);
    const after = await parts();
    expect(after.names).toBe(before.names);
    expect(after.chart).not.toBe(before.chart);
    // A drag moves through the time; the key brings all of it back.
    await page.mouse.down();
    await page.mouse.move(canvas.x + canvas.width / 2 - 200, canvas.y + canvas.height - 60, { steps: 4 });
    await page.mouse.up();
    expect(await canvasPixels(page)).not.toBe(zoomed);
    expect((await parts()).names).toBe(before.names);
    await page.mouse.move(2, 2);
    await page.locator('#fit').click();
    await expectPixels(page, whole);
  });

  test('graph and timeline are two views of one run', async () => {
    const { page } = await browser.open(pageOf(run, 'timeline'));
    expect(await page.locator('#views button[aria-pressed="true"]').textContent()).toBe('Timeline');
    const timeline = await canvasPixels(page);
    await page.click('#jobs button:has-text("orders")');
    expect(await page.locator('#details h2').textContent()).toBe('orders');
    await page.click('#views button[data-view="graph"]');
    expect(await canvasPixels(page)).not.toBe(timeline);
  });

  test('follows the system between light and dark, and a choice wins over it', async () => {
    const { page } = await browser.open(pageOf(run), { colorScheme: 'dark' });
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await paper()).toBe('rgb(16, 20, 24)');
    const dark = await canvasPixels(page);
    await page.selectOption('#theme', 'light');
    expect(await paper()).toBe('rgb(255, 255, 255)');
    expect(await canvasPixels(page)).not.toBe(dark);
  });

  test('ids with any characters are text everywhere', async () => {
    const picture = pictureOf(
      nastyIds.map((id, k) => ({
        id,
        description: id,
        command: id,
        tags: [id],
        ...(k === 0 ? {} : { after: [nastyIds[k - 1]!] }),
      })),
      { groupBy: 'tag' },
    );
    const { page, problems } = await browser.open(pageOf(picture));
    await page.waitForSelector('#jobs button');
    const shown = await page.locator('#jobs .id').allTextContents();
    // On its way out of the browser a lone surrogate becomes some replacement characters.
    const wellFormed = (text: string) => text.replace(/(?:\ufffd|\p{Cs})+/gu, '\ufffd');
    expect(shown.map(wellFormed)).toEqual(nastyIds.map(wellFormed));
    for (const button of (await page.locator('#jobs button').all()).slice(0, 6)) await button.click();
    expect(await page.locator('#details script, #details img, #jobs img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    expect(problems).toEqual([]);
  });

  test('prints the whole drawing as vectors, with its texts', async () => {
    const { page } = await browser.open(pageOf(run));
    await page.click('#zoom-in');
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const text = spawnSync('pdftotext', ['-raw', '-', '-'], { input: pdf, encoding: 'utf8' });
    if (text.error !== undefined) return;
    for (const id of shop.map(({ id }) => id)) expect(text.stdout).toContain(id);
    expect(text.stdout).toContain('critical path');
    const info = spawnSync('pdfinfo', ['-'], { input: pdf, encoding: 'utf8' });
    expect(info.stdout).toMatch(/Pages:\s+1\n/);
  });

  describe('the map', () => {
    const large = pictureOf(
      Array.from({ length: 120 }, (_, k) => ({
        id: `job_${k}`,
        ...(k >= 15 && { after: [`job_${k - 15}`, `job_${k - (k % 15) - 15 + ((k * 7) % 15)}`] }),
      })),
    );
    const map = '#map';

    /** Where the middle of the part that is seen lies on the map, by the colour of its frame. */
    async function frameOnMap(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
      await canvasPixels(page);
      return await page.evaluate(() => {
        const canvas = document.getElementById('map') as HTMLCanvasElement;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        const active = getComputedStyle(document.documentElement).getPropertyValue('--active').trim();
        const wanted = [1, 3, 5].map((at) => Number.parseInt(active.slice(at, at + 2), 16));
        const hits: [number, number][] = [];
        for (let at = 0; at < data.length; at += 4) {
          if (wanted.every((value, k) => Math.abs(value - data[at + k]!) < 40))
            hits.push([(at / 4) % canvas.width, Math.floor(at / 4 / canvas.width)]);
        }
        const [xs, ys] = [hits.map(([x]) => x), hits.map(([, y]) => y)];
        const [left, right] = [Math.min(...xs), Math.max(...xs)];
        const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
        return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
      });
    }

    test('shows what is seen of a large drawing, and where it is dragged to is seen', async () => {
      const { page } = await browser.open(pageOf(large));
      await canvasPixels(page);
      expect(await page.locator(map).isVisible()).toBe(false);
      expect(await page.isDisabled('#map-toggle')).toBe(true);
      await page.mouse.move(700, 450);
      await page.mouse.wheel(0, -1400);
      await canvasPixels(page);
      expect(await page.locator(map).isVisible()).toBe(true);
      expect(await page.isDisabled('#map-toggle')).toBe(false);
      const before = await frameOnMap(page);
      const box = (await page.locator(map).boundingBox())!;
      await page.mouse.move(box.x + before.x, box.y + before.y);
      await page.mouse.down();
      await page.mouse.move(box.x + before.x + 20, box.y + before.y - 6);
      await page.mouse.up();
      const after = await frameOnMap(page);
      expect(Math.abs(after.x - before.x - 20)).toBeLessThan(3);
      expect(Math.abs(after.y - before.y + 6)).toBeLessThan(3);
      // A click beside the frame brings its place to the middle.
      await page.mouse.click(box.x + 30, box.y + 20);
      const clicked = await frameOnMap(page);
      expect(Math.abs(clicked.x - 30)).toBeLessThan(4);
      expect(Math.abs(clicked.y - 20)).toBeLessThan(4);
      await page.click('#fit');
      await canvasPixels(page);
      expect(await page.locator(map).isVisible()).toBe(false);
    });

    test('is moved by keys, hidden and shown again, and no barrier to anybody', async () => {
      const { page, problems } = await browser.open(pageOf(large));
      for (let k = 0; k < 5; k++) await page.click('#zoom-in');
      const before = await frameOnMap(page);
      await page.focus(map);
      for (let k = 0; k < 4; k++) await page.keyboard.press('ArrowRight');
      const after = await frameOnMap(page);
      expect(after.x).toBeGreaterThan(before.x + 2);
      expect(Math.abs(after.y - before.y)).toBeLessThan(2);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await barriers(page)).toEqual([]);
      }
      await page.keyboard.press('m');
      expect(await page.locator(map).isVisible()).toBe(false);
      expect(await page.getAttribute('#map-toggle', 'aria-pressed')).toBe('false');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('canvas');
      await page.click('#map-toggle');
      expect(await page.locator(map).isVisible()).toBe(true);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator(map).isVisible()).toBe(false);
      // The browser has an opinion on how this test reads the map.
      expect(problems.filter((text) => !text.includes('getImageData'))).toEqual([]);
    });

    test('takes the colours of the theme, and fades what does not match', async () => {
      const { page } = await browser.open(pageOf(large));
      for (let k = 0; k < 5; k++) await page.click('#zoom-in');
      const pixels = async () => {
        await settled(page);
        return await page.evaluate(() => (document.getElementById('map') as HTMLCanvasElement).toDataURL());
      };
      const light = await pixels();
      await page.selectOption('#theme', 'dark');
      expect(await pixels()).not.toBe(light);
      await page.selectOption('#theme', 'light');
      expect(await pixels()).toBe(light);
      await page.fill('#search', 'job_11');
      expect(await pixels()).not.toBe(light);
    });

    test('is none of a timeline, whose time zooms by itself', async () => {
      const { page } = await browser.open(pageOf(run, 'timeline'));
      await page.mouse.move(700, 300);
      await page.keyboard.down('Control');
      await page.mouse.wheel(0, -600);
      await page.keyboard.up('Control');
      await canvasPixels(page);
      expect(await page.locator(map).isVisible()).toBe(false);
    });
  });

  test('on a narrow screen the drawing comes first, and the list can be opened', async () => {
    const { page } = await browser.open(pageOf(run), { width: 390, height: 700 });
    expect(await page.locator('#sidebar').isVisible()).toBe(false);
    await page.click('#sidebar-toggle');
    await page.click('#jobs button:has-text("orders")');
    expect(await page.locator('#details h2').textContent()).toBe('orders');
  });

  test.each([
    ['graph', 'light'],
    ['graph', 'dark'],
    ['timeline', 'light'],
  ] as const)('axe finds nothing to complain about in the %s, %s', async (view, colorScheme) => {
    const { page } = await browser.open(pageOf(run, view), { colorScheme });
    await page.click('#jobs button');
    expect(await barriers(page)).toEqual([]);
  });

  test('names what it has for those who do not see it', async () => {
    const { page } = await browser.open(pageOf(run));
    expect(await page.locator('#canvas').getAttribute('aria-label')).toMatch(
      /^Graph of 8 jobs\. critical path: 4 jobs/,
    );
    const unnamed = await page.evaluate(() =>
      [...document.querySelectorAll('button, input, select')]
        .filter((control) => {
          const labels = (control as HTMLInputElement).labels;
          const name = control.getAttribute('aria-label') ?? control.textContent ?? '';
          return name.trim() === '' && (labels === null || labels === undefined || labels.length === 0);
        })
        .map(({ outerHTML }) => outerHTML),
    );
    expect(unnamed).toEqual([]);
    // The status is said, not only coloured.
    expect(await page.locator('#jobs button').nth(3).textContent()).toContain('failed: ');
  });

  test('10,000 jobs open, are searched and moved', async () => {
    const jobs = Array.from({ length: 10_000 }, (_, k) => ({
      id: `job_${k}`,
      ...(k < 100
        ? {}
        : { after: [`job_${k - 100}`, `job_${((k * 7919) % 100) + 100 * Math.floor(k / 100 - 1)}`] }),
    }));
    const picture = pictureOf(jobs);
    const { page, problems } = await browser.open(pageOf(picture));
    await page.waitForFunction(() => document.getElementById('canvas')?.dataset.frameMs !== undefined);
    await page.fill('#search', 'job_9999');
    expect(await page.locator('#jobs .id').allTextContents()).toEqual(['job_9999']);
    await page.keyboard.press('Enter');
    expect(await page.locator('#details h2').textContent()).toBe('job_9999');
    const before = await canvasPixels(page);
    await page.mouse.move(600, 400);
    await page.mouse.wheel(0, 200);
    expect(await canvasPixels(page)).not.toBe(before);
    expect(problems).toEqual([]);
  });
});
