/** The card renderer in a real browser: every element is drawn, in every look, and what people typed stays text. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GalleryCard } from '../../../src/emulator/site/page-api.ts';
import { keepPicture, launchBrowser, visit } from './support/browser.ts';
import { HOSTILE, HOSTILE_TEXT, SAMPLES } from './support/sample-cards.ts';
import { buildWorld, type ScriptedWorld, startScriptedWorld } from './support/scripted-world.ts';

const PROBLEM = { path: 'body.elements[0]', rule: 'sample', code: 200621, message: '不认识的属性' };
const CARDS: GalleryCard[] = [
  ...Object.entries(SAMPLES).map(([card, json]) => ({ feature: 'samples', card, json, problems: [] })),
  { feature: 'hostile', card: 'hostile', json: HOSTILE, problems: [PROBLEM] },
];

let browser: Browser;
let world: ScriptedWorld;
beforeAll(async () => {
  [browser, world] = await Promise.all([launchBrowser(), startScriptedWorld(buildWorld(20), {}, CARDS)]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

async function openGallery(theme: 'light' | 'dark'): Promise<{ page: Page; errors: string[] }> {
  const { page, errors } = await visit(browser, world.emulator.url, { theme, height: 3600 });
  await page.getByRole('button', { name: '卡片', exact: true }).click();
  await page.getByRole('heading', { name: 'samples/content' }).waitFor();
  return { page, errors };
}

test.each(['light', 'dark'] as const)(
  'every element is drawn, %s',
  async (theme) => {
    const { page, errors } = await openGallery(theme);
    await page
      .getByRole('button', { name: theme === 'light' ? '浅色' : '深色', exact: true })
      .first()
      .click();
    for (const width of ['电脑', '手机']) {
      await page.getByRole('button', { name: width, exact: true }).click();
      await page.locator('.card-chart[data-drawn]').waitFor();
      expect(await page.locator('.card-unknown, .card-broken').count()).toBe(0);
      expect(await page.locator('.card').count()).toBe(CARDS.length);
      const isTooWide = await page
        .locator('.card')
        .evaluateAll((cards) => cards.some((card) => card.scrollWidth > card.clientWidth));
      expect(isTooWide).toBe(false);
      await keepPicture(page, `gallery-${theme}-${width === '电脑' ? 'desktop' : 'phone'}`);
    }
    expect(errors).toEqual([]);
    await page.context().close();
  },
  60_000,
);

test('all four looks stand side by side, and problems are told', async () => {
  const { page } = await openGallery('light');
  await page.getByRole('button', { name: '浅色和深色' }).click();
  await page.getByRole('button', { name: '电脑和手机' }).click();
  expect(await page.locator('.card').count()).toBe(CARDS.length * 4);
  expect(await page.getByText('不认识的属性').count()).toBe(1);
  expect(await page.getByText('6 张，1 张有问题').count()).toBe(1);
  await page.context().close();
}, 60_000);

test('what people typed is text in every place, and only http links lead anywhere', async () => {
  const { page } = await openGallery('light');
  const hostile = page.getByRole('region', { name: 'hostile/hostile' });
  await hostile.waitFor();
  const [popup] = await Promise.all([
    page.waitForEvent('popup', { timeout: 500 }).catch(() => undefined),
    hostile.getByRole('button', { name: '链接' }).click(),
  ]);
  expect(popup).toBeUndefined();
  expect(await hostile.locator('.card img, .card script, .card a').count()).toBe(0);
  expect(await hostile.locator('.card-text-plain').filter({ hasText: HOSTILE_TEXT }).count()).toBeGreaterThanOrEqual(2);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  await page.context().close();
}, 60_000);

test('Feishu markdown: colours, tags, people, entities, and no markup from entities', async () => {
  const { page } = await openGallery('light');
  const card = page.getByRole('region', { name: 'samples/content' });
  expect(await card.locator('.md .card-tag').textContent()).toBe('标签');
  expect(await card.locator('.card-mention').textContent()).toBe('@李伟');
  expect(await card.getByRole('link', { name: '链接' }).getAttribute('rel')).toBe('noopener noreferrer');
  expect(await card.locator('.md').first().textContent()).toContain('5 < 6 *不斜* <font>');
  expect(await card.locator('.md em').allTextContents()).toEqual(['斜']);
  await page.context().close();
}, 60_000);
