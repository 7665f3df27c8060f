import { keepPicture, launchBrowser, visit } from '/work/main/test/emulator/page/browser.ts';
import { HOSTILE, SAMPLES } from '/work/main/test/emulator/page/sample-cards.ts';
import { buildWorld, startScriptedWorld } from '/work/main/test/emulator/page/scripted-world.ts';

const cards = Object.entries({ ...SAMPLES, HOSTILE }).map(([card, json]) => ({
  feature: 'study-tasks',
  card,
  json,
  problems: [],
}));
const w = await startScriptedWorld(buildWorld(60), {}, cards);
await w.bot.sendText('ou_0', '您好，我是警心助手。发“帮助”看看我能做什么。');
w.emulator.say(
  'ou_0',
  '提醒一大队党支部全体党员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神 https://example.gov.cn/a',
);
await w.bot.send('ou_0', SAMPLES.progress);
await w.bot.send('ou_1', SAMPLES.task);
await w.bot.sendText('oc_all', '本周五 15:00 支队大讲堂');
const b = await launchBrowser();
for (const theme of ['light', 'dark'] as const) {
  const { page, errors, foreign } = await visit(b, w.emulator.url, { theme });
  await page.getByRole('button', { name: /五步/ }).waitFor();
  await page.waitForTimeout(300);
  await keepPicture(page, `start-${theme}`);
  await page.locator('[data-person=ou_0]').click();
  await page.waitForSelector('.card-chart canvas', { timeout: 8000 }).catch(() => {});
  await page.waitForTimeout(400);
  await keepPicture(page, `chat-${theme}`);
  await page.getByRole('button', { name: '双人并排' }).click();
  await page.locator('[data-person=ou_1]').click();
  await page.waitForTimeout(500);
  await keepPicture(page, `split-${theme}`);
  await page.getByRole('button', { name: /^时钟/ }).click();
  await page.waitForTimeout(300);
  await keepPicture(page, `clock-${theme}`);
  await page.getByRole('button', { name: '通信', exact: true }).click();
  await page.waitForTimeout(300);
  await keepPicture(page, `wire-${theme}`);
  await page.getByRole('button', { name: '故障', exact: true }).click();
  await page.waitForTimeout(300);
  await keepPicture(page, `faults-${theme}`);
  await page.getByRole('button', { name: '关闭面板' }).click();
  await page.getByRole('button', { name: '卡片', exact: true }).click();
  await page.setViewportSize({ width: 1440, height: 3400 });
  await page.waitForTimeout(800);
  await keepPicture(page, `gallery-${theme}`);
  console.log(theme, errors, foreign);
  await page.context().close();
}
const { page } = await visit(b, w.emulator.url, { width: 390, height: 844 });
await page.waitForSelector('.person-line');
await page.waitForTimeout(300);
await keepPicture(page, 'phone-people');
await page.locator('[data-person=ou_1]').click();
await page.waitForTimeout(400);
await keepPicture(page, 'phone-chats');
await page.locator('.chat-line').first().click();
await page.waitForTimeout(500);
await keepPicture(page, 'phone-chat');
await b.close();
await w.stop();
process.exit(0);
