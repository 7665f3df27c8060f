/** The issuer's part: a sentence becomes a draft, the draft is confirmed, and everybody of a branch gets a card. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { post } from '../messenger/feishu-push.ts';
import { branchName, ISSUER, PEOPLE_PER_BRANCH } from './house.ts';
import { buttonPush, type DeliveredCard, messagePush, type Push } from './pushes.ts';

/** `perSecond` counts from the press on 确认发布 to the moment when the last card was written down as sent. */
export type Published = { task: string; cards: DeliveredCard[]; perSecond: number };

export type Found = DeliveredCard & { ref: string; sentAt: Date };

const PATIENCE_MS = 60_000;

/** Publishes a task to a branch through the bot's webhook; resolves when everybody has the card. */
export async function publish(botUrl: string, database: pg.Pool, branch: number): Promise<Published> {
  const what = '下周五18:00前完成第一议题学习：学习党的二十届四中全会精神 https://example.gov.cn/a';
  await postPush(botUrl, messagePush(ISSUER, `提醒${branchName(branch)}全体党员${what}`));
  const [draft] = await waitForCards(
    database,
    `card = 'draft' AND ref IN (SELECT id::text FROM publication WHERE state = 'draft')`,
    1,
  );
  if (!draft) throw new Error('there is no draft');
  const startedMs = Date.now();
  await postPush(botUrl, buttonPush(draft, 'study-tasks/publish'));
  const cards = await waitForCards(database, `card = 'task' AND ref = '${draft.ref}'`, PEOPLE_PER_BRANCH);
  const lastMs = Math.max(...cards.map(({ sentAt }) => sentAt.getTime()));
  return { task: draft.ref, cards, perSecond: (cards.length * 1000) / (lastMs - startedMs) };
}

export async function postPush(url: string, push: Push): Promise<void> {
  const { status, body } = await post(`${url}/webhook/event`, push.body, push.headers);
  if (status !== 200) throw new Error(`the bot answered ${status} ${JSON.stringify(body)}`);
}

/** The cards of this description, once so many of them are written down as sent. */
export async function waitForCards(database: pg.Pool, which: string, count: number): Promise<Found[]> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const sent = `FROM delivery WHERE ${which} AND state = 'sent'`;
    const { rows } = await database.query<{ count: number }>(`SELECT count(*)::int ${sent}`);
    if (rows[0]?.count === count)
      return (await database.query<Found>(`SELECT id, recipient, "messageId", ref, "sentAt" ${sent}`)).rows;
    if (performance.now() > deadline) throw new Error(`${rows[0]?.count} of ${count} cards were sent: ${which}`);
    await sleep(100);
  }
}
