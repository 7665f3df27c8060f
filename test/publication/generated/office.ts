/** The people who play generated days: issuers who publish and manage, officers who press, and what they were promised. */
import { now } from '../../../src/basics/clock.ts';
import type { Calendar } from '../../../src/calendar/calendar.ts';
import { SAMPLE_PEOPLE } from '../../../src/emulator/world/sample.ts';
import { answerAll } from '../../features/quizzes/answering.ts';
import { findPressable, readCard } from '../../support/card-reader.ts';
import type { House, TestPerson } from '../../support/house.ts';
import type { Act } from '../generated-days.test.ts';
import { type Screens, watchScreens } from './screens.ts';

/** What was published; `marks` are words that stand on every card about it and on no other. */
export type Known = { id: string; feature: string; issuer: string; marks: string[] };
/** What a preview said: so many at once, so many at these moments; whom the messenger had `refused` by then it counts apart. Whether it came true is asked while nothing else happened since. */
export type Promised = {
  of: Known;
  now: number;
  later: { at: Date; count: number }[];
  all: number;
  since: number;
  refused: string[];
};

export type Office = {
  house: House;
  calendar: Calendar;
  screens: Screens;
  people: string[];
  /** Who writes to the bot: what came to these was not all pushed. */
  writers: string[];
  /** Whom the messenger refuses, which the bot hears of when it tries. */
  lost: string[];
  /** Leave as it was written down, and when. */
  leaves: { person: string; firstDay: string; lastDay: string; since: Date }[];
  known: Known[];
  promised: Promised[];
  /** How often something has happened. */
  tally: Record<string, number>;
  diary: string[];
  /** How much was done so far. */
  acts: number;
  /** How many sights were looked through for lists of names. */
  sinceLists: number;
  plays: (act: Act) => Promise<void>;
  looks: () => Promise<void>;
};

type Publish = Extract<Act, { act: 'publish' }>;
const MINUTE_MS = 60_000;
/** More would leave nobody to do anything. */
const MOST_LOST = 4;

/** Whom the issuers may address. The keeper's list is a push of its own, so the keeper has no part in what is handed out to all. */
const WHOM: [issuer: keyof typeof SAMPLE_PEOPLE, audience: string][] = [
  ['secretary', '一大队党支部全体党员'],
  ['secretary', '一大队党支部全体人员'],
  ['administrator', '全支队全体人员（除赵知行）'],
  ['administrator', '一大队一中队全体人员'],
  ['leader', '一大队全体民警'],
  ['leader', '一大队一中队全体辅警'],
];

/** Opens the store, and everybody's eyes. */
export async function createOffice(house: House, calendar: Calendar): Promise<Office> {
  const { db } = house.app;
  const rows = await db.sql<{ id: string }>`SELECT id FROM person ORDER BY id`;
  const people = rows.map(({ id }) => id);
  const { chief, administrator, secretary, leader, officer } = SAMPLE_PEOPLE;
  const admin = house.person(administrator);
  await admin.says('设置领取点');
  await admin.presses('保存领取点', {
    name: '政治处',
    place: '机关楼',
    hours: '工作日',
    keeper: await house.nameOf(chief),
  });
  if ((await house.nameOf(chief)) !== '赵知行') throw new Error('the keeper has another name');
  await house.person(chief).says('入库 矿泉水 9000箱');
  const screens = watchScreens(house, people);
  screens.ignore();
  const office: Office = {
    ...{
      house,
      calendar,
      screens,
      people,
      lost: [],
      leaves: [],
      known: [],
      promised: [],
      tally: {},
      diary: [],
      acts: 0,
      sinceLists: 0,
    },
    writers: [chief, administrator, secretary, leader, officer],
    plays: async (act) => {
      office.diary.push(`${calendar.dayOf(now())} ${calendar.timeOf(now())} ${JSON.stringify(act)}`);
      office.acts += act.act === 'manage' && act.how === 'names' ? 0 : 1;
      await play(office, act);
    },
    looks: async () => {
      await house.follows();
      await house.timePassesUntil(new Date(now().getTime() + MINUTE_MS));
      screens.look();
    },
  };
  return office;
}

