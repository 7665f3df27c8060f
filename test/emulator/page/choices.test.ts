/** What people choose and fill in on a card, in a browser: kept back while incomplete, posted in the shapes of Feishu. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { keepPicture, launchBrowser, visit } from './support/browser.ts';
import { FORM, PROGRESS } from './support/sample-cards.ts';
import { buildWorld, nameOf, type ScriptedWorld, startScriptedWorld } from './support/scripted-world.ts';

let browser: Browser;
let world: ScriptedWorld;
beforeAll(async () => {
  const onPress = () => ({ toast: { type: 'info', content: '收到' } });
  [browser, world] = await Promise.all([launchBrowser(), startScriptedWorld(buildWorld(60), { onPress })]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

async function openPage(): Promise<Page> {
  const { page, errors, foreign } = await visit(browser, world.emulator.url);
  onTestFinished(async () => {
    await page.context().close();
    expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
  });
  return page;
}

async function play(page: Page, at: number): Promise<void> {
  await page.locator(`[data-person="ou_${at}"]`).click();
  await page.getByRole('log').waitFor();
}

test('disabled elements say why; selectors and menus outside a form post at once', async () => {
  const page = await openPage();
  await world.bot.send('ou_11', PROGRESS);
  await play(page, 11);
  world.presses.length = 0;
  // Not `disabled`: it takes the focus and answers, so the press is made by key.
  await page.getByRole('button', { name: '查看名单' }).press('Enter');
  await page.getByRole('status').filter({ hasText: '截止后可以查看' }).waitFor();
  await page.getByRole('button', { name: '查看某个中队' }).press('Enter');
  await page.locator('[role=option]:focus').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: '收到' }).waitFor();
  await page.getByRole('button', { name: '更多操作' }).click();
  await page.getByRole('menuitem', { name: '导出表格' }).click();
  await expect.poll(() => world.presses.length).toBe(2);
  expect(world.presses.map(({ action }) => action.option)).toEqual(['2', 'export']);
}, 60_000);

test('a picker outside a form is posted when it is confirmed, once, and shows dates as Feishu does', async () => {
  const page = await openPage();
  const behaviors = [{ type: 'callback', value: { press: 'set' } }];
  await world.bot.send('ou_9', {
    schema: '2.0',
    header: { title: { tag: 'plain_text', content: '改时间' } },
    body: { elements: [{ tag: 'picker_datetime', initial_datetime: '2026-12-04 18:00', behaviors }] },
  });
  await play(page, 9);
  world.presses.length = 0;
  const card = page.getByRole('article', { name: '改时间' });
  await card.getByText('2026-12-04 18:00').waitFor();
  const confirm = card.getByRole('button', { name: '确定' });
  expect(await confirm.count()).toBe(0);
  await card.getByLabel('选择日期和时间').fill('2026-12-07T09:30');
  expect(world.presses).toEqual([]);
  await confirm.click();
  await page.getByRole('status').filter({ hasText: '收到' }).waitFor();
  expect(world.presses.map(({ action }) => action)).toMatchObject([
    { tag: 'picker_datetime', option: '2026-12-07 09:30 +0800', value: { press: 'set' } },
  ]);
}, 60_000);

test('a form keeps back what is incomplete and posts values in the shapes of Feishu', async () => {
  const page = await openPage();
  await world.bot.send('ou_12', FORM);
  await play(page, 12);
  world.presses.length = 0;
  const card = page.getByRole('article', { name: '推荐每月一星' });
  await card.getByRole('button', { name: '提交推荐' }).click();
  expect(await card.getByRole('alert').count()).toBe(2);
  expect(world.presses).toEqual([]);
  await card.getByRole('button', { name: /请选择人员/ }).click();
  await page.getByRole('option', { name: nameOf(1) }).click();
  await card.getByRole('button', { name: /推荐理由/ }).click();
  await page.getByRole('option', { name: '政治坚定' }).click();
  await page.getByRole('option', { name: '群众认可' }).click();
  await page.keyboard.press('Escape');
  await card.getByLabel('事迹').fill('雪夜救助 <b>群众</b>');
  await card.getByLabel('公示开始').fill('2026-12-01T09:30');
  await card.getByRole('checkbox').check();
  await keepPicture(page, 'form');
  await card.getByRole('button', { name: '提交推荐' }).click();
  await page.getByRole('status').filter({ hasText: '收到' }).waitFor();
  expect(world.presses[0]?.action).toMatchObject({
    tag: 'button',
    name: 'submit__nomination',
    form_value: {
      who: 'ou_1',
      why: ['政治坚定', '群众认可'],
      deeds: '雪夜救助 <b>群众</b>',
      day: '2026-11-20 +0800',
      at: '2026-12-01 09:30 +0800',
      sure: true,
    },
  });
}, 60_000);
