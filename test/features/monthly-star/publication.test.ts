/** What people wrote about deeds, on its way to a group: text and never markup, with private marks pointed out before they are published. */

import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { now } from '../../../src/basics/clock.ts';
import { sampleWorld } from '../../../src/emulator/world/sample.ts';
import { EVERYBODY } from '../../support/audience.ts';
import { candidacyOf, commissioner, lastRound, openCandidate, openCast, reachChecking, toastOf } from './playing.ts';

const CALL = '<at id=all></at>';
const WORDS = `${CALL} **扶老人过路**，身份证11010519491231002X`;

it('shows markup as the letters it is, and warns of an identity number until the last decision', async () => {
  const cast = await openCast();
  const { house, secretary, officer, auxiliary, leader } = cast;
  const group = sampleWorld().groups.find(({ name }) => name === '一大队工作群')?.chat_id ?? '';
  house.emulator.say(secretary.id, '光荣榜发到本群', { chat: group, mentionsBot: true });
  await house.settles();
  await auxiliary.says(`登记实事 ${CALL} 雨天推车`);
  expect(auxiliary.seesLast()).toContain(`${CALL} 雨天推车`);
  await auxiliary.says(`登记实事 ${'长'.repeat(3000)}`);
  expect(auxiliary.seesLast()).toContain('最多1000字，现在有3000字');
  expect(await house.app.db.sql`SELECT 1 FROM star_deed`).toHaveLength(1);

  await reachChecking(cast, [auxiliary.id], { hasVote: 'no' });
  const name = await house.nameOf(auxiliary.id);
  await openCandidate(cast, secretary, name);
  const warning = '发布前请删改：疑似身份证号“11010519491231002X”';
  expect(toastOf(await secretary.presses('核实通过', { statement: WORDS }))).toContain(warning);
  await house.settles();
  expect(toastOf(await secretary.presses('核实通过'))).toContain('已核实通过');
  await house.settles();
  await secretary.presses('完成核实');
  await house.settles();
  const reviewer = await commissioner(cast);
  await openCandidate(cast, reviewer, name);
  await reviewer.presses('无异议', { opinion: CALL });
  await house.clockMovesTo('2026-11-24T10:00:00+08:00');
  // The leader hears of it once more.
  expect(leader.seesLast('每月一星 · 集体研究')).toContain(`${name}：${warning}`);
  const post0 = (await candidacyOf(house, auxiliary.id)).id;
  expect(toastOf(await leader.presses('确认人选', { post0, reason: CALL }))).toContain('已确认1位');
  await house.settles();
  await officer.presses('查看完整事迹');
  const { noticeUntil } = await lastRound(house);
  await house.clockMovesTo(new Date((noticeUntil?.getTime() ?? 0) + 58 * 3_600_000));

  // The group saw notice and commendation, and everybody else their cards: nowhere is it markup.
  const inGroup = await house.app.db.sql<{ messageId: string }>`SELECT "messageId" FROM delivery WHERE "isChat"`;
  const shown = [secretary, officer, auxiliary, leader, reviewer].flatMap(({ id }) => house.emulator.messagesOf(id));
  const calling = shown.filter(({ content }) => JSON.stringify(content).includes(CALL)).map(({ id }) => id);
  expect(calling).toEqual(expect.arrayContaining(inGroup.map(({ messageId }) => messageId)));
  expect(inGroup).toHaveLength(2);
  expect(shown.flatMap(({ content }) => markupIn(content)).filter((text) => text.includes('<at'))).toEqual([]);
});

it('commends the first of many stars and says how many there are, in the order of the roll', async () => {
  const { house, officer, auxiliary } = await openCast();
  const { db } = house.app;
  const people = await db.sql<{ id: string }>`SELECT id FROM person ORDER BY id LIMIT 13`;
  const [round, post] = [randomUUID(), randomUUID()];
  await db.sql`
    INSERT INTO star_round (id, state, title, audience, "nominateUntil", "checkUntil", "reviewUntil", "decideUntil", "noticeUntil", "orderSeed", "createdAt")
    VALUES (${round}::uuid, 'noticing', '2026年10月每月一星', ${EVERYBODY}::jsonb, now(), now(), now(), now(), ${now()}, '', ${now()})`;
  await db.sql`INSERT INTO star_post (id, "roundId", name, seats, sort) VALUES (${post}::uuid, ${round}::uuid, '执法执勤', 13, 0)`;
  for (const { id } of people)
    await db.sql`
      INSERT INTO star_candidacy (id, "roundId", "nomineeId", "postId", state, statement, "isChosen")
      VALUES (gen_random_uuid(), ${round}::uuid, ${id}, ${post}::uuid, 'passed', '事迹', true)`;
  await db.sql`
    INSERT INTO pending_job (id, feature, job, payload, "dueAt")
    VALUES (gen_random_uuid(), 'monthly-star', 'end-step', ${JSON.stringify({ round, state: 'noticing' })}::jsonb, ${now()})`;
  await house.settles();
  for (const person of [officer, auxiliary]) {
    const card = person.seesLast('每月一星 · 表扬');
    expect(card).toContain('（第1位）');
    expect(card).toContain('（第12位）');
    expect(card).toContain('共13位，其余请看光荣榜');
  }
});

/** What a card says in a language that has markup. */
function markupIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { tag, content } = node as { tag?: unknown; content?: unknown };
  const own = (tag === 'markdown' || tag === 'lark_md') && typeof content === 'string' ? [content] : [];
  return [...own, ...Object.values(node).flatMap(markupIn)];
}