/** Notes that something has happened. */
export function count({ tally }: Office, what: string): void {
  tally[what] = (tally[what] ?? 0) + 1;
}

function play(office: Office, act: Act): Promise<void> {
  if (act.act === 'publish') return publish(office, act);
  if (act.act === 'press') return press(office, act);
  if (act.act === 'leave') return takeLeave(office, act);
  if (act.act === 'back') return endLeave(office, act);
  if (act.act === 'lose') return lose(office, act);
  if (act.act === 'move') return move(office, act);
  return manage(office, act);
}

async function publish(office: Office, { what, whom, lasts, fault }: Publish): Promise<void> {
  const { house, calendar } = office;
  count(office, 'previews');
  const number = office.tally.previews ?? 0;
  const [role, audience] = WHOM[whom % WHOM.length] ?? ['secretary', ''];
  // A leader issues tasks alone; what else concerns the unit, the administrator does.
  const issuer = house.person(SAMPLE_PEOPLE[what !== 'task' && role === 'leader' ? 'administrator' : role]);
  const minute = String(number).padStart(2, '0');
  const today = calendar.dayOf(now());
  const day = calendar.addDays(today, lasts === 0 && calendar.timeOf(now()) >= '16:00' ? 1 : lasts);
  const [, month, date] = day.split('-').map(Number);
  const end = `17:${minute}`;
  const until = `${month}月${date}日${end}`;
  const opening = `${month}月${date}日${day === today ? calendar.timeOf(new Date(now().getTime() + 2 * MINUTE_MS)) : '09:00'}`;
  const sentence: Record<string, string> = {
    task: `提醒${audience}${until}前完成主题党日：第${number}项`,
    quiz: `给${audience}发布3道党纪题，${opening}到${end}`,
    exam: `发布考试 ${audience}5道党纪题，${opening}到${end}`,
    'hand-out': `给${audience}每人发矿泉水1箱，${until}前到政治处领`,
  };
  const refused = await house.app.db.sql<{
    person: string;
  }>`SELECT recipient AS person FROM delivery WHERE state = 'failed'`;
  await issuer.says(sentence[what] ?? '');
  const preview = issuer.seesLast();
  if (!preview.includes('· 请核对')) throw new Error(`no preview of ${sentence[what]}:\n${preview}`);
  const promise = readPromise(preview, calendar);
  if (fault) house.emulator.faults[fault] = 1;
  const answer = await issuer.presses('确认发');
  await house.settles();
  if (fault) {
    house.emulator.faults[fault] = 0;
    await house.timePassesUntil(new Date(now().getTime() + 20 * MINUTE_MS));
    count(office, 'faults made up for');
  }
  const [row] = await house.app.db.sql<{ id: string; feature: string }>`
    SELECT id, feature FROM publication WHERE state = 'published' AND id <> ALL (${office.known.map(({ id }) => id)}::uuid[]) ORDER BY "createdAt" DESC LIMIT 1`;
  if (!row) {
    count(office, `refused ${what}`);
    office.diary.push(`  ${JSON.stringify(answer).slice(0, 300)}`);
    await issuer.presses('取消');
    return;
  }
  count(office, `published ${what}`);
  const known = { ...row, issuer: issuer.id, marks: [end] };
  office.known.push(known);
  office.promised.push({ of: known, ...promise, since: office.acts, refused: refused.map(({ person }) => person) });
}

