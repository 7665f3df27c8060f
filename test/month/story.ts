/** What happens in the month besides what is published: a round of 每月一星, sessions, deeds, stock, feedback; each step on its day. */
import { now } from '../../src/basics/clock.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/world/sample.ts';
import {
  type Cast,
  candidacyOf,
  commissioner,
  nominate,
  openCandidate,
  toastOf,
} from '../features/monthly-star/playing.ts';
import { count, type Office } from '../publication/generated/office.ts';
import type { Act } from '../publication/generated-days.test.ts';
import { findPressable } from '../support/card-reader.ts';

/** A step, and what it is called in the tally. */
type Step = [called: string, plays: (office: Office, cast: Cast) => Promise<void>];

/** What is done of the publications: by day of the month, before noon and in the evening. */
export const PUBLISHED: Record<number, [before: Act[], after: Act[]]> = {
  1: [[publish('task', 1, 3)], [publish('hand-out', 2, 9)]],
  2: [[press(0, 1)], [publish('quiz', 0, 1)]],
  3: [[press(1, 0), manage('names', 0)], [{ act: 'leave', who: 9, days: 2, ahead: 3 }]],
  6: [[publish('task', 4, 8)], [press(2, 1)]],
  7: [[manage('nudge', 0), { act: 'lose', who: 17 }], [publish('exam', 2, 2)]],
  8: [[press(0, 0)], [manage('extend', 0)]],
  9: [[publish('task', 2, 4), publish('task', 3, 4)], [manage('withdraw', 1)]],
  10: [[press(3, 1)], [manage('names', 1)]],
  13: [[publish('hand-out', 0, 6), { act: 'move', who: 20 }], [press(1, 1)]],
  14: [[8, 15, 23, 26].map((who) => ({ act: 'leave', who, days: 12, ahead: 1 })), [publish('task', 5, 9)]],
  15: [[press(2, 0)], [manage('undo', 0)]],
  16: [[manage('end', 0)], [publish('quiz', 1, 1)]],
  17: [[press(0, 1)], [manage('names', 0)]],
  20: [[publish('task', 1, 12), { act: 'back', which: 0 }], [press(1, 0)]],
  21: [[manage('extend', 0)], [publish('exam', 0, 1)]],
  22: [[press(3, 0), publish('task', 0, 0)], [{ act: 'move', who: 12 }]],
  24: [[publish('hand-out', 5, 4)], [press(2, 1)]],
  27: [[publish('quiz', 2, 1)], [press(0, 0), manage('names', 1)]],
  29: [[publish('task', 2, 1)], [press(1, 1)]],
  30: [[manage('nudge', 1)], [press(2, 2)]],
};

/** The same of everything else, before noon. */
export const ELSE: Record<number, Step[]> = {
  1: [
    ['star round', openRound],
    ['stock moved', moveStock],
  ],
  2: [['nominations', nominateTwo]],
  3: [['session', recordSession('2026-07-02', '主题党日')]],
  6: [['checked', check]],
  7: [
    ['opinions', giveOpinions],
    ['deed', tellDeed],
  ],
  8: [['votes', voteSome(3)]],
  9: [
    ['votes', voteSome(2)],
    ['feedback', complain],
  ],
  15: [['session', recordSession('2026-07-14', '支委会')]],
  21: [
    ['decided', decide],
    ['stock moved', moveStock],
  ],
  28: [['deed', tellDeed]],
};

function publish(what: 'task' | 'quiz' | 'exam' | 'hand-out', whom: number, lasts: number): Act {
  return { act: 'publish', what, whom, lasts, fault: undefined };
}

function press(who: number, every: number): Act {
  return { act: 'press', who, every };
}

function manage(how: 'names' | 'nudge' | 'extend' | 'withdraw' | 'end' | 'undo', which: number): Act {
  return { act: 'manage', how, which };
}

/** Plays one step; what it sends to those who take part in it is no push. */
export async function playStep(office: Office, cast: Cast, [called, plays]: Step): Promise<void> {
  office.acts += 1;
  office.diary.push(`${office.calendar.dayOf(now())} ${called}`);
  await plays(office, cast);
  await office.house.settles();
  office.screens.look();
  count(office, called);
}

