/** A real browser for the page's tests: Chromium from npm on Linux, an installed Chrome elsewhere. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import chromiumBinary from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--lang=zh-CN',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const OUTPUT = join(import.meta.dirname, '../../../output/page');

/** Where the built page is. Throws when nobody built it. */
export function builtPage(): string {
  const dir = join(import.meta.dirname, '../../../../src/emulator/page/dist');
  if (!existsSync(join(dir, 'index.html'))) throw new Error('build the page first: npm run build:page');
  return dir;
}

/** A browser with a profile of its own, which goes with it. */
export async function launchBrowser(): Promise<Browser> {
  if (process.platform !== 'linux') return chromium.launch({ channel: 'chrome', args: FLAGS });
  return chromium.launch({ executablePath: await chromiumBinary.executablePath(), args: FLAGS });
}

export type Visit = { page: Page; errors: string[]; foreign: string[] };
type Screen = { width?: number; height?: number; theme?: 'light' | 'dark'; scale?: number };

/** Opens an address as a Chinese reader would. `errors` gathers what the page complains of, `foreign` what it asked of other machines. */
export async function visit(
  browser: Browser,
  url: string,
  { width = 1440, height = 900, theme = 'light', scale = 1 }: Screen = {},
): Promise<Visit> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: theme,
    viewport: { width, height },
    deviceScaleFactor: scale,
    hasTouch: width < 600,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
  });
  await page.goto(url);
  return { page, errors, foreign };
}

/** Keeps a picture of the page under `test/output/page/`, for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: join(OUTPUT, `${name}.png`) });
}

/** Keeps what was measured as JSON under `test/output/page/`, and prints it. */
export function keepNumbers(name: string, numbers: Record<string, number>): void {
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(join(OUTPUT, `${name}.json`), `${JSON.stringify(numbers, null, 2)}\n`);
  console.info(name, numbers);
}
