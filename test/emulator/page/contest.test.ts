/** A contest of the sample detachment in a browser: from the secretary's sentence to the result on the officers' cards. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { SAMPLE_PEOPLE, sampleWorld } from '../../../src/emulator/world/sample.ts';
import { questionOn } from '../../features/quizzes/answering.ts';
import { type House, openHouse } from '../../support/house.ts';
import { seriousProblems } from './support/accessibility.ts';
import { builtPage, keepPicture, launchBrowser, visit } from './support/browser.ts';

const SENTENCE = '给本支部发布3道党纪题，今天10:30到11:00';
const { secretary, officer } = SAMPLE_PEOPLE;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

const nameOf = (openId: string) => sampleWorld().users.find((user) => user.open_id === openId)?.name ?? '';
const seatOf = (page: Page, openId: string) => page.getByRole('region', { name: `${nameOf(openId)}的飞书` });
const cardIn = (seat: Locator, title: string | RegExp) => seat.getByRole('article', { name: title }).last();

async function openPage(house: House, screen: Parameters<typeof visit>[2]): Promise<Page> {
  const { page, errors, foreign } = await visit(browser, house.url, screen);
  onTestFinished(async () => {
    await page.context().close();
    expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
  });
  await page.locator('.person-line').first().waitFor();
  return page;
}

/** Goes to somebody's chat with the bot on a phone. */
async function takePhone(page: Page, openId: string): Promise<Locator> {
  await page.locator(`[data-person="${openId}"]`).click();
  await page.locator('.chat-line').first().click();
  return seatOf(page, openId);
}

/** The newest card but for the greeting of whoever opens the talk for the first time. */
const newest = (house: House, person: string): string =>
  house
    .person(person)
    .sees()
    .findLast((card) => !card.includes('初次见面')) ?? '';

/** Answers what stands on the card; the next question, or the result, is on it afterwards. */
async function answer(house: House, seat: Locator, person: string, how: 'right' | 'wrong'): Promise<void> {
  const { question, right, wrong } = questionOn(newest(house, person));
  const card = cardIn(seat, /第\d\/3题/);
  const progress = /第\d\/3题/.exec(newest(house, person))?.[0] ?? '';
  const words = how === 'right' ? right : question.kind === 'multiple' ? right.slice(1) : wrong.slice(0, 1);
  for (const word of words)
    await card.getByRole(question.kind === 'multiple' ? 'checkbox' : 'button', { name: word, exact: true }).click();
  if (question.kind === 'multiple') await card.getByRole('button', { name: '提交', exact: true }).click();
  await expect.poll(() => newest(house, person), { timeout: 10_000 }).not.toContain(progress);
}

test('a contest is played through: issued in a sentence, answered on two phones, closed by the clock, explained', async () => {
  const house = await openHouse({ emulator: { pageDir: builtPage() } });
  const desk = await openPage(house, { width: 1280, height: 900 });
  await desk.locator(`[data-person="${secretary}"]`).click();
  const office = seatOf(desk, secretary);
  await office.getByRole('textbox', { name: '消息' }).fill(SENTENCE);
  await office.getByRole('button', { name: '发送', exact: true }).click();
  const preview = cardIn(office, '党纪知识比拼 · 请核对');
  await preview.getByText('11月23日（周一，今天）10:30至11:00').waitFor();
  await keepPicture(desk, 'contest-1-preview');
  await preview.getByRole('button', { name: /^确认发布（\d+人）$/ }).click();
  await cardIn(office, '党纪知识比拼 · 进度').getByText('已参加 0').waitFor();
  await house.settles();

  const [other] = await house.app.db.sql<{ id: string }>`
    SELECT p.id FROM quiz_part a JOIN person p ON p.id = a."personId" WHERE p."isReachable" AND p.id <> ALL (${[secretary, officer]}) ORDER BY p.id LIMIT 1`;
  const players = [
    { id: officer, how: 'right', line: '答对 3 题，共 3 题' },
    { id: other?.id ?? '', how: 'wrong', line: '答对 0 题，共 3 题' },
  ] as const;
  const phones: Page[] = [];
  for (const { id, how, line } of players) {
    const phone = await openPage(house, { width: 375, height: 667, scale: 1.5 });
    phones.push(phone);
    const seat = await takePhone(phone, id);
    if (id === officer) {
      await seat.getByRole('button', { name: '开始答题' }).click();
      await phone.getByText('11月23日（周一）10:30开始，请到时再按。').waitFor();
      await keepPicture(phone, 'contest-2-before');
      await house.clockMovesTo('2026-11-23T10:30:00+08:00');
    }
    await seat.getByRole('button', { name: '开始答题' }).click();
    await cardIn(seat, /第1\/3题/).waitFor();
    await keepPicture(phone, `contest-3-question-${how}`);
    for (let question = 1; question <= 3; question += 1) {
      await answer(house, seat, id, how);
      if (question === 2) await keepPicture(phone, `contest-4-verdict-${how}`);
    }
    await seat.getByText(line).waitFor();
    expect(await seriousProblems(phone)).toEqual([]);
  }

  await house.clockMovesTo('2026-11-23T11:00:05+08:00');
  const summary = cardIn(office, '党纪知识比拼 · 进度');
  await summary.getByText('已结束').waitFor();
  expect(await summary.textContent()).toContain('已参加 2');
  await keepPicture(desk, 'contest-5-summary');
  const [first] = phones;
  if (first) await keepPicture(first, 'contest-6-result');
  expect(await seriousProblems(desk)).toEqual([]);
}, 180_000);
