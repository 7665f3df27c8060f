/** The cards of the month's plan: its focus, a holder's planned, held and missing, all holders at a glance, warnings, requirements. */
import { formatDay } from '../../calendar/format.ts';
import type { Card, Viewer } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import { may } from '../../people/permissions.ts';
import type { Reader } from '../../storage/database.ts';
import { findHolder, findOwnHolders, type HolderRow } from './branches.ts';
import { CENTRE_GROUP, canHold, type Holder, nameKind } from './kinds.ts';
import { pageOf, pager } from './ledger-cards.ts';
import { firstOfMonth, lastOfMonth, type Month, nameMonth } from './months.ts';
import { findFocus, findRequirements, findWarning } from './plan-queries.ts';
import {
  decideWarning,
  findMissing,
  type Held,
  isHeldWithin,
  PERIODS,
  periodAround,
  type Requirement,
  THIS_PERIOD,
} from './requirements.ts';
import { PlanRef, PlansRef } from './schema.ts';
import { findActiveSeries, runningOf, type StudySeries } from './series-queries.ts';
import { occurrenceIn } from './series-rules.ts';
import { findHeld } from './session-queries.ts';

/** The form in which the political office sets the focus of a month. */
export const focus: Card = {
  load: async (db, month) => {
    const { centreGroup, branches } = await findFocus(db, month);
    return {
      month: nameMonth(month),
      centreGroup: centreGroup.join('\n'),
      branches: branches.join('\n'),
      isSet: centreGroup.length + branches.length > 0,
    };
  },
};

/** One holder's month: the focus; what is planned, held, missing. */
export const plan: Card = {
  load: async (db, ref, viewer) => {
    const { month, holder } = PlanRef.parse(ref);
    const row = await findHolder(db, holder);
    if (!row) return undefined;
    const facts = await readMonth(db, month, holder);
    const { lines, missing } = planOf(facts, row, viewer);
    const topics = holder === null ? facts.focus.centreGroup : facts.focus.branches;
    const person = await findPerson(db, viewer.person ?? '', viewer.now);
    return {
      month: nameMonth(month),
      year: month.slice(0, 4),
      name: row.name,
      holder: holder ?? CENTRE_GROUP,
      topics: topics.map((topic, index) => `${index + 1}. ${topic}`).join('\n'),
      held: facts.inMonth(holder).length,
      missing: missing.join('、'),
      lines,
      mayRecord: person !== undefined && may(person, 'sessions.record', row.scope),
      state: missing.length > 0 ? { is: 'open', word: `还差${missing.length}项` } : { is: 'done', word: '都已开展' },
    };
  },
};

/** All holders' months that the viewer may see, one line each. */
export const plans: Card = {
  load: async (db, ref, viewer) => {
    const { month, page } = PlansRef.parse(ref);
    const person = await findPerson(db, viewer.person ?? '', viewer.now);
    if (!person) return undefined;
    const facts = await readMonth(db, month);
    const holders = await findOwnHolders(db, person, 'sessions.watch');
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
};

/** What a branch was about to miss on the day of the warning, each with how it stands now; dropped when all was recorded in time. */
export const warning: Card = {
  load: async (db, id, viewer) => {
    const found = await findWarning(db, id);
    const branch = found && (await findHolder(db, found.branchId));
    if (!found || !branch) return undefined;
    const year = periodAround(found.day, 'year') ?? { firstDay: found.day, lastDay: found.day };
    const held = (await findHeld(db, year, branch.id)).get(branch.id) ?? [];
    const required = (await findRequirements(db)).filter(({ kind }) => canHold(branch.id, kind));
    // As on the day of the warning, whatever has been recorded since: the lines stay, and say that they are done.
    const all = decideWarning(
      findMissing(required, branch.members, [], found.day),
      undefined,
      found.day,
      viewer.calendar,
    );
    const today = viewer.calendar.dayOf(viewer.now);
    const lines = all.map(({ kind, period, lastDay }) => {
      const isDone = isHeldWithin(held, kind, periodAround(found.day, period) ?? year);
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
};

/** How often what must be held: a selector for each kind. */
export const requirements: Card = {
  load: async (db) => ({
    lines: (await findRequirements(db)).map(({ kind, period }) => ({ kind, name: nameKind(kind), period })),
    periods: Object.entries(PERIODS).map(([value, text]) => ({ value, text })),
  }),
};

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
