/** The page against the emulator, with a scripted bot: what people see and do, by mouse and by keyboard alone. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { seriousProblems } from './support/accessibility.ts';
import { keepPicture, launchBrowser, type Visit, visit } from './support/browser.ts';
import { tabTo } from './support/keyboard.ts';
import { FORM, HOSTILE_TEXT, PROGRESS, TASK, TASK_DONE } from './support/sample-cards.ts';
import { buildWorld, nameOf, type ScriptedWorld, startScriptedWorld } from './support/scripted-world.ts';

let browser: Browser;
let world: ScriptedWorld;
let open: Visit[] = [];

beforeAll(async () => {
  [browser, world] = await Promise.all([
    launchBrowser(),
    startScriptedWorld(
      buildWorld(60),
      {
        onMessage: ({ message, sender }, bot) => {
          const { text } = JSON.parse(message.content) as { text?: string };
          if (text === '任务') void bot.send(sender.sender_id.open_id, TASK);
        },
        onPress: ({ action }) => {
          const { value } = action as { value?: Record<string, unknown> };
          if (value?.done)
            return { toast: { type: 'success', content: '已记下，谢谢' }, card: { type: 'raw', data: TASK_DONE } };
          return { toast: { type: 'info', content: '收到' } };
        },
      },
      [{ feature: 'samples', card: 'task', json: TASK, problems: [] }],
    ),
  ]);
}, 60_000);
afterEach(async () => {
  const visits = open;
  open = [];
  for (const { page } of visits) await page.context().close();
  expect(visits.flatMap(({ errors }) => errors)).toEqual([]);
  expect(visits.flatMap(({ foreign }) => foreign)).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

async function openPage(screen?: Parameters<typeof visit>[2]): Promise<Page> {
  const opened = await visit(browser, world.emulator.url, screen);
  open.push(opened);
  await opened.page.locator('.person-line').first().waitFor();
  return opened.page;
}

async function play(page: Page, at: number): Promise<void> {
  await page.locator(`[data-person="ou_${at}"]`).click();
  await page.getByRole('log').last().waitFor();
}

test('people are found by name, pinyin and initials, under their units', async () => {
  const page = await openPage();
  expect(await page.getByRole('heading', { name: /^一大队/ }).count()).toBe(1);
  expect(await page.getByText('支部书记').count()).toBeGreaterThanOrEqual(10);
  const search = page.getByRole('searchbox', { name: '搜索人员' });
  for (const typed of ['张伟', 'zhangwei', 'zw', 'zhang w']) {
    await search.fill(typed);
    await page.waitForFunction(() => document.querySelectorAll('.person-line').length < 60);
    expect(await page.locator('[data-person="ou_0"]').count()).toBe(1);
    expect(await page.locator('[data-person="ou_1"]').count()).toBe(0);
    await search.fill('');
    await page.waitForFunction(() => document.querySelectorAll('.person-line').length === 60);
  }
  await search.fill('不存在');
  await page.getByText('没有找到这个人').waitFor();
}, 60_000);

test('a message and its answer appear without reloading, and unread counts follow', async () => {
  const page = await openPage();
  await play(page, 6);
  await page.getByRole('textbox', { name: '消息' }).fill('任务');
  await page.keyboard.press('Enter');
  await page.locator('.bubble', { hasText: '任务' }).waitFor();
  await page.getByRole('article', { name: '第一议题学习 · 请完成' }).waitFor();
  await world.bot.sendText('ou_7', '另一个人的消息');
  await page.locator('[data-person="ou_7"] .unread').waitFor();
  expect(await page.locator('[data-person="ou_6"] .unread').count()).toBe(0);
}, 60_000);

test('a press posts what Feishu posts, shows the toast, and changes the card on every screen', async () => {
  const page = await openPage();
  const other = await openPage();
  await world.bot.send('ou_8', TASK);
  await play(page, 8);
  await play(other, 8);
  world.presses.length = 0;
  await page.getByRole('button', { name: '我已完成' }).click();
  await page.getByRole('status').filter({ hasText: '已记下，谢谢' }).waitFor();
  await page.getByText('您已于 11月24日（周二）09:12 完成').waitFor();
  await other.getByText('您已于 11月24日（周二）09:12 完成').waitFor();
  expect(world.presses).toHaveLength(1);
  expect(world.presses[0]).toMatchObject({
    operator: { open_id: 'ou_8' },
    action: { tag: 'button', value: { done: true } },
  });
}, 60_000);

test('two persons side by side: what one sends to the group arrives at the other', async () => {
  const page = await openPage();
  await play(page, 1);
  await page.getByRole('button', { name: '双人并排' }).click();
  await play(page, 2);
  await page.waitForFunction(() => document.querySelectorAll('[role=log]').length === 2);
  for (const seat of await page.locator('.seat').all()) await seat.getByTitle('支队工作群').click();
  await page.locator('.composer-text').first().fill('今晚路检集合地点不变');
  await page.keyboard.press('Enter');
  const bubble = page.locator('.bubble', { hasText: '今晚路检集合地点不变' });
  await bubble.nth(1).waitFor();
  expect(await bubble.first().textContent()).toBe('@警心助手 今晚路检集合地点不变');
  expect(await page.locator('.message.is-own .bubble', { hasText: '今晚路检' }).count()).toBe(1);
  await keepPicture(page, 'side-by-side');
}, 60_000);

test('a confirmation keeps the focus inside, and answering no sends nothing', async () => {
  const page = await openPage();
  await world.bot.send('ou_10', PROGRESS);
  await play(page, 10);
  world.presses.length = 0;
  const opener = page.getByRole('button', { name: '提醒未完成（7人）' });
  await opener.click();
  const dialog = page.getByRole('dialog', { name: '提醒 7 人？' });
  await dialog.waitFor();
  for (let presses = 0; presses < 5; presses += 1) {
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        () => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null,
      ),
    ).toBe(true);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);
  await opener.click();
  await dialog.getByRole('button', { name: '确认' }).click();
  await page.getByRole('status').filter({ hasText: '收到' }).waitFor();
  expect(world.presses.map(({ action }) => action.value)).toEqual([{ nudge: true }]);
}, 60_000);

test('markup that a person typed is shown as the text it is', async () => {
  const page = await openPage();
  await play(page, 13);
  await page.getByRole('textbox', { name: '消息' }).fill(HOSTILE_TEXT);
  await page.keyboard.press('Enter');
  const bubble = page.locator('.bubble', { hasText: 'onerror' });
  await bubble.waitFor();
  expect(await bubble.textContent()).toBe(HOSTILE_TEXT);
  expect(await bubble.locator('img, script, a').count()).toBe(0);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
}, 60_000);

test('a file is sent and can be fetched again', async () => {
  const page = await openPage();
  await play(page, 14);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '名单.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('sheet') });
  const link = page.getByRole('link', { name: '名单.xlsx' });
  await link.waitFor();
  const answer = await page.request.get(new URL((await link.getAttribute('href')) ?? '', page.url()).href);
  expect(await answer.text()).toBe('sheet');
}, 60_000);

test('the clock moves, faults are switched, the wire shows what was said about a message', async () => {
  const page = await openPage();
  await page.getByRole('button', { name: /^时钟/ }).click();
  await page.getByText('weekly-digest/compile').waitFor();
  await page.getByRole('button', { name: '周五 17:00' }).click();
  await page.getByText(/已拨动 \+/).waitFor();
  expect(await page.locator('.clock-now').textContent()).toMatch(/^17:0/);
  await page.getByRole('button', { name: '回到现在' }).click();
  await page.getByText('真实时间').waitFor();

  await page.getByRole('button', { name: '故障', exact: true }).click();
  await page.getByRole('switch', { name: '每个事件推送两次' }).click();
  await expect.poll(() => world.emulator.faults.pushTwice).toBe(true);
  await page.getByRole('button', { name: '全部恢复正常' }).click();
  await expect.poll(() => world.emulator.faults.pushTwice).toBe(false);

  await play(page, 15);
  await world.bot.send('ou_15', TASK);
  await page.getByRole('button', { name: '查看这条消息的通信' }).click();
  await page.getByText('/open-apis/im/v1/messages').first().click();
  await page.getByRole('region', { name: '请求' }).getByText('第一议题学习 · 请完成').waitFor();
  expect(await page.locator('.wire-call').count()).toBe(1);
  await page.getByRole('button', { name: '看全部通信' }).click();
  await page.locator('.wire-call').nth(1).waitFor();
}, 60_000);

test('the keyboard alone opens a person, writes, presses and reads the answer', async () => {
  const page = await openPage();
  await page.getByRole('searchbox', { name: '搜索人员' }).focus();
  await page.keyboard.type(nameOf(16));
  await page.waitForFunction(() => document.querySelectorAll('.person-line').length < 60);
  await tabTo(page, '[data-person="ou_16"]');
  await page.keyboard.press('Enter');
  await page.getByRole('log').waitFor();
  await tabTo(page, '.composer-text');
  await page.keyboard.type('任务');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '我已完成' }).waitFor();
  await page.keyboard.press('Shift+Tab');
  await tabTo(page, '.card-button-primary_filled', 'Shift+Tab');
  expect(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)).toBe(
    'solid',
  );
  await page.keyboard.press('Enter');
  await page.getByText('您已于 11月24日（周二）09:12 完成').waitFor();
}, 60_000);

test.each(['light', 'dark'] as const)(
  'nobody is shut out: axe finds nothing serious, %s',
  async (theme) => {
    await world.bot.send('ou_17', PROGRESS);
    await world.bot.send('ou_17', FORM);
    const page = await openPage({ theme });
    const found: string[] = [...(await seriousProblems(page))];
    await play(page, 17);
    await page.locator('.card-chart[data-drawn]').last().waitFor();
    found.push(...(await seriousProblems(page)));
    for (const panel of [/^时钟/, /^故障$/, /^通信$/]) {
      await page.getByRole('button', { name: panel }).click();
      found.push(...(await seriousProblems(page)));
    }
    await page.getByRole('button', { name: '导览' }).click();
    found.push(...(await seriousProblems(page)));
    await page.getByRole('button', { name: '卡片', exact: true }).click();
    await page.locator('.gallery-entry').first().waitFor();
    found.push(...(await seriousProblems(page)));
    expect(found).toEqual([]);
  },
  120_000,
);

test('on a phone one column at a time, and back again', async () => {
  const page = await openPage({ width: 390, height: 844 });
  await world.bot.send('ou_18', TASK);
  await page.locator('[data-person="ou_18"]').click();
  await page.locator('.chat-line').first().click();
  const press = page.getByRole('button', { name: '我已完成' });
  await press.waitFor();
  // As tall as Feishu makes a button of medium size on a phone.
  expect((await press.boundingBox())?.height).toBe(36);
  await keepPicture(page, 'phone');
  await page.getByRole('button', { name: '返回会话列表' }).click();
  await page.getByRole('button', { name: '返回人员列表' }).click();
  await page.getByRole('searchbox', { name: '搜索人员' }).waitFor();
}, 60_000);
