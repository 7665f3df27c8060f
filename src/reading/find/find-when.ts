/** Finds dates with what each is there for. */
import { findMoments, type Moments } from '../../calendar/find-moments.ts';
import type { Context } from '../lexicon.ts';
import { clauseAt, type Sheet } from '../sheet.ts';
import type { WhenRole, WhenSlot } from '../slots.ts';

const HANDS_IN =
  /(?:提纲|材料|稿子?|照片|截图|图片)[^,。]{0,12}(?:发给?我|给我|交|发到|发至)|报送|选送|推选|上报|报至|报[给到](?!会)|报备|提交|交至|交到|反馈|汇总|报名|名单|报(?=[\p{Script=Han}\d])(?![名告废损道销警刊社纸考])/u;
const ACTS = /学|完成|看|读|答|领取|考/;
const ACTS_AFTER = /学习|自学|完成|看完|读完|答/;
const REPORT = /学习(?:总结|小结|报告|情况|心得|体会|名单|笔记|人数|进度|记录|台账|骨干|联络员)|完成情况/g;
const HELD = /^[^,。;\n]{0,24}?(?:召开|举行|举办|轮训|督[查导]|检查|抽查|公示|研究|验收|通报)/;
/** 2月初支队将结合春节前检查一并督导: what somebody else will do is nobody's deadline. */
const TOLD = /将.*(?:检查|督[查导]|抽查|通报|公示|召开|举行|举办|轮训|考核|验收)/;
const ASKED = /请|务必|应当?|完成/;
/** 学习11月20日会议精神: the date is the matter's, not the task's. */
const OF_MATTER = /(?:学习|传达|贯彻|落实|根据|按照|依据|关于|经|自学|学)了?\s*$/;
const MATTER = /^[^,。;\n]{0,16}?(?:精神|讲话|会议|文件|通知|部署|决定|批示|要求|会研究|研究)/;

/** 行动持续到明年1月31日, 12月2日前完成动员部署, 12月底前公布结果: what else is done by then. */
const LASTS = /(?:持续|延续|原定(?:于|在)?|原计划|原先|原本)$/;
const OTHER_ACT = /^\s*,?\s*(?:[^,学看读答]{0,6}完成)?(?:动员|部署|公布|通报|表彰|启动|施行|实施|生效)/;
const OTHER_ACT_BY = /^\s*,?\s*(?:召开|举行|举办|讲评|研讨|组织(?:讨论|研讨))/;
/** 大队长昨天的讲话, 接支队11月26日通知. */
const OF_SPEECH = /^(?:通知|来电|发文|印发|下发)|^的(?:讲话|会议|精神|文件|通报|批示|指示|要求|通知|报道|案例|事故)/;

/** Claims every date, span and list of dates. */
export function findWhen(sheet: Sheet, { now, calendar }: Pick<Context, 'now' | 'calendar'>): WhenSlot[] {
  return findMoments(sheet.rest(), { now, calendar }).flatMap((found): WhenSlot[] => {
    const { start, end, shape, moments, conflict } = found;
    if (!sheet.claim({ start, end })) return [];
    return [
      { start, end, kind: 'when', shape, moments, role: roleOf(sheet.text, found), ...(conflict && { conflict }) },
    ];
  });
}

function roleOf(text: string, { start, end, mark, shape }: Moments): WhenRole {
  const clause = clauseAt(text, start);
  // 12月3日前学习…，并于12月8日前上报小结, also without the comma: what stands behind 并 is another thing to do.
  const before = text.slice(clause.start, start).split('并').at(-1) ?? '';
  const [rest = ''] = text.slice(end, Math.max(clause.end, end)).split('并');
  // 12月21日前，各支部将小结报政治处: a date alone in its clause belongs to the next.
  const after = rest.trim() === '' ? (/^[^。;\n]*/u.exec(text.slice(Math.max(clause.end, end)))?.[0] ?? '') : rest;
  if (OF_MATTER.test(before) && MATTER.test(after) && mark !== 'end') return 'background';
  if (OF_SPEECH.test(after) && mark !== 'end') return 'background';
  // 刚才发的那个再宽限两天: which one, not when.
  if (/刚[才刚]$/.test(text.slice(start, end)) && /^(?:发|那|这|布置|下|推|说|写)/.test(after)) return 'background';
  if (LASTS.test(before) || OTHER_ACT.test(after) || (mark === 'end' && OTHER_ACT_BY.test(after))) return 'background';
  if (TOLD.test(`${before}${after}`) && !ASKED.test(`${before}${after}`)) return 'event';
  if (mark === 'end') return isHandIn(before, after) ? 'hand-in' : 'deadline';
  if (mark === 'start' && shape === 'point') return 'start';
  return HELD.test(after) ? 'event' : 'plain';
}

/** Whether lists and reports are due, and not the thing itself. */
function isHandIn(before: string, after: string): boolean {
  if (!HANDS_IN.test(`${before}${after}`) || ACTS.test(before.replace(REPORT, ''))) return false;
  return !ACTS_AFTER.test(after.replace(REPORT, ''));
}
