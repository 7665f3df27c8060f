/** The bot's menu on a phone: what an item does is answered below, and help fits one screen. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { openHouse } from '../../support/house.ts';
import { builtPage, keepPicture, launchBrowser, visit } from './support/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

test('a leader, an officer and an administrator are greeted, and find what they may do behind the menu, on one screen', async () => {
  const house = await openHouse({ emulator: { pageDir: builtPage() } });
  for (const role of ['officer', 'leader', 'administrator'] as const) {
    const { page, errors } = await visit(browser, house.url, { width: 390, height: 844 });
    onTestFinished(() => page.context().close());
    await page.locator(`[data-person="${SAMPLE_PEOPLE[role]}"]`).click();
    await page.locator('.chat-line').first().click();
    await page.getByRole('article', { name: '您好，我是警心助手' }).waitFor();
    await keepPicture(page, `menu-1-greeting-${role}`);
    await page.getByRole('toolbar', { name: '机器人菜单' }).getByRole('button', { name: '帮助' }).click();
    const card = page.getByRole('article', { name: /能办的事/ });
    await card.waitFor();
    await keepPicture(page, `menu-2-help-${role}`);
    expect((await card.boundingBox())?.height).toBeLessThan(620);
    await card.getByRole('button', { name: /^查看和导出/ }).click();
    await page.getByRole('article', { name: '能办的事 · 查看和导出' }).waitFor();
    await keepPicture(page, `menu-3-group-${role}`);
    expect(errors).toEqual([]);
  }
});
