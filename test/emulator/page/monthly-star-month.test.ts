/** A month of 每月一星 with every part played on the page: from the opening tick to the roll of honour. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { commissioner, EVENING_BEFORE, lastRound } from '../../features/monthly-star/playing.ts';
import { openHouse } from '../../support/house.ts';
import { builtPage, keepPicture, launchBrowser, visit } from './support/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

const { administrator, officer, auxiliary: star, chief } = SAMPLE_PEOPLE;

test('plays a month on the page', async () => {
  const house = await openHouse({ at: EVENING_BEFORE, emulator: { pageDir: builtPage() } });
  const { page, errors, foreign } = await visit(browser, house.url, { width: 1100, height: 900 });
  onTestFinished(async () => {
    await page.context().close();
    expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
  });
  const name = await house.nameOf(star);
  const cast = { house } as Parameters<typeof commissioner>[0];
  /** Takes a person's seat, and gives their newest card with this title. */
  const cardOf = async (person: string, title: string) => {
    await page.locator(`[data-person="${person}"]`).click();
    const card = page.getByRole('article', { name: title, exact: true }).last();
    // The third push of a day comes as the 今天 card: what it tells of is opened there.
    const opening = page.getByRole('button', { name: '去办理' }).last();
    await card.or(opening).last().waitFor();
    if (!(await card.isVisible())) await opening.click();
    await card.waitFor();
    return card;
  };
  const says = async (person: string, text: string) => {
    await page.locator(`[data-person="${person}"]`).click();
    await page.getByRole('textbox', { name: '消息' }).fill(text);
    await page.getByRole('button', { name: '发送', exact: true }).click();
  };

  await house.clockMovesTo('2026-12-01T09:26:00+08:00');
  const draft = await cardOf(administrator, '2026年12月每月一星');
  await press(draft, /^确认发起（\d+人）$/);
  await house.settles();

  await says(officer, `提名 ${name}`);
  const form = await cardOf(officer, '每月一星 · 提名');
  await form.getByRole('button', { name: '选择岗位' }).click();
  await page.getByRole('option', { name: /执法执勤/ }).click();
  await form.getByRole('textbox').nth(1).fill('雨夜徒步巡线，救助被困群众');
  await press(form, '提交提名');
  await form.getByText(`已提交：${name}`).waitFor();

  await house.clockMovesTo('2026-12-08T18:00:01+08:00');
  await house.clockMovesTo('2026-12-09T09:00:00+08:00');
  await press(await cardOf(administrator, '每月一星 · 候选人'), '查看');
  await press(await cardOf(administrator, '候选人 · 事迹'), '核实通过');
  await page.getByText('的事迹已核实通过').waitFor();
  await house.settles();
  await pressAndConfirm(page, await cardOf(administrator, '每月一星 · 候选人'), '完成核实');
  await page.getByText('请纪检委员提出意见').waitFor();
  await house.settles();

  const { id: reviewer } = await commissioner(cast);
  await press(await cardOf(reviewer, '每月一星 · 候选人'), '查看');
  await press(await cardOf(reviewer, '候选人 · 事迹'), '无异议');
  await house.settles();
  await house.clockMovesTo('2026-12-10T09:00:00+08:00');

  const ballot = await cardOf(officer, '每月一星 · 参考投票');
  await choose(page, ballot, name);
  await pressAndConfirm(page, ballot, '提交投票');
  await ballot.getByText('已收到您的投票').waitFor();
  await house.settles();

  const { voteUntil } = await lastRound(house);
  await house.clockMovesTo(new Date((voteUntil?.getTime() ?? 0) + 1000));
  await house.clockMovesTo(new Date((voteUntil?.getTime() ?? 0) + 16 * 3_600_000));
  const decision = await cardOf(chief, '每月一星 · 集体研究');
  await choose(page, decision, name);
  await keepPicture(page, 'star-month-decision');
  await pressAndConfirm(page, decision, '确认人选');
  await page.getByText('开始公示5个工作日').waitFor();
  await house.settles();
  await (await cardOf(officer, '每月一星 · 公示')).getByText('雨夜徒步巡线').waitFor();

  const { noticeUntil } = await lastRound(house);
  await house.clockMovesTo(noticeUntil ?? new Date(0));
  await house.clockMovesTo(new Date((noticeUntil?.getTime() ?? 0) + 58 * 3_600_000));
  await (await cardOf(officer, '每月一星 · 表扬')).getByText(`${name} · 一大队`).first().waitFor();
  await says(officer, '光荣榜');
  await (await cardOf(officer, '光荣榜')).getByText(`第1位 ${name}`).waitFor();
  await keepPicture(page, 'star-month-roll');
}, 360_000);

/** Presses a button of a card. */
async function press(card: Locator, name: string | RegExp): Promise<void> {
  await card
    .getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) })
    .first()
    .click();
}

/** Presses one that asks first, and says yes. */
async function pressAndConfirm(page: Page, card: Locator, name: string | RegExp): Promise<void> {
  await press(card, name);
  await page.getByRole('dialog').getByRole('button', { name: '确认' }).click();
}

/** Chooses a candidate on the first select of a card. */
async function choose(page: Page, card: Locator, name: string): Promise<void> {
  await card
    .getByRole('button', { name: /请选择/ })
    .first()
    .click();
  await page.getByRole('option', { name: new RegExp(name) }).click();
}
