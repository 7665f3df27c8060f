/** The product's own cards in the gallery: each in every look, none too wide, nothing cut off, nobody shut out. */
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkCard } from '../../../src/card-json/check.ts';
import { renderTemplate } from '../../../src/cards/render.ts';
import { loadTemplates, readSamples } from '../../../src/cards/templates.ts';
import { declared } from '../../../src/declared.ts';
import type { GalleryCard } from '../../../src/emulator/site/page-api.ts';
import { createRegistry } from '../../../src/turn/registry.ts';
import { seriousProblems } from './support/accessibility.ts';
import { keepPicture, launchBrowser, visit } from './support/browser.ts';
import { buildWorld, type ScriptedWorld, startScriptedWorld } from './support/scripted-world.ts';

const CARDS: GalleryCard[] = [
  ...loadTemplates(fileURLToPath(new URL('../../../cards', import.meta.url)), createRegistry(declared).form).values(),
].flatMap((template) =>
  readSamples(template).map((sample) => {
    const json = renderTemplate(template, sample);
    return { feature: template.feature, card: template.card, json, problems: checkCard(json) };
  }),
);

let browser: Browser;
let world: ScriptedWorld;
beforeAll(async () => {
  [browser, world] = await Promise.all([launchBrowser(), startScriptedWorld(buildWorld(20), {}, CARDS)]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

test.each(['light', 'dark'] as const)(
  'every card of the product, %s, on desktop and phone',
  async (theme) => {
    const { page, errors } = await visit(browser, world.emulator.url, { theme, width: 1500, height: 1000 });
    await page.getByRole('button', { name: '卡片', exact: true }).click();
    await page.getByText(`${CARDS.length} 张`, { exact: true }).waitFor();
    const choose = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await choose(theme === 'light' ? '浅色' : '深色');
    expect(await page.locator('.card').count()).toBe(CARDS.length);
    expect(await seriousProblems(page)).toEqual([]);
    for (const width of ['电脑', '手机']) {
      await choose(width);
      expect(await page.locator('.card-unknown, .card-broken').count()).toBe(0);
      const overflowing = await page
        .locator('.card, .card-column, .card-button')
        .evaluateAll((boxes) =>
          boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.outerHTML.slice(0, 200)),
        );
      expect(overflowing).toEqual([]);
      await page.setViewportSize({ width: 1500, height: 1000 });
      const height = await page.locator('.gallery-body').evaluate((body) => body.scrollHeight);
      await page.setViewportSize({ width: 1500, height: height + 100 });
      await keepPicture(page, `cards-${theme}-${width === '电脑' ? 'desktop' : 'phone'}`);
    }
    expect(errors).toEqual([]);
    await page.context().close();
  },
  120_000,
);

test('each sample of a card has its own place, and a feature can be looked at alone', async () => {
  const { page, errors } = await visit(browser, world.emulator.url);
  await page.getByRole('button', { name: '卡片', exact: true }).click();
  const entries = page.locator('.gallery-entry');
  await expect.poll(() => entries.count()).toBe(CARDS.length);
  const names = await entries.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  expect(new Set(names).size).toBe(CARDS.length);
  for (const feature of new Set(CARDS.map((card) => card.feature))) {
    await page.getByRole('button', { name: feature, exact: true }).click();
    const wanted = CARDS.filter((card) => card.feature === feature);
    await expect.poll(() => entries.count()).toBe(wanted.length);
    expect(await entries.locator('h2').allTextContents()).toEqual(
      wanted.map(({ card }) => expect.stringContaining(`${feature}/${card}`)),
    );
  }
  expect(errors).toEqual([]);
  await page.context().close();
}, 60_000);
