/** 每月一星 in a browser, as an officer has it on a phone: a nomination found by initials, with a photo, and a ballot. */
import { pinyin } from 'pinyin-pro';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { SAMPLE_PEOPLE, sampleWorld } from '../../../src/emulator/world/sample.ts';
import { commissioner, openBranchRound, openCandidate, toastOf } from '../../features/monthly-star/playing.ts';
import { openHouse } from '../../support/house.ts';
import { seriousProblems } from './support/accessibility.ts';
import { builtPage, keepPicture, launchBrowser, visit } from './support/browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

test('an officer nominates by initials, and votes once', async () => {
  const house = await openHouse({ emulator: { pageDir: builtPage() } });
  const person = (id: string) => house.person(id);
  const cast = {
    house,
    administrator: person(SAMPLE_PEOPLE.administrator),
    secretary: person(SAMPLE_PEOPLE.secretary),
    officer: person(SAMPLE_PEOPLE.officer),
    auxiliary: person(SAMPLE_PEOPLE.auxiliary),
    leader: person(SAMPLE_PEOPLE.leader),
    chief: person(SAMPLE_PEOPLE.chief),
  };
  const name = sampleWorld().users.find(({ open_id }) => open_id === cast.auxiliary.id)?.name ?? '';
  await openBranchRound(cast);
  await cast.officer.says('提名');

  const { page, errors, foreign } = await visit(browser, house.url, { width: 375, height: 667, scale: 1.5 });
  onTestFinished(async () => {
    await page.context().close();
    expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
  });
  await page.locator(`[data-person="${cast.officer.id}"]`).click();
  await page.locator('.chat-line').first().click();
  const form = page.getByRole('article', { name: '每月一星 · 提名' }).last();
  await form.getByLabel(/张伟/).fill(pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' }).join(''));
  await form.getByRole('button', { name: '查找' }).click();
  await form.getByRole('button', { name: new RegExp(`选择提名对象|${name}`) }).waitFor();
  await keepPicture(page, 'star-1-found');
  const nominee = form.getByRole('button', { name: new RegExp(`选择提名对象|${name}`) });
  await nominee.click();
  await page.getByRole('option', { name: new RegExp(name) }).click();
  await form.getByRole('button', { name: '选择岗位' }).click();
  await page.getByRole('option', { name: /执法执勤/ }).click();
  await form.getByRole('textbox').nth(1).fill('雪夜救助受困群众 <b>不是标签</b>');
  await keepPicture(page, 'star-2-filled');
  await form.getByRole('button', { name: '提交提名' }).click();
  await form.getByText(`已提交：${name}`).waitFor();
  await keepPicture(page, 'star-3-handed-in');
  expect(await seriousProblems(page)).toEqual([]);

  await form.getByRole('button', { name: '加照片' }).click();
  await page.getByText('请在30分钟内把照片发到这里').waitFor();
  const photo = {
    name: '现场.jpg',
    mimeType: 'image/jpeg',
    buffer: await page.screenshot({ type: 'jpeg', quality: 40 }),
  };
  await page.locator('form[aria-label="写消息"] input[type="file"]').setInputFiles(photo);
  const received = page.getByRole('article', { name: '每月一星 · 照片' }).last();
  await received.getByText(`照片已加到您对${name}的提名`).waitFor();
  await keepPicture(page, 'star-3-photo');
  expect(await page.getByRole('img', { name: '图片' }).count()).toBe(1);

  await cast.secretary.presses('结束提名');
  await house.settles();
  await openCandidate(cast, cast.secretary, await house.nameOf(cast.auxiliary.id));
  await cast.secretary.presses('看照片');
  await house.settles();
  expect((await cast.secretary.files()).map(({ bytes }) => bytes)).toEqual([photo.buffer]);
  expect(toastOf(await cast.secretary.presses('核实通过'))).toContain('已核实通过');
  await house.settles();
  await cast.secretary.presses('完成核实');
  await house.settles();
  const reviewer = await commissioner(cast);
  await openCandidate(cast, reviewer, name);
  await reviewer.presses('无异议');
  await house.settles();

  const ballot = page.getByRole('article', { name: '每月一星 · 参考投票' }).last();
  await ballot.getByText('投票只供领导研究时参考').waitFor();
  await keepPicture(page, 'star-4-ballot');
  await ballot.getByRole('button', { name: /请选择/ }).click();
  await page.getByRole('option', { name: new RegExp(name) }).click();
  await ballot.getByRole('button', { name: '提交投票' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确认' }).click();
  await ballot.getByText('已收到您的投票').waitFor();
  await keepPicture(page, 'star-5-voted');
  expect(await ballot.getByText(name).count()).toBe(0);
  expect(await seriousProblems(page)).toEqual([]);
}, 180_000);
