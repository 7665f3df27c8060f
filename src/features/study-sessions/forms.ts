/** What people fill in: a session, a month's focus, what must be held how often, a series, and whose minutes a file holds. */
import { z } from 'zod';
import { choice, day, type Field, option, text, whole } from '../../cards/fields.ts';
import { form } from '../../cards/form.ts';
import { CENTRE_GROUP, canHold, nameKind, SESSION_KINDS, SessionKind } from './kinds.ts';
import { DEFAULT_REQUIREMENTS, PERIODS, type Period } from './plan/requirements.ts';

export const MAX_TOPIC_CHARACTERS = 200;
export const MAX_LEAD_DAYS = 20;
/** Every branch, where a series names one. */
export const ALL_BRANCHES = 'all';

const topicWords = { max: MAX_TOPIC_CHARACTERS, example: '例如：学习党的二十届四中全会精神' };

/** `load` offers the kinds that the viewer's holders hold, and these. */
export const sessionForm = form({
  kind: option('学习类型', { is: SessionKind }),
  heldOn: day('日期', { note: '可以补登以前的' }),
  holder: option('开展单位', { is: z.union([z.literal(CENTRE_GROUP), z.uuid()]), example: '选择支部' }),
  host: text('主持人', { max: 60, example: '例如：张三' }),
  topic: text('主题', topicWords),
  agenda: text('议程', { max: 1000, lines: 3, optional: true, example: '每行一项' }),
  attendees: whole('参加人数', {
    ...{ from: 1, to: 9999, note: '写了名单可以不填', example: '例如：38' },
    ...{ called: '参加人数或名单', wrong: '参加人数请填一个数字，例如 38。' },
  }),
  names: text('参加人员名单', { max: 1000, lines: 3, optional: true, example: '用顿号隔开，例如：张三、李四' }),
  minutes: text('会议纪要', { max: 1000, lines: 3, optional: true, example: '主要内容和议定事项' }),
});

const topicsOfMonth = { max: 1000, lines: 3, optional: true, note: '每行一项', example: '每行一项' } as const;
export const focusForm = form({ centreGroup: text('中心组', topicsOfMonth), branches: text('各支部', topicsOfMonth) });

export const requirementsForm = form(
  Object.fromEntries(DEFAULT_REQUIREMENTS.map(({ kind }) => [kind, choice(nameKind(kind), PERIODS)])) as Record<
    SessionKind,
    Field<Period>
  >,
);

const branchKinds = SESSION_KINDS.filter((kind) => canHold('a branch', kind));
const dates = Array.from({ length: 31 }, (_, index) => ({
  value: String(index + 1),
  text: `${index + 1}日${index > 27 ? '（没有这天的月份按最后一天）' : ''}`,
}));
const leads = Array.from({ length: MAX_LEAD_DAYS + 1 }, (_, days) => ({
  value: String(days),
  text: days === 0 ? '当天' : `提前${days}天`,
}));

export const seriesForm = form({
  kind: choice(
    '活动类型',
    Object.fromEntries(branchKinds.map((kind) => [kind, nameKind(kind)])) as Record<SessionKind, string>,
  ),
  dayOfMonth: option('每月几日', { is: z.coerce.number().int().min(1).max(31), example: '选择日期' }, dates),
  branch: option('提醒谁', { is: z.union([z.literal(ALL_BRANCHES), z.uuid()]), example: '选择支部' }),
  topic: text('主题', { ...topicWords, optional: true }),
  leadDays: option(
    '提前几天提醒',
    { is: z.coerce.number().int().min(0).max(MAX_LEAD_DAYS), example: '选择天数' },
    leads,
  ),
  shift: choice('遇到休息日', { before: '改到前一个工作日（不跨月）', after: '改到后一个工作日（不跨月）' }),
});

export const minutesForm = form({
  session: option('', { is: z.uuid(), example: '选择学习（新的在前）', ask: '请先选择是哪一次学习。' }),
});
