/** Pure decisions about the draft of a contest or an exam. */
import type { Audience } from '../../people/audience.ts';
import type { Topic } from './question.ts';
import type { IssuedKind } from './schema.ts';

/** What a secretary has said of a quiz so far. Without `opensAt` it opens as soon as it is published. */
export type Draft = {
  kind: IssuedKind;
  topics: Topic[];
  count: number | null;
  opensAt: Date | null;
  closesAt: Date | null;
  audience: Audience | null;
  minutes: number | null;
  passPercent: number | null;
  /** Of a contest: the result is told by unit as well. */
  isByUnit: boolean;
};

export const EMPTY_DRAFT: Omit<Draft, 'kind'> = {
  topics: [],
  count: 10,
  opensAt: null,
  closesAt: null,
  audience: null,
  minutes: null,
  passPercent: null,
  isByUnit: false,
};
export const EXAM_DEFAULTS = { count: 20, minutes: 30, passPercent: 60 };

const MAX_QUESTIONS = 50;
const MAX_MINUTES = 180;
/** Feishu lets a card be pressed for 14 days; it goes out up to some days ahead. */
const MAX_DAYS_AHEAD = 10;
const DAY_MS = 24 * 3_600_000;

/** The words for what a draft still lacks, in the order of the form; empty when it is complete. */
export function findMissing(draft: Draft): string[] {
  return [
    ...(draft.topics.length > 0 ? [] : ['主题']),
    ...(draft.count === null ? ['题数'] : []),
    ...(draft.closesAt ? [] : ['结束时间']),
    ...(draft.audience ? [] : ['参加范围']),
    ...(draft.kind === 'exam' && draft.minutes === null ? ['答题时长'] : []),
    ...(draft.kind === 'exam' && draft.passPercent === null ? ['及格线'] : []),
  ];
}

/** Why a draft cannot stand as it is, as a sentence that says what to do; `available` questions are in use for its topics. */
export function findObjection(draft: Draft, now: Date, available: number): string | undefined {
  const { count, opensAt, closesAt, minutes, passPercent } = draft;
  if (count !== null && !isWhole(count, 1, MAX_QUESTIONS)) return `题数要在1到${MAX_QUESTIONS}之间，请改正后再提交。`;
  if (draft.topics.length > 0 && count !== null && count > available)
    return `所选主题现在只有${available}道题，请减少题数或多选几个主题。`;
  if (closesAt && closesAt <= now) return '结束时间已经过去，请选一个以后的时间。';
  if (opensAt && closesAt && opensAt >= closesAt) return '结束时间要晚于开始时间，请改正后再提交。';
  if (closesAt && closesAt.getTime() - now.getTime() > MAX_DAYS_AHEAD * DAY_MS)
    return `卡片只能保留一段时间，结束时间请安排在${MAX_DAYS_AHEAD}天以内。`;
  if (minutes !== null && !isWhole(minutes, 1, MAX_MINUTES))
    return `答题时长要在1到${MAX_MINUTES}分钟之间，请改正后再提交。`;
  if (passPercent !== null && !isWhole(passPercent, 1, 100)) return '及格线要在1到100之间，请改正后再提交。';
  return undefined;
}

function isWhole(value: number, from: number, to: number): boolean {
  return Number.isInteger(value) && value >= from && value <= to;
}
