/** The cards of the ledger: every holder's count, one holder's year by kind, the rows behind a number. */
import { formatDay } from '../../../calendar/format.ts';
import { card } from '../../../feature.ts';
import type { Reader } from '../../../storage/database.ts';
import { findHolderMatter, findOwnHolders, nameHolder } from '../branches.ts';
import { CENTRE_GROUP, CENTRE_GROUP_NAME, canHold, nameKind, SESSION_KINDS } from '../kinds.ts';
import { findRequirements } from '../plan/queries.ts';
import { countPeriods, PERIODS } from '../plan/requirements.ts';
import { HolderRef, LedgerRef, RowsRef } from '../schema.ts';
import { countByHolder, findHeld, findRows } from './queries.ts';

/** So many lines fit on a phone before one has to scroll far. */
export const LINES_PER_PAGE = 8;
const PERIOD_UNITS = { month: '个月', quarter: '个季度', year: '年', never: '' };

/** The year over all holders the viewer may see. */
export const ledger = card({
  ref: LedgerRef,
  action: 'sessions.watch',
  matter: 'anywhere',
  load: async (db, { year, page }, { who }) => {
    if (!who) return undefined;
    const [holders, counts] = [await findOwnHolders(db, who, 'sessions.watch'), await countByHolder(db, year)];
    const countOf = (id: string | null) => counts.get(id) ?? 0;
    const branches = holders.filter(({ id }) => id !== null);
    const branchTotal = branches.reduce((sum, { id }) => sum + countOf(id), 0);
    const hasCentreGroup = branches.length < holders.length;
    return {
      year,
      total: `${hasCentreGroup ? `${CENTRE_GROUP_NAME} ${countOf(null)}次 · ` : ''}${branches.length}个支部 ${branchTotal}次`,
      lines: pageOf(holders, page).map(({ id, name }) => ({ name, count: countOf(id), holder: id ?? CENTRE_GROUP })),
      ...pager(holders.length, page),
    };
  },
});

/** One holder's year: each kind with its count, and in how many months (quarters, years) what is required was held. */
export const holder = card({
  ref: HolderRef,
  action: 'sessions.watch',
  matter: (db, ref) => findHolderMatter(db, ref.holder),
  load: async (db, { year, holder: id }, viewer) => {
    const today = viewer.calendar.dayOf(viewer.now);
    const held = (await findHeld(db, { firstDay: `${year}-01-01`, lastDay: `${year}-12-31` }, id)).get(id) ?? [];
    const required = new Map((await requirementsOf(db, id)).map(({ kind, period }) => [kind as string, period]));
    const lines = SESSION_KINDS.map((kind) => {
      const count = held.filter((one) => one.kind === kind).length;
      const period = required.get(kind) ?? 'never';
      const { met, begun } = countPeriods(held, kind, period, year, today);
      const against =
        period === 'never' || begun === 0
          ? ''
          : `应${PERIODS[period]}至少1次：${begun}${PERIOD_UNITS[period]}中有${met}${PERIOD_UNITS[period]}已开展`;
      return { kind, name: nameKind(kind), count, against };
    }).filter(({ count, against }) => count > 0 || against !== '');
    return { year, holder: id ?? CENTRE_GROUP, name: await nameHolder(db, id), total: held.length, lines };
  },
});

/** The sessions behind a number, the newest first. */
export const rows = card({
  ref: RowsRef,
  action: 'sessions.watch',
  matter: (db, ref) => findHolderMatter(db, ref.holder),
  load: async (db, { year, holder: id, kind, page }, viewer) => {
    const { rows: found, count } = await findRows(db, { holder: id, year, kind, page }, LINES_PER_PAGE);
    return {
      year,
      name: await nameHolder(db, id),
      kind: kind === 'all' ? '全部学习' : nameKind(kind),
      count,
      lines: found.map((row) => ({
        session: row.id,
        text: row.topic,
        detail: `${formatDay(row.day, viewer)} ${kind === 'all' ? `${nameKind(row.kind)} ` : ''}${row.attendees}人`,
      })),
      ...pager(count, page),
    };
  },
});

/** What this holder must hold at all. */
export async function requirementsOf(db: Reader, id: string | null) {
  return (await findRequirements(db)).filter(({ kind, period }) => period !== 'never' && canHold(id, kind));
}

/** The lines of one page. */
export function pageOf<T>(all: T[], page: number): T[] {
  return all.slice(page * LINES_PER_PAGE, (page + 1) * LINES_PER_PAGE);
}

/** Where a page stands: the pages before and after it, -1 for none, and in words. */
export function pager(count: number, page: number): { previous: number; next: number; pages: string } {
  const last = Math.max(0, Math.ceil(count / LINES_PER_PAGE) - 1);
  return {
    previous: page > 0 ? page - 1 : -1,
    next: page < last ? page + 1 : -1,
    pages: last > 0 ? `第${page + 1}页，共${last + 1}页` : '',
  };
}
