/// <reference lib="dom" />
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);

/** Whether there is a browser to test with. */
export const hasBrowser = executablePath !== undefined;

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Letters are drawn alike whatever the machine is set to.
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
];

const pictureHeightMax = 1500;

/** For slow machines: no step is meant to take as long. */
const patienceMs = 180_000;

/** A browser with a profile of its own, and a folder for pages. */
export class TestBrowser {
  private readonly folder = mkdtempSync(join(tmpdir(), 'executioner-pages-'));
  private browser: Browser | undefined;
  private contexts: BrowserContext[] = [];
  private files = 0;

  async start(): Promise<void> {
    this.browser = await chromium.launch({ executablePath: executablePath!, args, timeout: patienceMs });
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Opens a page from a file. What it says on its console, its errors, and what it wants to fetch are kept. */
  async open(
    html: string,
    options: {
      readonly colorScheme?: 'light' | 'dark';
      readonly width?: number;
      readonly height?: number;
    } = {},
  ): Promise<{ page: Page; problems: string[]; requests: string[] }> {
    const { colorScheme = 'light', width = 1200, height = 760 } = options;
    const context = await this.browser!.newContext({ colorScheme, viewport: { width, height } });
    context.setDefaultTimeout(patienceMs);
    this.contexts.push(context);
    const page = await context.newPage();
    const problems: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    const path = join(this.folder, `${++this.files}.html`);
    writeFileSync(path, html);
    await page.goto(`file://${path}`);
    return { page, problems, requests };
  }

  /**
   * A picture of a page, or of its beginning where it is very long, at half its size: where things stand and in which colours
   * can be seen, and the files stay small. With fonts that are the same everywhere, of which its own policy need not know.
   */
  async screenshot(
    html: string,
    { colorScheme, width }: { readonly colorScheme: 'light' | 'dark'; readonly width: number },
  ): Promise<Buffer> {
    const context = await this.browser!.newContext({
      colorScheme,
      viewport: { width, height: 600 },
      deviceScaleFactor: 0.5,
      reducedMotion: 'reduce',
      bypassCSP: true,
    });
    context.setDefaultTimeout(patienceMs);
    try {
      const page = await context.newPage();
      await page.setContent(html);
      await page.addStyleTag({ content: testFonts() });
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      const length = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.min(length, pictureHeightMax) });
      return await page.screenshot({ animations: 'disabled' });
    } finally {
      await context.close();
    }
  }

  async closePages(): Promise<void> {
    for (const context of this.contexts) await context.close();
    this.contexts = [];
  }
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds to complain about in a page: barriers for people who do not see it, or not its colours. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate('axe.run()').then((result) => result as AxeResults);
  if (passes.length < 10) throw new Error(`axe has looked at ${passes.length} things only`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

const fontFolder = join(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json'), '../ttf');

function testFonts(): string {
  const faces = [
    ['Test Sans', 400, 'DejaVuSans.ttf'],
    ['Test Sans', 700, 'DejaVuSans-Bold.ttf'],
    ['Test Mono', 400, 'DejaVuSansMono.ttf'],
  ] as const;
  const rules = faces.map(([family, weight, file]) => {
    const data = readFileSync(join(fontFolder, file)).toString('base64');
    return `@font-face { font-family: '${family}'; font-weight: ${weight}; src: url(data:font/ttf;base64,${data}); }`;
  });
  return `${rules.join('\n')}
body, svg text { font-family: 'Test Sans' !important; }
pre, code, .mono, .job ul { font-family: 'Test Mono' !important; }`;
}
