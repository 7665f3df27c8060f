/** Pure decisions about study tasks: state, input and the time in, a decision out. */
import type { Calendar } from '../../calendar/calendar.ts';
import type { Audience } from '../../people/audience.ts';
import { type Kind, MAX_REFLECTION_CHARACTERS, MAX_TOPIC_CHARACTERS, type Reflection } from './schema.ts';

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
  if (draft.topic && draft.topic.length > MAX_TOPIC_CHARACTERS)
    return `学习内容最多${MAX_TOPIC_CHARACTERS}字，现在有${draft.topic.length}字，请缩短后再提交。`;
  if (draft.link && !isWebAddress(draft.link)) return '学习链接要以 http:// 或 https:// 开头，请改正后再提交。';
  if (draft.dueAt && draft.dueAt <= now) return '完成时间已经过去，请选一个以后的时间。';
  if (draft.dueAt && draft.dueAt.getTime() - now.getTime() > 366 * DAY_MS) return '完成时间在一年以后，请核对年份。';
  return undefined;
}

/** Why a reflection cannot be taken, or undefined. The limit is that of Feishu's input. */
export function objectToReflection(text: string, wanted: Reflection): string | undefined {
  if (text.length > MAX_REFLECTION_CHARACTERS)
    return `心得最多${MAX_REFLECTION_CHARACTERS}字，现在有${text.length}字，请缩短后再提交。`;
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
const DAY_MS = 24 * 3_600_000;
const WORKDAY_BEFORE_AT = '09:40';
const MORNING_AT = '08:20';

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

/** One person's part in a task as it counts on a given day. */
export type Standing = 'done' | 'on-leave' | 'unreachable' | 'open';

/** Done comes first, then leave, then not to be reached: each person is counted once. */
export function standingOf(part: { completedAt: Date | null; isOnLeave: boolean; isUnreachable: boolean }): Standing {
  if (part.completedAt) return 'done';
  if (part.isOnLeave) return 'on-leave';
  return part.isUnreachable ? 'unreachable' : 'open';
}

/** How many stand where; the sum is the head-count. */
export type Tally = Record<Standing, number>;

/** Counts standings. */
export function tally(standings: Iterable<Standing>): Tally {
  const counts: Tally = { done: 0, open: 0, 'on-leave': 0, unreachable: 0 };
  for (const standing of standings) counts[standing] += 1;
  return counts;
}
