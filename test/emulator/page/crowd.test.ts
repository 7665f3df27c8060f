/** The page with 400 people and 5,000 messages: it draws what is looked at, and what arrives is seen. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepNumbers, launchBrowser, visit } from './support/browser.ts';
import { TASK } from './support/sample-cards.ts';
import { buildWorld, type ScriptedWorld, startScriptedWorld } from './support/scripted-world.ts';

const MESSAGES = 5_000;
const PUSHES = 20;

let browser: Browser;
let world: ScriptedWorld;
beforeAll(async () => {
  [browser, world] = await Promise.all([launchBrowser(), startScriptedWorld(buildWorld(400))]);
  world.emulator.pushTo(undefined);
  for (let at = 0; at < MESSAGES; at += 1) world.emulator.say('ou_3', `第 ${at} 条`);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

test('only the newest of 5,000 messages are drawn, older ones come on demand, a push is painted', async () => {
  const { page, errors } = await visit(browser, world.emulator.url);
  await page.locator('[data-person="ou_3"]').click();
  const newest = page.locator('.bubble', { hasText: `第 ${MESSAGES - 1} 条` });
  await newest.waitFor();
  const rows = () => page.locator('.message').count();
  expect(await rows()).toBeLessThan(100);
  expect(await page.locator('.person-line').count()).toBe(400);

  const before = await rows();
  await page.getByRole('button', { name: '更早的消息' }).click();
  await expect.poll(rows).toBeGreaterThan(before);
  for (let pages = 0; pages < 5; pages += 1) {
    const known = await rows();
    await page.getByRole('button', { name: '更早的消息' }).click();
    await expect.poll(rows).toBeGreaterThan(known);
  }
  await page.getByRole('log').evaluate((log) => log.scrollTo(0, log.scrollHeight));
  await expect.poll(rows).toBeLessThan(200);
  await newest.scrollIntoViewIfNeeded();

  await page.evaluate(() => {
    const seen: Record<string, number> = {};
    Object.assign(window, { seen });
    new MutationObserver(() => {
      for (const message of document.querySelectorAll<HTMLElement>('.message:nth-last-child(-n+3)')) {
        const id = message.dataset.message ?? '';
        // Two frames: the second begins when the first has been painted.
        if (!(id in seen)) {
          seen[id] = 0;
          requestAnimationFrame(() =>
            requestAnimationFrame(() => Object.assign(seen, { [id]: performance.timeOrigin + performance.now() })),
          );
        }
      }
    }).observe(document.querySelector('.log') ?? document.body, { childList: true, subtree: true });
  });
  const delays: number[] = [];
  for (let at = 0; at < PUSHES; at += 1) {
    const sent = performance.timeOrigin + performance.now();
    const id = await world.bot.send('ou_3', TASK);
    const painted = await page.waitForFunction(
      (wanted) => (window as unknown as { seen: Record<string, number> }).seen[wanted],
      id,
    );
    delays.push(((await painted.jsonValue()) ?? 0) - sent);
  }
  delays.sort((a, b) => a - b);
  keepNumbers('push-to-paint', {
    people: 400,
    messages: MESSAGES,
    pushes: PUSHES,
    medianMs: Math.round(delays[PUSHES / 2] ?? 0),
    slowestMs: Math.round(delays.at(-1) ?? 0),
  });
  expect(await page.getByRole('article').count()).toBe(PUSHES);
  expect(errors).toEqual([]);
}, 120_000);
