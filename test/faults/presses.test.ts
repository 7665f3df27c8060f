/** A press twice, late, at the same time as another: one effect, one card, and each press is answered. */
import { expect, it } from 'vitest';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import type { Posted } from '../messenger/feishu-push.ts';
import { findPressable } from '../support/card-reader.ts';
import type { House, TestPerson } from '../support/house.ts';
import { openOffice, publish, SENTENCE } from './support/office.ts';
import { openTap } from './support/tap.ts';

/** The log's number for an error. */
const ERROR = 50;

type Toast = { toast?: { type: string; content: string } };

it('a press that is pushed twice at the same time is answered alike and publishes once', async () => {
  const { house, secretary, officer } = await openOffice();
  await secretary.says(SENTENCE);
  const tap = await openTap(house);
  tap.copies = 2;
  expect(await secretary.presses('确认发布')).toMatchObject({ ok: true, toast: { type: 'success' } });
  const [first, second] = tap.answers;
  expect(second).toEqual(first);
  await house.settles();
  await expectPublishedOnce(house);
  expect(officer.sees()).toHaveLength(1);
  expect(progressCards(secretary)).toHaveLength(1);
});

it('a press that comes again fifty minutes later is answered as before, over the card as it is by then', async () => {
  const { house, secretary, officer } = await openOffice();
  await publish(house, secretary);
  const tap = await openTap(house);
  await officer.presses('我已完成', { reflection: '很受教育' });
  await house.clockMovesTo('2026-11-23T10:50:00+08:00');
  const [first] = tap.answers;
  const again = await tap.recordNewest()();
  expect(again.body).toMatchObject({ toast: { type: 'success' } });
  expect(toastOf(again)).toEqual(toastOf(first));
  expect(JSON.stringify(again.body)).toContain('很受教育');
  const [part] = await house.app.db.sql<{ at: string }>`
    SELECT "doneAt"::text AS at FROM part WHERE "personId" = ${officer.id}`;
  expect(new Date(part?.at ?? '').toISOString()).toMatch(/^2026-11-23T02:00:/);
});

it('a press that comes before the bot has heard of the message it sent leads to the one card', async () => {
  const { house, secretary, officer } = await openOffice({ tuning: { callTimeoutMs: 3_000 } });
  await secretary.says(SENTENCE);
  house.emulator.faults.lostAnswerShare = 1; // from here on everything is sent, and the bot does not hear that it was
  await secretary.presses('确认发布');
  await house.emulator.waitFor(() => officer.sees().length > 0);
  const unheard = await house.app.db
    .sql`SELECT 1 FROM delivery WHERE recipient = ${officer.id} AND "messageId" IS NULL`;
  expect(unheard).toHaveLength(1);
  const answer = await officer.presses('我已完成', { reflection: '记住了' });
  expect(answer).toMatchObject({ ok: true, toast: { type: 'success' } });
  house.emulator.faults.lostAnswerShare = 0;
  await house.timePassesUntil('2026-11-23T10:30:00+08:00');
  expect(officer.sees()).toHaveLength(1);
  expect(officer.seesLast()).toContain('记住了');
  await expectPublishedOnce(house);
});

it('a press to confirm, made twice at once, publishes once and answers both', async () => {
  const { house, secretary, officer } = await openOffice();
  await secretary.says(SENTENCE);
  const answers = await Promise.all([secretary.presses('确认发布'), secretary.presses('确认发布')]);
  expect(answers.map(kindOf).sort()).toEqual(['success', 'warning']);
  expect(JSON.stringify(answers)).toContain('已经发布，不用再按');
  await house.settles();
  await expectPublishedOnce(house);
  expect(officer.sees()).toHaveLength(1);
  expect(progressCards(secretary)).toHaveLength(1);
});

it('a press to confirm and one to cancel, made at once, end in one of the two', async () => {
  const { house, secretary, officer } = await openOffice();
  await secretary.says(SENTENCE);
  const [confirmed, cancelled] = await Promise.all([secretary.presses('确认发布'), secretary.presses('取消')]);
  await house.settles();
  const [task] = await house.app.db.sql<{ state: string }>`SELECT state FROM publication`;
  const isPublished = kindOf(confirmed) === 'success';
  expect(task?.state).toBe(isPublished ? 'published' : 'cancelled');
  expect(kindOf(isPublished ? cancelled : confirmed)).toBe('warning');
  expect(officer.sees()).toHaveLength(isPublished ? 1 : 0);
});

it('a press on two phones at once counts once; what was written on the first one is kept', async () => {
  const { house, secretary, officer } = await openOffice();
  await publish(house, secretary);
  const said = ['写在手机上', '写在电脑上'];
  const answers = await Promise.all(said.map((reflection) => officer.presses('我已完成', { reflection })));
  const winner = answers.findIndex((answer) => kindOf(answer) === 'success');
  expect(answers.map(kindOf).sort()).toEqual(['info', 'success']);
  expect(JSON.stringify(answers[1 - winner])).toContain('不用再按');
  await house.settles();
  const parts = await house.app.db.sql<{ reflection: string }>`
    SELECT text AS reflection FROM study_reflection`;
  expect(parts).toEqual([{ reflection: said[winner] }]);
  expect(officer.seesLast()).toContain(said[winner]);
  expect(officer.sees()).toHaveLength(1);
});

