/** The first conversation with the real bot, in a browser: from the secretary's sentence to the officer's finished card. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { SAMPLE_PEOPLE, sampleWorld } from '../../../src/emulator/world/sample.ts';
import { type House, MONDAY_MORNING, openHouse } from '../../support/house.ts';
import { seriousProblems } from './support/accessibility.ts';
import { builtPage, keepPicture, launchBrowser, visit } from './support/browser.ts';
import { tabTo } from './support/keyboard.ts';

const SENTENCE =
  '提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神 https://example.gov.cn/a';
const { secretary, officer } = SAMPLE_PEOPLE;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

/** The whole product and its page, open in the browser; the test fails when the page complains or asks another machine. */
async function openPage(
  screen: Parameters<typeof visit>[2] = {},
  at = MONDAY_MORNING,
): Promise<{ house: House; page: Page }> {
  const house = await openHouse({ at, emulator: { pageDir: builtPage() } });
  const { page, errors, foreign } = await visit(browser, house.url, screen);
  onTestFinished(async () => {
    await page.context().close();
    expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
  });
  await page.locator('.person-line').first().waitFor();
  return { house, page };
}

const nameOf = (openId: string) => sampleWorld().users.find((user) => user.open_id === openId)?.name ?? '';
const seatOf = (page: Page, openId: string) => page.getByRole('region', { name: `${nameOf(openId)}的飞书` });
const cardIn = (seat: Locator, title: string) => seat.getByRole('article', { name: title }).last();

test('two persons side by side: each press is seen arriving on the other screen', async () => {
  const { page } = await openPage({ width: 1280, height: 800 });
  await page.locator(`[data-person="${secretary}"]`).click();
  const left = seatOf(page, secretary);
  await left.getByRole('textbox', { name: '消息' }).fill(SENTENCE);
  await left.getByRole('button', { name: '发送', exact: true }).click();

  const preview = cardIn(left, '学习任务 · 请核对');
  await preview.getByText('请于 12月4日（周五）18:00 前完成').waitFor();
  const confirm = preview.getByRole('button', { name: /^确认发布（\d+人）$/ });
  const count = Number(/\d+/.exec((await confirm.textContent()) ?? '')?.[0]);
  expect(count).toBeGreaterThan(10);
  await keepPicture(page, 'first-1-preview');

  await page.getByRole('button', { name: '双人并排' }).click();
  await page.locator(`[data-person="${officer}"]`).click();
  const right = seatOf(page, officer);
  await confirm.click();
  const task = cardIn(right, '第一议题学习 · 请完成');
  await task.getByText('请于 12月4日（周五）18:00 前完成').waitFor();
  const progress = cardIn(left, '第一议题学习 · 进度');
  await progress.getByText(`（共${count}人）`).waitFor();
  expect(await progress.textContent()).toContain('已完成 0');
  await cardIn(left, '学习任务草稿').getByText('已发布，进展请看进度卡片。').waitFor();
  await keepPicture(page, 'first-2-arrived');

  await task.getByRole('textbox').fill('结合路面执勤，对规范执法有了新的体会。');
  await task.getByRole('button', { name: '我已完成' }).click();
  const done = cardIn(right, '第一议题学习');
  await done.getByText(/^您已于 11月23日（周一）10:\d\d 完成$/).waitFor();
  await progress.getByText(/^已完成 1 · /).waitFor();
  expect(await right.getByRole('button', { name: '我已完成' }).count()).toBe(0);
  await progress.scrollIntoViewIfNeeded();
  await page.mouse.move(4, 400);
  await page.locator('.toast').first().waitFor({ state: 'detached' });
  await keepPicture(page, 'readme-side-by-side');
  expect(await seriousProblems(page)).toEqual([]);
}, 120_000);

test('the keyboard alone is enough', async () => {
  const { page } = await openPage();
  const play = async (openId: string) => {
    await page.getByRole('searchbox', { name: '搜索人员' }).focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(nameOf(openId));
    await tabTo(page, `[data-person="${openId}"]`);
    await page.keyboard.press('Enter');
    await seatOf(page, openId).getByRole('log').waitFor();
  };
  await play(secretary);
  await tabTo(page, '.composer-text');
  await page.keyboard.type(SENTENCE);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^确认发布/ }).waitFor();
  await tabTo(page, '.card-button-primary_filled', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await cardIn(seatOf(page, secretary), '第一议题学习 · 进度').waitFor();

  await play(officer);
  await page.getByRole('button', { name: '我已完成' }).waitFor();
  await tabTo(page, '.card textarea', 'Shift+Tab');
  await page.keyboard.type('已认真学习。');
  await tabTo(page, '.card-button-primary_filled');
  await keepPicture(page, 'first-keyboard');
  await page.keyboard.press('Enter');
  await page.getByText(/^您已于 11月23日（周一）10:\d\d 完成$/).waitFor();
  // The pressed button is gone; whoever lives by the keyboard is still at the card.
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('第一议题学习');
}, 120_000);

