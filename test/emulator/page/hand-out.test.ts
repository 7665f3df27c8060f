/** A hand-out of the sample detachment in a browser: from the secretary's sentence to a pick-up that officer, keeper and secretary see. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { sampleWorld } from '../../../src/emulator/world/sample.ts';
import { openOffice, SENTENCE } from '../../features/heat-supplies/office.ts';
import type { House } from '../../support/house.ts';
import { seriousProblems } from './support/accessibility.ts';
import { builtPage, keepPicture, launchBrowser, visit } from './support/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

const nameOf = (openId: string) => sampleWorld().users.find((user) => user.open_id === openId)?.name ?? '';
const seatOf = (page: Page, openId: string) => page.getByRole('region', { name: `${nameOf(openId)}的飞书` });
const cardIn = (seat: Locator, title: string) => seat.getByRole('article', { name: title }).last();

async function openPage(house: House, screen: Parameters<typeof visit>[2]): Promise<Page> {
  const { page, errors, foreign } = await visit(browser, house.url, screen);
  onTestFinished(async () => {
    await page.context().close();
    expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
  });
  await page.locator('.person-line').first().waitFor();
  return page;
}

/** A phone with somebody's chat with the bot on it. */
async function takePhone(house: House, openId: string): Promise<{ phone: Page; seat: Locator }> {
  const phone = await openPage(house, { width: 375, height: 812, scale: 1.5 });
  await phone.locator(`[data-person="${openId}"]`).click();
  await phone.locator('.chat-line').first().click();
  return { phone, seat: seatOf(phone, openId) };
}

test('supplies are handed out in a sentence, reserved and collected on a phone, and the queue counts down', async () => {
  const { house, secretary, keeper, officer } = await openOffice(undefined, { emulator: { pageDir: builtPage() } });
  const desk = await openPage(house, { width: 1280, height: 900 });
  await desk.locator(`[data-person="${secretary.id}"]`).click();
  const office = seatOf(desk, secretary.id);
  await office.getByRole('textbox', { name: '消息' }).fill(SENTENCE);
  await office.getByRole('button', { name: '发送', exact: true }).click();
  const preview = cardIn(office, '防暑物资 · 请核对');
  await preview.getByText('每人 藿香正气水2盒、矿泉水1箱').waitFor();
  await keepPicture(desk, 'hand-out-1-preview');
  await preview.getByRole('button', { name: /^确认发放（\d+人）$/ }).click();
  const progress = cardIn(office, '防暑物资 · 领取进度');
  await progress.getByText('已领 0').waitFor();
  await house.settles();

  const own = await takePhone(house, officer.id);
  const claim = cardIn(own.seat, '防暑物资 · 请领取');
  await claim.getByText('请于 7月14日（周二）18:00 前领取').waitFor();
  await keepPicture(own.phone, 'hand-out-2-claim');
  expect(await seriousProblems(own.phone)).toEqual([]);
  await claim.getByRole('button', { name: '我要领取' }).click();
  const reserved = cardIn(own.seat, '防暑物资 · 已预留');
  await reserved.waitFor();
  await keepPicture(own.phone, 'hand-out-3-reserved');
  await house.follows();

  const counter = await takePhone(house, keeper.id);
  const queue = cardIn(counter.seat, '待领名单');
  await queue.getByText('1人待领').waitFor();
  await queue.getByText(nameOf(officer.id)).waitFor();
  await keepPicture(counter.phone, 'hand-out-4-queue');
  expect(await seriousProblems(counter.phone)).toEqual([]);
  await progress.getByText('待领 1').waitFor();

  await reserved.getByRole('button', { name: '已领取' }).click();
  await cardIn(own.seat, '防暑物资 · 领取记录').getByText('已领 藿香正气水2盒、矿泉水1箱').waitFor();
  await keepPicture(own.phone, 'hand-out-5-collected');
  await house.follows();
  await queue.getByText('没有人等').waitFor();
  expect(await queue.textContent()).not.toContain(nameOf(officer.id));
  await keepPicture(counter.phone, 'hand-out-6-queue-empty');
  await counter.seat.getByRole('textbox', { name: '消息' }).fill('库存');
  await counter.seat.getByRole('button', { name: '发送', exact: true }).click();
  await cardIn(counter.seat, '库存').getByText('可用198盒（在库198，预留0）').waitFor();
  await keepPicture(counter.phone, 'hand-out-8-stock');
  await counter.seat.getByRole('button', { name: '登记出入库' }).click();
  const form = cardIn(counter.seat, '登记出入库');
  await form.getByRole('textbox', { name: '例如：藿香正气水' }).fill('矿泉水');
  await form.getByRole('textbox', { name: '例如：200盒' }).fill('20箱');
  await keepPicture(counter.phone, 'hand-out-9-form');
  expect(await seriousProblems(counter.phone)).toEqual([]);
  await form.getByRole('button', { name: '登记', exact: true }).click();
  await form.getByText('政治处现在在库119箱').waitFor();
  await progress.getByText('已领 1').waitFor();
  await keepPicture(desk, 'hand-out-7-progress');
  expect(await seriousProblems(desk)).toEqual([]);
}, 180_000);
