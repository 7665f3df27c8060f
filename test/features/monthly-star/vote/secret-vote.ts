/** A vote of many, for the tests that look for a link between a voter and a choice. */

import { randomUUID } from 'node:crypto';
import { now } from '../../../../src/basics/clock.ts';
import type { PressPost } from '../../../../src/emulator/site/page-api.ts';
import { EVERYBODY } from '../../../support/audience.ts';
import { findPressable } from '../../../support/card-reader.ts';
import type { House } from '../../../support/house.ts';

const DAY_MS = 86_400_000;

/** Those who hold no office and can be reached, in no order. */
export async function findPlainPeople(house: House): Promise<string[]> {
  const people = await house.app.db.sql<{ id: string }>`
    SELECT id FROM person p WHERE "isReachable" AND NOT EXISTS (SELECT 1 FROM role_assignment r WHERE r."personId" = p.id) ORDER BY md5(id)`;
  return people.map(({ id }) => id);
}

/** A round of the detachment in its vote, with two candidates for one star, whose cards are out. */
export async function holdVote(house: House, nominees: string[]) {
  const { db } = house.app;
  const round = randomUUID();
  const candidates = nominees.map(() => randomUUID());
  const post = randomUUID();
  const at = now();
  const later = (days: number) => new Date(at.getTime() + days * DAY_MS);
  const closesAt = later(2);
  await db.sql`
    INSERT INTO star_round (id, state, title, audience, "nominateUntil", "checkUntil", "reviewUntil", "voteUntil", "decideUntil", "orderSeed", "createdAt")
    VALUES (${round}::uuid, 'voting', '2026年11月每月一星', ${EVERYBODY}::jsonb, ${later(-3)}, ${later(-2)}, ${later(-1)}, ${closesAt}, ${later(4)}, ${randomUUID()}, ${later(-9)})`;
  await db.sql`INSERT INTO star_post (id, "roundId", name, seats, sort) VALUES (${post}::uuid, ${round}::uuid, '执法执勤', 1, 0)`;
  for (const [index, nominee] of nominees.entries())
    await db.sql`
      INSERT INTO star_candidacy (id, "roundId", "nomineeId", "postId", state, statement, opinion)
      VALUES (${candidates[index]}::uuid, ${round}::uuid, ${nominee}, ${post}::uuid, 'passed', '事迹', 'clear')`;
  await db.sql`INSERT INTO star_voter ("roundId", "personId") SELECT ${round}::uuid, id FROM person WHERE status = 'active'`;
  const job = (name: string, payload: unknown, due: Date) => db.sql`
    INSERT INTO pending_job (id, feature, job, payload, "dueAt")
    VALUES (gen_random_uuid(), 'monthly-star', ${name}, ${JSON.stringify(payload)}::jsonb, ${due})`;
  await job('announce', { round, card: 'vote', reason: 'first', after: '' }, at);
  await job('end-step', { round, state: 'voting' }, closesAt);
  await house.settles();
  return { round, candidates, closesAt };
}

/** A voter presses 提交投票 with this choice; what the voter is told. */
export async function vote(house: House, voter: string, choice: string): Promise<string> {
  const message = house.emulator
    .messagesOf(voter)
    .findLast(({ content }) => JSON.stringify(content).includes('参考投票'));
  const press = findPressable(message?.content, '提交投票', { post0: choice }) as PressPost;
  const answer = await house.emulator.press(voter, message?.id ?? '', press);
  return answer.ok ? (answer.toast?.content ?? '') : answer.message;
}
