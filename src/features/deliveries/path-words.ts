/** The way of one delivery in words: written, held back, sent or not. */
import { formatInstant } from '../../calendar/format.ts';
import type { Viewpoint } from '../../feature.ts';
import type { Traced, Way } from '../../trace.ts';
import { explainFailure, HELD, isHoldReason } from './failure-words.ts';

/** 11月27日10:27写好 → 当天的提醒已满两条 → 11月30日07:31送达. */
export function describeWay({ into, unwanted, ...own }: Traced, view: Viewpoint): string {
  const way = into ? atInstants(into) : own;
  return [
    ...(own.writtenAt ? [`${formatInstant(own.writtenAt, view)}写好`] : []),
    ...(into ? ['和别的待办合并成“今天”卡片'] : []),
    ...(way.held && isHoldReason(way.held) && way.state !== 'dropped' ? [HELD[way.held]] : []),
    ...(unwanted ? [UNWANTED[unwanted]] : describeEnd(way, view)),
  ].join(' → ');
}

/** What is over or done before a card came is said to be so, whatever becomes of the card. */
const UNWANTED: Record<NonNullable<Traced['unwanted']>, string> = {
  done: '本人已经办完，不再发',
  ended: '已经结束，没有送到',
  withdrawn: '已经撤销，不再发',
  recalled: '已经撤回，不再发',
  left: '已不在参加范围，不再发',
};

/** Where it stands now. */
function describeEnd({ state, dueAt, failure, shownAt, isRecalled, isPlain }: Way<Date>, view: Viewpoint): string[] {
  if (state === 'recalled' || (isRecalled && shownAt)) return ['已撤回'];
  if (shownAt) return [`${formatInstant(shownAt, view)}送达${isPlain ? '（飞书不接受卡片，只发了文字）' : ''}`];
  if (state === 'dropped' || state === 'failed') return [explainFailure(failure)];
  const isAhead = dueAt > view.now;
  if (failure !== null)
    return [explainFailure(failure), isAhead ? `将于${formatInstant(dueAt, view)}再试` : '马上再试'];
  return [isAhead ? `将于${formatInstant(dueAt, view)}起送达` : '马上送出'];
}

function atInstants(way: Way<string>): Way<Date> {
  return { ...way, dueAt: new Date(way.dueAt), shownAt: way.shownAt === null ? null : new Date(way.shownAt) };
}