it('a press of a crowd at once counts for each, and the progress card tells the sum', async () => {
  const { house, secretary } = await openOffice();
  await publish(house, secretary);
  const rows = await house.app.db.sql<{ personId: string }>`SELECT "personId" FROM part`;
  const crowd = rows.map(({ personId }) => house.person(personId)).filter((one) => one.seesLast().includes('我已完成'));
  expect(crowd.length).toBeGreaterThan(15);
  const answers = await Promise.all(crowd.map((one) => one.presses('我已完成')));
  expect(answers.map(kindOf)).toEqual(crowd.map(() => 'success'));
  await house.clockMovesTo('2026-11-23T10:05:00+08:00');
  expect(progressCards(secretary)[0]).toContain(`已完成 ${crowd.length} ·`);
  expect(house.logged.filter(({ level }) => Number(level) >= ERROR)).toEqual([]); // nobody ran into a deadlock
});

it('a press that withdraws, after somebody has completed, leaves what was done', async () => {
  const { house, secretary, officer } = await openOffice();
  await publish(house, secretary);
  await officer.presses('我已完成');
  expect(kindOf(await secretary.presses('撤销'))).toBe('info');
  await house.clockMovesTo('2026-11-23T10:05:00+08:00');
  expect(officer.seesLast()).toContain('已完成');
  expect(house.person(SAMPLE_PEOPLE.leader).seesLast()).toContain('撤销');
});

it('a press that completes, after the task was withdrawn, is told so and changes nothing', async () => {
  const { house, secretary, officer } = await openOffice();
  await publish(house, secretary);
  const before = officerPress(house, officer);
  await secretary.presses('撤销');
  const answer = await house.emulator.press(officer.id, before.messageId, before.press);
  expect(answer).toMatchObject({ ok: true, toast: { type: 'warning' } });
  expect(JSON.stringify(answer)).toContain('已经撤销');
  expect(await countDone(house)).toBe(0);
  await house.settles();
  expect(officer.sees()).toHaveLength(1);
});

it('a press that withdraws and one that completes, made at once, are each answered with what is so', async () => {
  const { house, secretary, officer } = await openOffice();
  await publish(house, secretary);
  const [withdrawn, completed] = await Promise.all([secretary.presses('撤销'), officer.presses('我已完成')]);
  expect(kindOf(withdrawn)).toBe('info');
  expect(await countDone(house)).toBe(kindOf(completed) === 'success' ? 1 : 0);
  await house.clockMovesTo('2026-11-23T10:05:00+08:00');
  expect(officer.seesLast()).toContain(kindOf(completed) === 'success' ? '已完成' : '撤销');
});

it('a press that nudges, made twice at once, reminds everybody once', async () => {
  const { house, secretary, officer } = await openOffice();
  await publish(house, secretary);
  const answers = await Promise.all([secretary.presses('催办'), secretary.presses('催办')]);
  await house.clockMovesTo('2026-11-23T10:05:00+08:00');
  expect(answers.map(kindOf).sort()).toEqual(['info', 'success']);
  expect(officer.sees()).toHaveLength(2);
});

async function expectPublishedOnce({ app, emulator }: House): Promise<void> {
  const tasks = await app.db.sql`SELECT id FROM publication WHERE state = 'published'`;
  expect(tasks).toHaveLength(1);
  const parts = await app.db.sql<{
    personId: string;
  }>`SELECT "personId" FROM part WHERE NOT "isUnreachable"`;
  expect(parts.length).toBeGreaterThan(15);
  const cards = parts.map(({ personId }) =>
    emulator.messagesOf(personId).filter(({ content }) => /发给：一大队党支部/.test(JSON.stringify(content))),
  );
  expect(cards.map(({ length }) => length)).toEqual(parts.map(() => 1));
}

function officerPress(house: House, officer: TestPerson) {
  const [message] = house.emulator.messagesOf(officer.id).slice(-1);
  const press = findPressable(message?.content, '我已完成');
  if (!message || !press) throw new Error('there is no task card to press');
  return { messageId: message.id, press };
}

function progressCards(secretary: TestPerson): string[] {
  return secretary.sees().filter((card) => card.includes('· 进度'));
}

function toastOf(posted: Posted | undefined): Toast['toast'] {
  return (posted?.body as Toast | undefined)?.toast;
}

function kindOf(answer: { ok: boolean } & Toast): string | undefined {
  return answer.toast?.type;
}

async function countDone({ app }: House): Promise<number> {
  return (await app.db.sql`SELECT 1 FROM part WHERE "doneAt" IS NOT NULL`).length;
}