/** Reads the sentence of a preview about delivery. */
function readPromise(preview: string, calendar: Calendar): Omit<Promised, 'of' | 'since' | 'refused'> {
  const all = Number(/\[确认发.（(\d+)人）\]/.exec(preview)?.[1]);
  const lost = Number(/(\d+)人联系不上/.exec(preview)?.[1] ?? 0);
  const at = (words: string) => {
    const [, month = '', day = '', time = ''] = /(\d+)月(\d+)日[^\d]*?(\d\d:\d\d)/.exec(words) ?? [];
    // What opens at 07:30 goes a little after, so as not to meet everybody else's.
    return new Date(calendar.at(`2026-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, time).getTime() + MINUTE_MS);
  };
  const tooLate = Number(
    /其中(\d+)人收到卡片前/.exec(preview)?.[1] ?? (preview.includes('所有人收到卡片前') ? all - lost : 0),
  );
  const first = /马上送达(?:(\d+)人|每个人)/.exec(preview);
  const soon = first ? Number(first[1] ?? all) : 0;
  const groups = [...preview.matchAll(/(\d+)人(?:在|今天|现在)[^；。]*?，将于([^；。]+?)(?:起|以后陆续)送达/g)];
  const whole = /，卡片将于(.+?)起送达/.exec(preview);
  const later = whole
    ? [{ at: at(whole[1] ?? ''), count: all - lost }]
    : groups.map(([, count, words = '']) => ({ at: at(words), count: Number(count) }));
  if (soon + later.reduce((sum, one) => sum + one.count, 0) + tooLate + lost !== all)
    throw new Error(`a preview does not account for all ${all}:\n${preview}`);
  return { now: soon, later, all };
}

/** Some of those who have an open card press it, the rest never do. */
async function press(
  { house, screens, writers, people, ...office }: Office,
  { who, every }: { who: number; every: number },
) {
  const pressing = people.filter((id, index) => index % (every + 2) === who % (every + 2) && !writers.includes(id));
  for (const id of pressing) {
    const person = house.person(id);
    for (const { id: message, content } of house.emulator.messagesOf(id)) {
      const button = ['我已完成', '我要领取', '已领取', '开始答题'].find((words) => findPressable(content, words));
      if (!button || readCard(content).startsWith('今天')) continue;
      const found = findPressable(content, button);
      if (!found) continue;
      const answer = await house.emulator.press(id, message, found);
      const isBegun = button === '开始答题' && answer.ok && answer.toast?.type !== 'warning';
      if (isBegun && person.seesLast().includes('第1/')) await answerAll(house, person);
      office.tally[button] = (office.tally[button] ?? 0) + 1;
    }
  }
  await house.settles();
  screens.look();
}

async function takeLeave(office: Office, { who, days, ahead }: { who: number; days: number; ahead: number }) {
  const { house, calendar, people, writers } = office;
  const id = people[who % people.length] ?? '';
  if (writers.includes(id)) return;
  const first = calendar.addDays(calendar.dayOf(now()), ahead);
  const [from, until] = [first, calendar.addDays(first, days)].map((day) => {
    const [, month, date] = day.split('-').map(Number);
    return `${month}月${date}日`;
  });
  const administrator = house.person(SAMPLE_PEOPLE.administrator);
  await administrator.says(`登记请假 ${await house.nameOf(id)} ${from}至${until}`);
  if (administrator.seesLast().includes('[确认登记]')) await administrator.presses('确认登记');
  await house.settles();
  count(office, 'leave');
  office.leaves.push({ person: id, firstDay: first, lastDay: calendar.addDays(first, days), since: now() });
}

async function endLeave(office: Office, { which }: { which: number }) {
  const { house, calendar } = office;
  const away = await house.app.db.sql<{ id: string; name: string }>`
    SELECT p.id, p.name FROM leave l JOIN person p ON p.id = l."personId" WHERE l."lastDay" > ${calendar.dayOf(now())}::date ORDER BY 1`;
  const one = away[which % Math.max(1, away.length)];
  if (!one) return;
  await house.person(SAMPLE_PEOPLE.administrator).says(`销假 ${one.name}`);
  office.leaves = office.leaves.filter(({ person }) => person !== one.id);
  await house.settles();
  await passHour(office);
  count(office, 'leave ended');
}

/** Past the next moment at which the house looks who can have a card now who could not before. */
async function passHour({ house, calendar }: Office): Promise<void> {
  const [hour = '', minute = ''] = calendar.timeOf(now()).split(':');
  const next = minute < '20' ? Number(hour) : Number(hour) + 1;
  await house.clockMovesTo(calendar.at(calendar.dayOf(now()), `${String(next).padStart(2, '0')}:20`));
  await house.follows();
}

/** Somebody serves in another unit from now on. */
async function move({ house, people, writers, ...office }: Office, { who }: { who: number }) {
  const id = people[who % people.length] ?? '';
  const [there] = await house.app.db.sql<{ id: string }>`
    SELECT u.id FROM unit u, person p WHERE p.id = ${id} AND u.name IN ('一大队', '一大队一中队') AND u.id <> p."unitId" ORDER BY u.id LIMIT 1`;
  if (writers.includes(id) || !there) return;
  house.emulator.contacts.transfer(id, there.id);
  await house.settles();
  office.tally.moved = (office.tally.moved ?? 0) + 1;
}

/** From now on the messenger refuses to bring anything to this person. */
async function lose({ house, people, writers, lost }: Office, { who }: { who: number }) {
  const id = people[who % people.length] ?? '';
  if (writers.includes(id) || lost.length >= MOST_LOST) return;
  house.emulator.contacts.setReach(id, { isUnavailable: true });
  lost.push(id);
}

/** What an issuer does with something that was published, on its newest progress card. */
async function manage(office: Office, { how, which }: { how: string; which: number }): Promise<void> {
  const { house, known, calendar, screens } = office;
  const one = known.at(-1 - (which % Math.max(1, Math.min(4, known.length))));
  if (!one) return;
  const issuer = house.person(one.issuer);
  const words: Record<string, string[]> = {
    names: ['查看未'],
    nudge: ['催办', '提醒未'],
    extend: ['延期'],
    withdraw: ['撤销', '撤回'],
    end: ['结束并对账'],
    undo: ['恢复', '撤回发'],
  };
  for (const word of words[how] ?? []) {
    if (!(await pressOn(office, issuer, one.id, word))) continue;
    count(office, how);
    if (how === 'extend') {
      const [, minute = '00'] = one.marks[0]?.split(':') ?? [];
      const end = `20:${minute}`;
      const day = calendar.addDays(calendar.dayOf(now()), 3);
      await house.settles();
      const answer = await issuer.presses('确认延期', { dueAt: `${day} ${end} +0800` });
      if (answer.ok && answer.toast?.type === 'success') one.marks.push(end);
      await house.settles();
      screens.look();
      await passHour(office);
    }
    await house.settles();
    // What it said in answer is no push.
    screens.look();
    return;
  }
}

async function pressOn({ house }: Office, issuer: TestPerson, id: string, words: string): Promise<boolean> {
  const cards = await progressCardsOf(house, { id, issuer: issuer.id });
  for (const { id: message, content } of cards.reverse()) {
    const press = findPressable(content, words);
    if (!press) continue;
    return (await house.emulator.press(issuer.id, message, press)).ok;
  }
  return false;
}

/** The progress cards of what was published that lie before its issuer, oldest first. */
export async function progressCardsOf({ app, emulator }: House, { id, issuer }: { id: string; issuer: string }) {
  const rows = await app.db.sql<{ messageId: string }>`
    SELECT "messageId" FROM delivery WHERE card = 'progress' AND ref = ${id} AND recipient = ${issuer} AND "messageId" IS NOT NULL`;
  const ids = new Set(rows.map(({ messageId }) => messageId));
  return emulator.messagesOf(issuer).filter((message) => ids.has(message.id) && !message.isRecalled);
}
