/** 日历 and 放假安排: the year is shown; a notice is pasted, shown day by day, and confirmed. */
import type { Day } from '../../calendar/calendar.ts';
import { statutoryHolidays } from '../../calendar/chinese-holidays.ts';
import { readHolidayNotice } from '../../calendar/read-holiday-notice.ts';
import {
  type PersonTurn,
  type PressTurn,
  type Reply,
  refuse,
  sendCard,
  type TurnOf,
  type Typed,
} from '../../feature.ts';
import { describeChanges } from './describe.ts';
import * as queries from './queries.ts';

/** A few beats of every process. */
const FOLLOWED_AFTER_MS = 5_000;

const HOW =
  '请把国务院办公厅“关于某年部分节假日安排的通知”的原文粘贴发来，写明年份，例如：2027年放假安排 元旦：1月1日至3日放假，共3天。1月4日上班。春节：……';

/** 日历: this year, or the one that is said. */
export async function showYear(turn: PersonTurn, { text }: Typed): Promise<undefined> {
  const today = turn.calendar.dayOf(turn.saidAt);
  const year = Number(today.slice(0, 4));
  const said = Number(/(20\d{2})/.exec(text)?.[1] ?? year + (text.includes('去年') ? -1 : isNext(text, today) ? 1 : 0));
  await sendCard(turn, 'year', String(said));
  return undefined;
}

/** 明年; and 元旦放几天 in November is about the one that comes. */
function isNext(text: string, today: Day): boolean {
  const holidays = Object.entries(statutoryHolidays(Number(today.slice(0, 4))));
  const named = holidays.filter(([name]) => text.includes(name)).flatMap(([, days]) => days);
  return text.includes('明年') || (named.length > 0 && named.every((day) => day < today));
}

/** 上一年 and 下一年. */
export async function turnYear(turn: PressTurn, { year }: { year: number }): Promise<Reply> {
  await sendCard(turn, 'year', String(year));
  return { toast: '好的，请看新卡片。' };
}

/** 放假安排 with a notice: its days, to be confirmed. What does not fit in it is said, and nothing is kept. */
export async function readNotice(turn: PersonTurn, { text }: Typed): Promise<Reply | undefined> {
  const notice = readHolidayNotice(text);
  if (!notice) return refuse(HOW);
  if (notice.wrong.length > 0)
    return refuse(`${notice.year}年的放假安排没有采用：${notice.wrong.join('；')}。请核对原文后重新发送。`);
  if (describeChanges(notice.year, await queries.findWithNotice(turn.db, notice), turn).length === 0)
    return { toast: `${notice.year}年的日历已经是这样，不用再导入。发送“日历”可以查看。` };
  const { year, days } = notice;
  const id = await queries.createNotice(turn.db, { year, days, writtenById: turn.who.id, now: turn.now });
  await sendCard(turn, 'notice', id);
  return undefined;
}

/** 确认: from now on the year is so, in every process; what was planned is planned anew. */
export async function confirmNotice(turn: PressTurn, _: unknown, turnOf: TurnOf): Promise<Reply> {
  const notice = await queries.findNotice(turn.db, turn.pressed.ref);
  if (!notice) return refuse('没有找到这份放假安排，请重新发送。');
  if (!(await queries.applyNotice(turn.db, notice, turn.now))) return { toast: '这份放假安排已经采用，不用再按。' };
  turn.log.info({ by: turn.who.id, year: notice.year }, 'the holidays of a year were imported');
  // By then every process has read the new days, and holds nothing back by the old ones.
  const at = new Date(turn.now.getTime() + FOLLOWED_AFTER_MS);
  await turnOf('house').later('follow-calendar', {}, { key: 'follow-calendar', at });
  await turn.refresh({ card: 'year', ref: String(notice.year) }, { card: 'notice', ref: notice.id });
  return { toast: `已采用${notice.year}年放假安排。学习、答题、物资发放的提醒会按新日历重新计算。`, kind: 'success' };
}
