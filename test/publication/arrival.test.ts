/** What is said of delivery is so: before confirming, after it, on every card that counts, and in the digest. */
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../src/calendar/create-calendar.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import { describeArrival, describeWait, warnOfTooLate } from '../../src/publication/arrival.ts';
import { type House, openHouse, type TestPerson } from '../support/house.ts';
import { toastOf } from '../support/persons.ts';

/** A Friday morning; the Monday after it is the next workday. */
const FRIDAY = new Date('2026-11-27T10:27:00+08:00');
const TASKS = ['学习党章', '学习纪律处分条例'].map((topic) => `提醒本支部12月4日18:00前完成主题党日：${topic}`);

type Cast = { house: House; secretary: TestPerson; officer: TestPerson };

/** A house in which everybody of the branch has had the two quiet pushes of the day. */
async function openBusyDay(options: Parameters<typeof openHouse>[0] = {}): Promise<Cast> {
  const house = await openHouse({ at: FRIDAY, ...options });
  const [secretary, officer] = [house.person(SAMPLE_PEOPLE.secretary), house.person(SAMPLE_PEOPLE.officer)];
  for (const sentence of TASKS) {
    await secretary.says(sentence);
    await secretary.presses('确认发布（');
    await house.settles();
  }
  return { house, secretary, officer };
}

const progressOf = (secretary: TestPerson, topic: string) =>
  secretary.sees().findLast((card) => card.includes('· 进度') && card.includes(topic)) ?? '';
const countIn = (text: string) => Number(/共(\d+)人/.exec(text)?.[1]);

it('a quiz that would be over before the next push is not crowded out by reminders', async () => {
  const { house, secretary, officer } = await openBusyDay();
  await secretary.says('给本支部发布10道党纪题，今天15:00到15:30');
  // Two of the branch have not opened their account yet; for everybody else it is now.
  expect(secretary.seesLast()).toContain('确认后马上送达38人；2人联系不上。');
  const answer = toastOf(await secretary.presses('确认发布（'));
  await house.settles();
  expect(answer).toContain('已发布给40人');
  expect(answer).not.toContain('将于');
  // The third of the day is the 今天 card, with the quiz as its most urgent line.
  expect(officer.seesLast()).toMatch(/^今天\n待办3件\n党纪知识比拼\n/);
  await house.follows();
  const progress = secretary.seesLast('已参加 0');
  expect(progress).toContain('未参加 38');
  expect(progress).not.toContain('待送达');

  await house.clockMovesTo('2026-11-27T15:00:30+08:00');
  await officer.presses('去办理');
  await house.settles();
  await officer.presses('开始答题');
  await house.clockMovesTo('2026-11-27T15:30:30+08:00');
  const [counts] = await house.app.db.sql<{ taken: number; unreached: number }>`
    SELECT count(*) FILTER (WHERE standing = 'done')::int AS taken, count(*) FILTER (WHERE standing = 'waiting')::int AS unreached
    FROM publication b, standings(b.id, '2026-11-27') WHERE b.feature = 'quizzes'`;
  expect(counts).toEqual({ taken: 1, unreached: 0 });
});

it('a third task of the day says before and after confirming until when it waits, and counts nobody as open before', async () => {
  const { house, secretary, officer } = await openBusyDay();
  await secretary.says('提醒本支部12月4日18:00前完成主题党日：学习廉洁自律准则');
  const preview = secretary.seesLast();
  const all = countIn(preview);
  const lost = Number(/(\d+)人联系不上。/.exec(preview)?.[1]);
  const count = all - lost;
  expect(preview).toContain('今天的提醒已满两条，卡片将于11月30日（周一）07:30起送达');
  const before = officer.sees().length;
  const answer = toastOf(await secretary.presses('确认发布（'));
  await house.settles();
  expect(answer).toContain(`已发布给${all}人`);
  expect(answer).toContain(`其中${count}人今天的提醒已满两条，将于11月30日（周一）07:30起送达`);
  expect(officer.sees()).toHaveLength(before);
  expect(progressOf(secretary, '廉洁自律准则')).toContain(
    `已完成 0 · 待完成 0 · 待送达 ${count} · 联系不上 ${lost}（共${all}人）`,
  );
  // What waits is not hidden from whoever looks.
  await officer.says('今天');
  expect(officer.seesLast()).toContain('学习廉洁自律准则');
  // Nobody is nudged about what never came.
  expect(toastOf(await secretary.presses('催办'))).toContain('卡片还没送到');

  await house.clockMovesTo('2026-11-30T07:31:00+08:00');
  await house.follows();
  expect(officer.seesLast()).toContain('学习廉洁自律准则');
  expect(progressOf(secretary, '廉洁自律准则')).toContain(`待完成 ${count} · 联系不上 ${lost}（共${all}人）`);
});