async function openRound(_office: Office, { secretary }: Cast): Promise<void> {
  await secretary.says('发起每月一星');
  must(toastOf(await secretary.presses('确认发起')), '已发起');
}

/** An auxiliary, and an officer without any office. */
async function nomineesOf({ house, auxiliary }: Cast): Promise<string[]> {
  const [other] = await house.app.db.sql<{ id: string }>`SELECT id FROM person WHERE name = '姜青禾'`;
  return [auxiliary.id, other?.id ?? ''];
}

async function nominateTwo(_office: Office, cast: Cast): Promise<void> {
  for (const nominee of await nomineesOf(cast)) must(await nominate(cast, cast.officer, nominee), '已提交');
  must(toastOf(await cast.secretary.presses('结束提名')), '提名已结束');
}

async function check({ house }: Office, cast: Cast): Promise<void> {
  for (const nominee of await nomineesOf(cast)) {
    await openCandidate(cast, cast.secretary, await house.nameOf(nominee));
    must(toastOf(await cast.secretary.presses('核实通过')), '已核实通过');
    await house.settles();
  }
  must(toastOf(await cast.secretary.presses('完成核实')), '核实完成');
}

async function giveOpinions({ house }: Office, cast: Cast): Promise<void> {
  const reviewer = await commissioner(cast);
  for (const nominee of await nomineesOf(cast)) {
    await openCandidate(cast, reviewer, await house.nameOf(nominee));
    must(toastOf(await reviewer.presses('无异议')), '已记录');
    await house.settles();
  }
}

/** Whoever has the card and has not voted yet, so many of them. */
function voteSome(most: number): Step[1] {
  return async ({ house }, cast) => {
    const { id: post0 } = await candidacyOf(house, cast.auxiliary.id);
    const rows = await house.app.db.sql<{ id: string }>`
      SELECT "personId" AS id FROM star_voter WHERE NOT "hasVoted" ORDER BY 1`;
    const asked = rows.flatMap(({ id }) => {
      const found = house.emulator.messagesOf(id).findLast(({ content }) => findPressable(content, '提交投票'));
      const press = found && findPressable(found.content, '提交投票', { post0 });
      return found && press ? [{ id, message: found.id, press }] : [];
    });
    if (asked.length === 0) throw new Error('nobody has a card to vote on');
    for (const { id, message, press } of asked.slice(0, most))
      must(toastOf(await house.emulator.press(id, message, press)), '已收到您的投票');
  };
}

async function decide({ house }: Office, { leader, auxiliary }: Cast): Promise<void> {
  const { id } = await candidacyOf(house, auxiliary.id);
  must(toastOf(await leader.presses('确认人选', { post0: id })), '已确认');
}

function recordSession(heldOn: string, kind: string): Step[1] {
  return async (_office, { secretary }) => {
    const [, month, date] = heldOn.split('-').map(Number);
    await secretary.says(`登记学习 ${month}月${date}日${kind}：学习党章，18人参加，主持人${'华若谷'}`);
    const answer = await secretary.presses('登记');
    must(answer.ok ? (answer.toast?.content ?? '') : answer.message, '已登记');
  };
}

async function tellDeed(_office: Office, { officer }: Cast): Promise<void> {
  await officer.says(`登记实事 雨天帮抛锚的车推到路边，第${now().getUTCDate()}件`);
}

async function complain(_office: Office, { officer }: Cast): Promise<void> {
  await officer.says('反映个问题，宿舍的热水器坏了没人修');
  must(toastOf(await officer.presses('提交')), '转给');
}

async function moveStock({ house }: Office): Promise<void> {
  const keeper = house.person(SAMPLE_PEOPLE.chief);
  await keeper.says('入库 矿泉水 40箱');
  await keeper.says('报损 矿泉水 3箱 包装破损');
}

function must(said: string, words: string): void {
  if (!said.includes(words)) throw new Error(`expected ${words}, and was told: ${said}`);
}
