/** The way of one delivery in words: written, held back, sent or not. */
import { formatInstant } from '../../calendar/format.ts';
import type { Viewpoint } from '../../feature.ts';
import type { Traced, Way } from '../../trace.ts';
import { explainFailure, HELD, isHoldReason } from './failure-words.ts';

/** 11月27日10:27写好 → 当天的提醒已满两条 → 11月30日07:31送达. */
export function describeWay({ into, ...own }: Traced, view: Viewpoint): string {
  const way = into ? atInstants(into) : own;
  return [
    ...(own.writtenAt ? [`${formatInstant(own.writtenAt, view)}写好`] : []),
    ...(into ? ['和别的待办合并成“今天”卡片'] : []),
    ...(way.held && isHoldReason(way.held) && way.state !== 'dropped' ? [HELD[way.held]] : []),
    ...describeEnd(way, view),
  ].join(' → ');
}

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
