/// <reference lib="dom" />
// What we write must be what Mermaid itself reads: its real parser and renderer, in a real browser.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Picture, renderGantt, renderMermaid } from '@executioner/visualize';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { hasBrowser, TestBrowser } from '../../../report/test/browser.ts';
import { nastyIds } from '../nasty.ts';
import { pictureOf, shop, shopRun } from '../pictures.ts';

const mermaid = join(dirname(createRequire(import.meta.url).resolve('mermaid')), 'mermaid.min.js');
const browser = new TestBrowser();
let page: Page;

(hasBrowser ? describe : describe.skip)('Mermaid', () => {
  beforeAll(async () => {
    await browser.start();
    page = (await browser.open('<!doctype html><meta charset="utf-8"><body></body>')).page;
    await page.addScriptTag({ path: mermaid });
  });
  afterAll(() => browser.stop());

  test('draws a workflow, with groups, and a run of it', async () => {
    const report = await shopRun();
    for (const picture of [
      pictureOf(shop),
      pictureOf(shop, { groupBy: 'tag' }),
      pictureOf(shop, { report }),
    ]) {
      const drawn = await draw(renderMermaid(picture, { direction: 'lr', isMarkdown: false }));
      expect(drawn.nodes.length).toBe(shop.length);
      expect(drawn.edges).toBe(picture.dependencies.length);
      expect(drawn.nodes.some((text) => text.includes('customers'))).toBe(true);
    }
  });

  test('draws a timeline', async () => {
    const picture = pictureOf(shop, { report: await shopRun() });
    expect((await draw(renderGantt(picture, { isMarkdown: false }))).text).toContain('orders');
  });

  test('shows ids with any characters as they are, and runs nothing in them', async () => {
    const picture: Picture = pictureOf(
      nastyIds.map((id, k) => ({ id, tags: [id], ...(k === 0 ? {} : { after: [nastyIds[k - 1]!] }) })),
      { groupBy: 'tag' },
    );
    const drawn = await draw(renderMermaid(picture, { direction: 'lr', isMarkdown: false }));
    expect(drawn.nodes.length).toBe(nastyIds.length);
    expect(drawn.edges).toBe(nastyIds.length - 1);
    for (const id of [
      '</script><script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '"] --> x["',
      '&amp; &lt; #35; %% {{x}}',
      '日本語のジョブ',
    ]) {
      expect(drawn.nodes.map((text) => text.trim())).toContain(id);
    }
    expect(await page.evaluate('document.querySelectorAll("svg script, svg img").length')).toBe(0);
  });

  test('reads the Gantt chart of such a run', async () => {
    const picture = pictureOf(nastyIds.map((id) => ({ id })));
    const bars = nastyIds.map((_, job) => ({
      job,
      try: 1,
      tries: 1,
      startMs: job * 10,
      endMs: job * 10 + 9,
      word: 'succeeded',
      tone: 'good' as const,
      waitedMs: 0,
    }));
    const run = {
      name: 'Run 1',
      verdict: '',
      tone: 'good' as const,
      facts: [],
      attempts: [{ attempt: 1, durationMs: 500, lanes: [bars], waits: [] }],
    };
    await draw(renderGantt({ ...picture, run }, { isMarkdown: false }));
  });
});

async function draw(text: string): Promise<{ nodes: string[]; edges: number; text: string }> {
  return page.evaluate(async (source) => {
    const { mermaid: library } = globalThis as unknown as {
      mermaid: {
        initialize(options: object): void;
        parse(text: string): Promise<unknown>;
        render(id: string, text: string): Promise<{ svg: string }>;
      };
    };
    library.initialize({ startOnLoad: false, securityLevel: 'strict', maxTextSize: 1e6, maxEdges: 1e4 });
    await library.parse(source);
    const { svg } = await library.render('drawn', source);
    document.body.innerHTML = svg;
    return {
      nodes: [...document.querySelectorAll('.node')].map((node) => node.textContent ?? ''),
      edges: document.querySelectorAll('.edgePaths path, path.flowchart-link').length,
      text: document.body.textContent ?? '',
    };
  }, text);
}
