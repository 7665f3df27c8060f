/** The guided tour from the first press to the last, with a bot that plays the main job. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepPicture, launchBrowser, visit } from './support/browser.ts';
import { PROGRESS, TASK, TASK_DONE } from './support/sample-cards.ts';
import { buildWorld, type ScriptedWorld, startScriptedWorld } from './support/scripted-world.ts';

const text = (content: string) => ({ tag: 'plain_text', content });
const draft = (buttons: object[]) => ({
  schema: '2.0',
  header: { title: text('请核对后发布'), template: 'blue' },
  body: { elements: [{ tag: 'markdown', content: '一大队党支部 · 12月4日（周五）18:00' }, ...buttons] },
});
const CONFIRM = {
  tag: 'button',
  type: 'primary_filled',
  text: text('确认发布（4人）'),
  confirm: { title: text('发布给 4 人？'), text: text('发布后每人会收到一张任务卡片。') },
  behaviors: [{ type: 'callback', value: { publish: true } }],
};

let browser: Browser;
let world: ScriptedWorld;
beforeAll(async () => {
  let secretary = '';
  let progress = '';
  const started = await Promise.all([
    launchBrowser(),
    startScriptedWorld(buildWorld(60), {
      onMessage: async ({ sender, message }, bot) => {
        if (!message.content.includes('第一议题')) return;
        secretary = sender.sender_id.open_id;
        await bot.send(secretary, draft([CONFIRM]));
      },
      onPress: ({ action }, bot) => {
        const { publish } = action.value as { publish?: boolean };
        if (publish) {
          for (const at of [7, 9, 10, 11]) void bot.send(`ou_${at}`, TASK);
          void bot
            .send(secretary, { ...PROGRESS, header: { title: text('完成情况 0/4'), template: 'turquoise' } })
            .then((id) => {
              progress = id;
            });
          return { card: { type: 'raw', data: draft([]) }, toast: { type: 'success', content: '已发布' } };
        }
        void bot.patch(progress, { ...PROGRESS, header: { title: text('完成情况 1/4'), template: 'turquoise' } });
        return { card: { type: 'raw', data: TASK_DONE } };
      },
    }),
  ]);
  [browser, world] = started;
}, 60_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

test('five steps lead from the sentence to the changed progress card', async () => {
  const { page, errors } = await visit(browser, world.emulator.url);
  await page.getByRole('button', { name: /跟着走一遍/ }).click();
  const tour = page.getByRole('complementary', { name: '导览' });
  const glowing = page.locator('.tour-target');

  await tour.getByText('第 1 步').waitFor();
  await glowing.waitFor();
  expect(await glowing.getAttribute('data-person')).toBe('ou_6');
  await glowing.click();

  await tour.getByText('第 2 步').waitFor();
  await tour.getByRole('button', { name: '填入这句话' }).click();
  await keepPicture(page, 'tour-2');
  await page.getByRole('button', { name: '发送', exact: true }).click();

  await tour.getByText('第 3 步').waitFor();
  await page.locator('.tour-target', { hasText: '确认发布' }).click();
  await page.locator('dialog .tour-target').waitFor();
  await keepPicture(page, 'tour-3');
  await page.locator('dialog .tour-target').click();

  await tour.getByText('第 4 步').waitFor();
  await tour.getByRole('button', { name: '并排打开' }).click();

  await tour.getByText('第 5 步').waitFor();
  await keepPicture(page, 'tour-5');
  await page.locator('.tour-target', { hasText: '我已完成' }).click();
  await page.getByRole('article', { name: '完成情况 1/4' }).waitFor();
  await tour.getByText('走完了').waitFor();
  await keepPicture(page, 'tour-end');
  expect(errors).toEqual([]);
}, 60_000);

test('it can be left at any step', async () => {
  const { page } = await visit(browser, world.emulator.url);
  await page.getByRole('button', { name: '导览' }).click();
  await page.getByRole('button', { name: '跳过', exact: true }).click();
  expect(await page.getByRole('complementary', { name: '导览' }).count()).toBe(0);
  expect(await page.locator('.tour-target').count()).toBe(0);
}, 60_000);
