/** The cards of the month's plan: its focus, a holder's planned, held and missing, all holders at a glance, warnings, requirements. */
import { formatDay } from '../../../calendar/format.ts';
import { card, type Viewer, type Viewpoint } from '../../../feature.ts';
import { may } from '../../../people/permissions.ts';
import { AnyRef, Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { findHolder, findHolderMatter, findOwnHolders, type HolderRow } from '../branches.ts';
import { focusForm, requirementsForm } from '../forms.ts';
import { CENTRE_GROUP, canHold, type Holder, nameKind } from '../kinds.ts';
import { pageOf, pager } from '../ledger/ledger-cards.ts';
import { findHeld } from '../ledger/queries.ts';
import { firstOfMonth, lastOfMonth, type Month, nameMonth } from '../months.ts';
import { Month as MonthRef, PlanRef, PlansRef } from '../schema.ts';
import { findActiveSeries, runningOf, type StudySeries } from '../series/queries.ts';
import { occurrenceIn } from '../series/rules.ts';
import { findFocus, findRequirements, findWarning } from './queries.ts';
import {
  decideWarning,
  findMissing,
  type Held,
  isHeldWithin,
  type Missing,
  periodAround,
  type Requirement,
  THIS_PERIOD,
} from './requirements.ts';

/** The form in which the political office sets the focus of a month. */
export const focus = card({
  ref: MonthRef,
  action: 'sessions.direct',
  matter: 'anywhere',
  form: focusForm,
  load: async (db, month) => {
    const { centreGroup, branches } = await findFocus(db, month);
    return {
      month: nameMonth(month),
      holds: { centreGroup: centreGroup.join('\n'), branches: branches.join('\n') },
      isSet: centreGroup.length + branches.length > 0,
    };
  },
});

/** One holder's month: the focus; what is planned, held, missing. */
export const plan = card({
  ref: PlanRef,
  action: 'sessions.watch',
  matter: (db, { holder }) => findHolderMatter(db, holder),
  load: async (db, { month, holder }, viewer) => {
    const row = await findHolder(db, holder);
    if (!row) return undefined;
    const facts = await readMonth(db, month, holder);
    const { lines, missing } = planOf(facts, row, viewer);
    const topics = holder === null ? facts.focus.centreGroup : facts.focus.branches;
    return {
      month: nameMonth(month),
      year: month.slice(0, 4),
      name: row.name,
      holder: holder ?? CENTRE_GROUP,
      topics: topics.map((topic, index) => `${index + 1}. ${topic}`).join('\n'),
      held: facts.inMonth(holder).length,
      missing: missing.join('、'),
      lines,
      mayRecord: viewer.who !== undefined && may(viewer.who, 'sessions.record', row.scope),
      state: missing.length > 0 ? { is: 'open', word: `还差${missing.length}项` } : { is: 'done', word: '都已开展' },
    };
  },
});

/** All holders' months that the viewer may see, one line each. */
export const plans = card({
  ref: PlansRef,
  action: 'sessions.watch',
  matter: 'anywhere',
  load: async (db, { month, page }, viewer) => {
    if (!viewer.who) return undefined;
    const facts = await readMonth(db, month);
    const holders = await findOwnHolders(db, viewer.who, 'sessions.watch');
    return {
      ref: month,
      month: nameMonth(month),
      topics: facts.focus.branches.map((topic, index) => `${index + 1}. ${topic}`).join('\n'),
      centreTopics: facts.focus.centreGroup.map((topic, index) => `${index + 1}. ${topic}`).join('\n'),
      lines: pageOf(holders, page).map((row) => {
        const { missing } = planOf(facts, row, viewer);
        const held = `本月已开展${facts.inMonth(row.id).length}次`;
        return {
          name: row.name,
          detail: missing.length > 0 ? `${held}，还差：${missing.join('、')}` : held,
          holder: row.id ?? CENTRE_GROUP,
        };
      }),
      ...pager(holders.length, page),
    };
  },
});

/** What a branch was about to miss on the day of the warning, each with how it stands now; dropped when all was recorded in time. */
export const warning = card({
  ref: Id,
  action: 'sessions.watch',
  matter: async (db, id) => {
    const found = await findWarning(db, id);
    return found && findHolderMatter(db, found.branchId);
  },
  load: async (db, id, viewer) => {
    const found = await findWarning(db, id);
    const branch = found && (await findHolder(db, found.branchId));
    if (!found || !branch) return undefined;
    const today = viewer.calendar.dayOf(viewer.now);
    const lines = (await readWarning(db, found, branch, viewer)).map(({ kind, lastDay, isDone }) => {
      const until = `请在${formatDay(lastDay, viewer)}前开展并登记`;
      return {
        kind: nameKind(kind),
        isDone,
        detail: isDone ? '已登记' : today > lastDay ? `${formatDay(lastDay, viewer)}已过，开展过的可以补登` : until,
      };
    });
    const open = lines.filter(({ isDone }) => !isDone);
    if (!viewer.isSent && open.length === 0) return undefined;
    return {
      name: branch.name,
      holder: branch.id ?? CENTRE_GROUP,
      // What had been recorded before the warning was no part of it; showing it as done does no harm, so no history is kept.
      lines: open.length > 0 ? open : lines,
      count: open.length,
      kinds: open.map(({ kind }) => kind).join('、'),
    };
  },
});

/** What a branch was about to miss on the day of a warning, whatever has been recorded since; and whether it has. */
export async function readWarning(
  db: Reader,
  { day }: { day: string },
  branch: HolderRow,
  { calendar }: Pick<Viewpoint, 'calendar'>,
): Promise<(Missing & { isDone: boolean })[]> {
  const year = periodAround(day, 'year') ?? { firstDay: day, lastDay: day };
  const held = (await findHeld(db, year, branch.id)).get(branch.id) ?? [];
  const required = (await findRequirements(db)).filter(({ kind }) => canHold(branch.id, kind));
  const missing = decideWarning(findMissing(required, branch.members, [], day), undefined, day, calendar);
  return missing.map((one) => ({
    ...one,
    isDone: isHeldWithin(held, one.kind, periodAround(day, one.period) ?? year),
  }));
}

/** How often what must be held: a selector for each kind. */
export const requirements = card({
  ref: AnyRef,
  action: 'sessions.direct',
  matter: 'anywhere',
  form: requirementsForm,
  load: async (db) => ({
    holds: Object.fromEntries((await findRequirements(db)).map(({ kind, period }) => [kind, period])),
  }),
});

/** Everything the plans of a month are made from, read once for all holders or for one. */
async function readMonth(db: Reader, month: Month, only?: Holder) {
  const year = { firstDay: `${month.slice(0, 4)}-01-01`, lastDay: `${month.slice(0, 4)}-12-31` };
  const held = await findHeld(db, year, only);
  const days = { firstDay: firstOfMonth(month), lastDay: lastOfMonth(month) };
  return {
    month,
    focus: await findFocus(db, month),
    requirements: await findRequirements(db),
    series: await findActiveSeries(db, 'all'),
    heldOf: (holder: Holder): Held[] => held.get(holder) ?? [],
    inMonth: (holder: Holder): Held[] =>
      (held.get(holder) ?? []).filter(({ day }) => days.firstDay <= day && day <= days.lastDay),
  };
}

type MonthFacts = Awaited<ReturnType<typeof readMonth>>;

/** The lines of a plan: what is required in the periods around the month, then what series add to it; and the names of what is missing. */
function planOf(
  facts: MonthFacts,
  row: HolderRow,
  viewer: Viewer,
): { lines: { kind: string; detail: string; isDone: boolean }[]; missing: string[] } {
  const held = facts.heldOf(row.id);
  const required = facts.requirements.filter((one) => isRequiredOf(one, row));
  const series = facts.series.filter(
    (one) => row.id !== null && one.kind !== null && (one.branchId === null || one.branchId === row.id),
  );
  const planned = required.map(({ kind, period }) => {
    const days = periodAround(firstOfMonth(facts.month), period) ?? { firstDay: '', lastDay: '' };
    const count = held.filter((one) => isHeldWithin([one], kind, days)).length;
    const day = dayOfSeries(
      series.find((one) => one.kind === kind),
      facts.month,
      viewer,
    );
    const is = count > 0 ? `已开展${count}次` : '还没有登记';
    const detail = `${THIS_PERIOD[period]}计划1次，${is}${day && count === 0 ? `；安排在${day}` : ''}`;
    // Only what ends with this month, or is arranged in it, is missing from its plan: the rest has time.
    return {
      kind: nameKind(kind),
      detail,
      isDone: count > 0,
      isDue: days.lastDay === lastOfMonth(facts.month) || day !== '',
    };
  });
  const added = series
    .filter(({ kind }) => !required.some((one) => one.kind === kind))
    .flatMap((one) => {
      const day = dayOfSeries(one, facts.month, viewer);
      const isDone = facts.inMonth(row.id).some(({ kind }) => kind === one.kind);
      return day
        ? [
            {
              kind: nameKind(one.kind),
              detail: `安排在${day}，${isDone ? '已开展' : '还没有登记'}`,
              isDone,
              isDue: true,
            },
          ]
        : [];
    });
  const lines = [...planned, ...added];
  return { lines, missing: lines.filter(({ isDone, isDue }) => isDue && !isDone).map(({ kind }) => kind) };
}

function dayOfSeries(series: StudySeries | undefined, month: Month, viewer: Viewer): string {
  if (!series || series.skippedMonths.includes(month)) return '';
  return formatDay(occurrenceIn(month, runningOf(series), viewer.calendar).day, viewer);
}

function isRequiredOf({ kind, period, minMembers }: Requirement, row: HolderRow): boolean {
  return period !== 'never' && canHold(row.id, kind) && (row.id === null || row.members >= minMembers);
}
