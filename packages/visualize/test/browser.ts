import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
];

/** A browser with a profile of its own, and a folder for pages. */
export class TestBrowser {
  private readonly folder = mkdtempSync(join(tmpdir(), 'executioner-visualize-'));
  private browser: Browser | undefined;
  private contexts: BrowserContext[] = [];
  private files = 0;

  async start(): Promise<void> {
    this.browser = await chromium.launch({ executablePath: executablePath!, args });
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

  async closePages(): Promise<void> {
    for (const context of this.contexts) await context.close();
    this.contexts = [];
  }
}
