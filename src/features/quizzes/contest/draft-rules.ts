/** Pure decisions about the draft of a contest or an exam. */
import { DAY_MS } from '../../../basics/durations.ts';
import type { Draft as DraftOf } from '../../../publication/contract.ts';
import type { Topic } from '../bank/question.ts';
import type { QuizKind } from '../schema.ts';

/** What a quiz asks. `minutes` and `passPercent` are an exam's; `isByUnit` says of a contest that its result is told by unit as well. */
export type Content = {
  kind: QuizKind;
  topics: Topic[];
  count: number | null;
  minutes: number | null;
  passPercent: number | null;
  isByUnit: boolean;
};

/** What a secretary has said of a quiz so far. */
export type Draft = DraftOf<Content>;

export const EMPTY_DRAFT: Omit<Draft, 'kind'> = {
  ...{ topics: [], count: 10, minutes: null, passPercent: null, isByUnit: false },
  ...{ audience: null, opensAt: null, dueAt: null },
};
export const EXAM_DEFAULTS = { count: 20, minutes: 30, passPercent: 60 };

/** Feishu lets a card be pressed for 14 days; it goes out up to some days ahead. */
const MAX_DAYS_AHEAD = 10;

/** Why a draft cannot stand as it is, as a sentence that says what to do; `available` questions are in use for its topics. */
export function findObjection(draft: Draft, now: Date, available: number): string | undefined {
  const { count, opensAt, dueAt } = draft;
  if (draft.topics.length > 0 && count !== null && count > available)
    return `所选主题现在只有${available}道题，请减少题数或多选几个主题。`;
  if (dueAt && dueAt <= now) return '结束时间已经过去，请选一个以后的时间。';
  if (opensAt && dueAt && opensAt >= dueAt) return '结束时间要晚于开始时间，请改正后再提交。';
  if (dueAt && dueAt.getTime() - now.getTime() > MAX_DAYS_AHEAD * DAY_MS)
    return `卡片只能保留一段时间，结束时间请安排在${MAX_DAYS_AHEAD}天以内。`;
  return undefined;
}
