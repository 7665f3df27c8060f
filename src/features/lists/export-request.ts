/** Reads what somebody wants exported: 导出, 导出本月, 导出 2026年第三季度 学习台账. Pure. */
import type { Viewpoint } from '../../calendar/format.ts';
import { parsePeriod } from '../../calendar/parse-period.ts';
import type { Period } from '../../list.ts';
import type { Entry } from './catalogue.ts';

/** What may stand between the words. */
const FILLERS = /[\s，,。、；;：:的和]|全部|所有|数据|情况表?|表格?|清单|台账|明细|名单|记录/gu;

/** The lists that are named, all of them if none is, and the period: the whole of this year unless another is said. */
export type ExportRequest = { entries: Entry[]; period: Period };

/** What was asked for out of `entries`; undefined if part of the text is neither a list nor a period. */
export function readExportRequest(text: string, entries: Entry[], viewpoint: Viewpoint): ExportRequest | undefined {
  const names = entries
    .flatMap((entry) => [entry.list.plan.name, ...(entry.list.plan.synonyms ?? [])].map((name) => ({ entry, name })))
    .sort((a, b) => b.name.length - a.name.length);
  const named = new Set<Entry>();
  let left = text.replace(/^导出/u, '');
  for (const { entry, name } of names) {
    if (!left.includes(name)) continue;
    named.add(entry);
    left = left.replaceAll(name, ' ');
  }
  const period = parsePeriod(left, viewpoint);
  if (period) left = left.replace(period.said, ' ');
  if (left.replace(FILLERS, '') !== '') return undefined;
  const year = viewpoint.calendar.dayOf(viewpoint.now).slice(0, 4);
  const { firstDay, lastDay } = period ?? { firstDay: `${year}-01-01`, lastDay: `${year}-12-31` };
  return {
    entries: named.size > 0 ? entries.filter((entry) => named.has(entry)) : entries,
    period: { firstDay, lastDay },
  };
}
