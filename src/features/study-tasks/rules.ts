/** Pure decisions about study tasks: state, input and the time in, a decision out. */
import type { Calendar } from '../../calendar/calendar.ts';
import { objectToLength } from '../../cards/form-values.ts';
import type { PushPolicy } from '../../feature.ts';
import type { Audience } from '../../people/audience.ts';
import {
  type Kind,
  MAX_REFLECTION_CHARACTERS,
  MAX_TOPIC_CHARACTERS,
  type Reflection,
  type Snooze,
  type UndoableAct,
} from './schema.ts';

/** What a secretary has said of a task so far. */
export type Draft = {
  kind: Kind | null;
  topic: string | null;
  link: string | null;
  audience: Audience | null;
  dueAt: Date | null;
  reflection: Reflection;
};

/** The words for what a draft still lacks, in the order of the form; empty when it is complete. */
export function findMissing(draft: Draft): string[] {
  return [
    ...(draft.kind ? [] : ['学习类型']),
    ...(draft.topic ? [] : ['学习内容']),
    ...(draft.audience ? [] : ['参加范围']),
    ...(draft.dueAt ? [] : ['完成时间']),
  ];
}

/** Why a draft cannot stand as it is, as a sentence that says what to do; undefined when nothing speaks against it. */
export function findObjection(draft: Draft, now: Date): string | undefined {
  const tooLong = objectToLength(draft.topic ?? '', MAX_TOPIC_CHARACTERS, '学习内容');
  if (tooLong) return tooLong;
  if (draft.link && !isWebAddress(draft.link)) return '学习链接要以 http:// 或 https:// 开头，请改正后再提交。';
  if (draft.dueAt && draft.dueAt <= now) return '完成时间已经过去，请选一个以后的时间。';
  if (draft.dueAt && draft.dueAt.getTime() - now.getTime() > 366 * DAY_MS) return '完成时间在一年以后，请核对年份。';
  return undefined;
}

/** Why a reflection cannot be taken, or undefined. The limit is that of Feishu's input. */
export function objectToReflection(text: string, wanted: Reflection): string | undefined {
  const tooLong = objectToLength(text, MAX_REFLECTION_CHARACTERS, '心得');
  if (tooLong) return tooLong;
  if (wanted === 'required' && text === '') return '这项学习需要写心得，请填写后再按“我已完成”。';
  return undefined;
}

/** Whether a link is one that Feishu opens: http or https, with a host. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text) && text.length <= 1000;
}

/** The two moments at which whoever is open is reminded: on the workday before the deadline, and on its morning. */
export type ReminderMoment = 'workday-before' | 'morning';

/** Not within this time after the task was announced: it would only repeat the announcement. */
const REMINDER_DISTANCE_MS = 3 * 3_600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WORKDAY_BEFORE_AT = '09:40';
const MORNING_AT = '08:20';
/** When a workday ends, and when a reminder for the next morning comes. */
const WORK_ENDS_AT = '18:00';
const SNOOZE_MORNING_AT = '08:30';

/**
 * When whoever is still open is reminded. A moment that lies too close to the announcement, or not before the deadline,
 * is left out.
 */
export function planReminders(
  announcedAt: Date,
  dueAt: Date,
  calendar: Calendar,
): { moment: ReminderMoment; at: Date }[] {
  const dueDay = calendar.dayOf(dueAt);
  const moments: { moment: ReminderMoment; at: Date }[] = [
    { moment: 'workday-before', at: calendar.at(calendar.workdayBefore(dueDay), WORKDAY_BEFORE_AT) },
    { moment: 'morning', at: calendar.at(dueDay, MORNING_AT) },
  ];
  return moments.filter(({ at }) => at < dueAt && at.getTime() - announcedAt.getTime() >= REMINDER_DISTANCE_MS);
}

/**
 * When a person who wants to be reminded later sees the card again: an hour from now, today when work ends, or on the next workday's
 * morning; out of quiet hours in each case. A refusal says in words what to choose instead.
 */
export function planSnooze(
  until: Snooze,
  now: Date,
  calendar: Calendar,
  policy: PushPolicy,
): { at: Date } | { refusal: string } {
  const today = calendar.dayOf(now);
  const end = calendar.at(today, WORK_ENDS_AT);
  if (until === 'after-work' && !calendar.isWorkday(today))
    return { refusal: '今天不是工作日，请选“一小时后”或“明早”。' };
  if (until === 'after-work' && end <= now) return { refusal: `今天${WORK_ENDS_AT}已过，请选“一小时后”或“明早”。` };
  const moments: Record<Snooze, Date> = {
    'one-hour': new Date(now.getTime() + HOUR_MS),
    'after-work': end,
    tomorrow: calendar.at(calendar.workdayAfter(today), SNOOZE_MORNING_AT),
  };
  return { at: policy.nextQuietPush(moments[until]) };
}

/** How long 发布, 延期 and 撤销 can be undone. */
export const UNDO_MS = 10 * 60_000;

/** What can be undone of a task now: what was done last, unless it is too long ago. */
export function findUndo(
  task: { state: string; lastAct: string | null; lastActAt: Date | null },
  now: Date,
): UndoableAct | undefined {
  if (!task.lastAct || !task.lastActAt || now.getTime() - task.lastActAt.getTime() >= UNDO_MS) return undefined;
  const act = task.lastAct as UndoableAct;
  return task.state === (act === 'withdraw' ? 'withdrawn' : 'published') ? act : undefined;
}

/** The leaders of the units hear of a task so many workdays after its deadline, at the same time of day. */
const LEADER_NOTICE_WORKDAYS = 2;

/** When the leaders of the units hear of those who are still open, if they are too many. */
export function planLeaderNotice(dueAt: Date, calendar: Calendar): Date {
  let day = calendar.dayOf(dueAt);
  for (let left = LEADER_NOTICE_WORKDAYS; left > 0; left -= 1) day = calendar.workdayAfter(day);
  return calendar.at(day, calendar.timeOf(dueAt));
}

/**
 * How a person's part in a task counts on a day; which one it is, the SQL function `study_standings` says.
 *
 * Who is transferred to another unit or branch in the middle of a task keeps the part: it was given to the person at publication, counts
 * where it was given, and can still be finished. Who leaves the detachment counts as not to be reached. Who is on leave is neither
 * reminded nor counted as open, and is both again when the leave is over.
 */
export type Standing = 'done' | 'on-leave' | 'unreachable' | 'open';

/** How many stand where; the sum is the head-count. */
export type Tally = Record<Standing, number>;

/** The head-count of a tally. */
export function countAll(counts: Tally): number {
  return counts.done + counts.open + counts['on-leave'] + counts.unreachable;
}
