/** The weekly digest on a leader's phone, and on a wide screen. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { writeWeek } from '../../features/weekly-digest/sample-weeks.ts';
import { openHouse } from '../../support/house.ts';
import { seriousProblems } from './support/accessibility.ts';
import { builtPage, keepPicture, launchBrowser, visit } from './support/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

test('a leader reads it on a phone: nothing is cut off, and the first number is in sight', async () => {
  const house = await openHouse({ at: new Date('2026-11-16T08:00:00+08:00'), emulator: { pageDir: builtPage() } });
  await writeWeek(house.app.db, 1, '2026-11-16');
  await house.clockMovesTo('2026-11-20T17:08:00+08:00');
  await writeWeek(house.app.db, 2, '2026-11-23');
  await house.clockMovesTo('2026-11-27T17:08:00+08:00');
  const { page, errors } = await visit(browser, house.url, { width: 375, height: 1700, scale: 1.5 });
  await page.locator(`[data-person="${SAMPLE_PEOPLE.chief}"]`).click();
  await page.locator('.chat-line').first().click();
  const card = page.getByRole('article', { name: /第48周工作汇总/ }).last();
  await card.locator('.card-chart[data-drawn]').waitFor();
  await card.scrollIntoViewIfNeeded();
  await keepPicture(page, 'digest-phone');
  const overflowing = await card
    .locator('.card-column, .card-button, .card-text')
    .evaluateAll((boxes) => boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.textContent));
  expect(overflowing).toEqual([]);
  const [top, number] = [await card.boundingBox(), await card.getByText('完成任务', { exact: true }).boundingBox()];
  expect((number?.y ?? 0) - (top?.y ?? 0)).toBeLessThan(300);
  expect(await seriousProblems(page)).toEqual([]);
  expect(errors).toEqual([]);
  await page.context().close();
}, 120_000);
