/** Reads a sentence that makes a series, such as 每月10日提醒各支部开展主题党日：学习讲话, each part as far as it is said. */
import { NUMBER, parseChineseNumber } from '../../calendar/chinese-number.ts';
import { findKind } from './kinds.ts';
import { MAX_TOPIC_CHARACTERS } from './schema.ts';
import type { SeriesDraft } from './series-rules.ts';

const EVERY_MONTH = /^(请|烦请|麻烦)?\s*每个?月/;
const DAY = new RegExp(`每个?月的?\\s*(?:(?<date>${NUMBER})\\s*[日号]|(?<last>最后一[天日]|月?[底末]))`);
const LEAD = new RegExp(`提前\\s*(?<days>${NUMBER})\\s*[天日]`);
const TOPIC = /[：:](?!\d|\/\/)(?<topic>.+)$/s;
const SHIFT = /顺延|往后|推后|改到(之)?后/;

/** Whether a sentence looks like one that makes a series: it begins with 每月. */
export function looksLikeSeries(text: string): boolean {
  return EVERY_MONTH.test(text) && /提醒|通知|安排|组织|开展|召开|学习/.test(text);
}

/** What a sentence says of a series; `branches` are those it may name, `own` is the writer's. */
export function readSeries(
  text: string,
  branches: { id: string; name: string }[],
  own: string | null,
): Partial<SeriesDraft> {
  const head = text.replace(TOPIC, '');
  const topic = TOPIC.exec(text)?.groups?.topic?.trim().slice(0, MAX_TOPIC_CHARACTERS);
  const kind = findKind(head);
  const { date, last } = DAY.exec(head)?.groups ?? {};
  const lead = LEAD.exec(head)?.groups?.days;
  const named = branches.filter(({ name }) => head.includes(name)).sort((a, b) => b.name.length - a.name.length)[0];
  const branchId = named?.id ?? (/(本|我们|咱们)(党)?支部/.test(head) ? own : undefined);
  return {
    ...(kind && { kind }),
    ...(topic && { topic }),
    ...(date && { dayOfMonth: parseChineseNumber(date) }),
    ...(last && { dayOfMonth: 31 }),
    ...(lead && { leadDays: parseChineseNumber(lead) }),
    ...(branchId && { branchId }),
    ...(SHIFT.test(head) && { shift: 'after' as const }),
  };
}