test('an officer on a phone: from the list of chats to the finished card', async () => {
  const { house, page } = await openPage({ width: 375, height: 667, scale: 1.5 });
  await house.person(secretary).says(SENTENCE);
  await house.person(secretary).presses('确认发布');
  await page.locator(`[data-person="${officer}"]`).click();
  await page.getByText('第一议题学习：请于12月4日（周五）18:00前完成').waitFor();
  await keepPicture(page, 'first-phone-chats');
  await page.locator('.chat-line').first().click();
  const press = page.getByRole('button', { name: '我已完成' });
  await press.waitFor();
  await keepPicture(page, 'readme-phone');
  const box = await press.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(667);
  await press.click();
  await page.getByText(/^您已于 11月23日（周一）10:\d\d 完成$/).waitFor();
  expect(await seriousProblems(page)).toEqual([]);
  await keepPicture(page, 'first-phone-done');
}, 120_000);

test('the guided tour leads through it, step by step', async () => {
  const { page } = await openPage();
  const tour = await startTour(page);
  for (const [step, action] of [
    [1, () => page.locator('.person-line.tour-target').click()],
    [2, () => tour.getByRole('button', { name: '填入这句话' }).click()],
    [2, () => page.locator('.composer-send.tour-target').click()],
    [3, () => page.locator('.card-button.tour-target', { hasText: '确认发布' }).click()],
    [4, () => page.locator('.person-line.tour-target').waitFor()],
    [4, () => tour.getByRole('button', { name: '并排打开' }).click()],
    [5, () => page.locator('.card-button.tour-target', { hasText: '我已完成' }).waitFor()],
  ] as const) {
    await tour.getByText(`第 ${step} 步，共 5 步`).waitFor();
    await action();
    await keepPicture(page, `first-tour-${step}`);
  }
  await page.locator('.card-button.tour-target').click();
  await tour.getByText('走完了').waitFor();
  const changed = cardIn(seatOf(page, secretary), '第一议题学习 · 进度').getByText(/^已完成 1 · /);
  await changed.waitFor();
  // Seen changing, not only there: the newcomer need not scroll.
  await expect.poll(() => isInView(changed)).toBe(true);
  await keepPicture(page, 'first-tour-end');
}, 120_000);

test('the guided tour on a Saturday night: nobody is disturbed, and the clock leads on to the morning', async () => {
  const { page } = await openPage({}, new Date('2026-11-28T22:00:00+08:00'));
  const tour = await startTour(page);
  await tour.getByRole('button', { name: '打开' }).click();
  await tour.getByRole('button', { name: '填入这句话' }).click();
  await page.getByRole('button', { name: '发送', exact: true }).click();
  // Not the button that breaks the quiet.
  const target = page.locator('.card-button.tour-target');
  await target.waitFor();
  expect(await target.textContent()).toMatch(/^确认发布（\d+人）$/);
  await target.click();
  await tour.getByText('第 4 步，共 5 步').waitFor();
  await tour.getByRole('button', { name: '并排打开' }).click();
  await tour.getByText('夜间和休息日不打扰民警').waitFor();
  await keepPicture(page, 'first-tour-night');
  // Whoever opens the talk is greeted; the task waits.
  expect(await seatOf(page, officer).getByRole('article').filter({ hasNotText: '初次见面' }).count()).toBe(0);
  await tour.getByRole('button', { name: '拨到下个工作日 9:00' }).click();
  await tour.getByText('第 5 步，共 5 步').waitFor();
  await page.locator('.card-button.tour-target', { hasText: '我已完成' }).click();
  await seatOf(page, officer)
    .getByText(/^您已于 11月30日（周一）09:0\d 完成$/)
    .waitFor();
}, 120_000);

async function startTour(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /跟着走一遍/ }).click();
  return page.getByRole('complementary', { name: '导览' });
}

/** Whether it can be seen without scrolling. */
async function isInView(locator: Locator): Promise<boolean> {
  return locator.evaluate(
    (element) =>
      new Promise<boolean>((resolve) => {
        new IntersectionObserver(([entry]) => resolve((entry?.intersectionRatio ?? 0) > 0.9)).observe(element);
      }),
  );
}