it('what would be over before it could come is said in red, and goes at once for a reason that is kept', async () => {
  const house = await openHouse({ at: new Date('2026-11-27T21:40:00+08:00') });
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  const officer = house.person(SAMPLE_PEOPLE.officer);
  await secretary.says('给本支部发布10道党纪题，今天22:00到22:30');
  expect(secretary.seesLast()).toContain('所有人收到卡片前就已经结束，会收不到。');
  expect(toastOf(await secretary.presses('确认发布（'))).toContain('没有发布');
  expect(toastOf(await secretary.presses('确认发布并立即送达', { reason: '' }))).toContain('请先写明为什么要马上送达');
  expect(officer.sees()).toEqual([]);
  expect(toastOf(await secretary.presses('确认发布并立即送达', { reason: '今晚补考' }))).toContain('已发布给');
  await house.settles();
  expect(officer.seesLast()).toContain('[开始答题]');
  const [kept] = await house.app.db.sql`SELECT "urgentReason" FROM publication WHERE state = 'published'`;
  expect(kept).toEqual({ urgentReason: '今晚补考' });
  expect(house.logged.some(({ msg }) => msg === 'a publication passes the notification policy')).toBe(true);
  expect(JSON.stringify(house.logged)).not.toContain('今晚补考');
});

it('says who is on leave until when, and who cannot be reached', async () => {
  const house = await openHouse({ at: FRIDAY });
  const secretary = house.person(SAMPLE_PEOPLE.secretary);
  await house.app.db.sql`UPDATE person SET "isReachable" = false WHERE id = ${SAMPLE_PEOPLE.auxiliary}`;
  await house.app.db.sql`
    INSERT INTO leave (id, "personId", "firstDay", "lastDay") VALUES (gen_random_uuid(), ${SAMPLE_PEOPLE.officer}, '2026-11-26', '2026-12-01')`;
  await secretary.says('提醒一大队党支部全体人员12月4日18:00前完成主题党日：学习党章');
  const preview = secretary.seesLast();
  expect(preview).toMatch(/确认后马上送达\d+人；1人在休假，将于12月2日（周三）07:30起送达；\d+人联系不上。/);
});

it('a check that waits for one person is not crowded out by reminders, and nobody gets more than four a day', async () => {
  const { house, officer } = await openBusyDay();
  for (let number = 1; number <= 4; number += 1)
    await house.app.db.sql`
      INSERT INTO delivery (id, key, feature, card, ref, recipient, push, "dueAt")
      VALUES (gen_random_uuid(), ${`test:${number}`}, 'today', 'list', 'asked', ${officer.id}, 'work', ${FRIDAY})`;
  const before = officer.sees().length;
  await house.settles();
  expect(officer.sees()).toHaveLength(before + 2);
  const [day] = await house.app.db.sql`SELECT used FROM daily_push WHERE "personId" = ${officer.id}`;
  expect(day).toEqual({ used: 4 });
});

describe('the words', () => {
  const view = { now: FRIDAY, calendar: createCalendar({ timeZone: 'Asia/Shanghai' }) };
  const monday = new Date('2026-11-30T07:30:40+08:00');
  const none = { now: 0, later: [], tooLate: 0, unreachable: 0 };
  it.each([
    [{ ...none, now: 3 }, '确认后马上送达每个人。', '', ''],
    [{ ...none, now: 3, unreachable: 2 }, '确认后马上送达3人；2人联系不上。', '', '其中2人联系不上。'],
    [
      { ...none, later: [{ at: monday, why: 'quiet-hours' as const, count: 4 }] },
      '现在是免打扰时间，卡片将于11月30日（周一）07:30起送达。',
      '',
      '其中4人现在是免打扰时间，将于11月30日（周一）07:30起送达。',
    ],
    [
      { ...none, now: 1, tooLate: 2 },
      '确认后马上送达1人。',
      '其中2人收到卡片前就已经结束，会收不到。请改时间，或者写明理由后立即送达。',
      '其中2人收到前就已结束，收不到。',
    ],
  ])('%#', (forecast, promised, warned, said) => {
    expect(describeArrival(forecast, view)).toBe(promised);
    expect(warnOfTooLate(forecast)).toBe(warned);
    expect(describeWait(forecast, view)).toBe(said);
  });
});
