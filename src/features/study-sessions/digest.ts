/** Study sessions in the weekly digest: what was held, in the period and this year, and which required meetings are about to be missed. */
import type { Calendar, Day } from '../../calendar/calendar.ts';
import { formatDay } from '../../calendar/format.ts';
import type { DigestCount, DigestGroup, DigestQuestion, DigestRow, DigestSection } from '../../digest-section.ts';
import type { Reader } from '../../storage/database.ts';
import { groupRows } from '../../storage/group-rows.ts';
import { findHolders, type HolderRow } from './branches.ts';
import { CENTRE_GROUP, canHold, type Holder, nameKind } from './kinds.ts';
import { monthOf } from './months.ts';
import { findRequirements } from './plan/queries.ts';
import { findMissing, type Missing, noticeDay, PERIODS } from './plan/requirements.ts';

export const digest: DigestSection = {
  title: '支部学习',
  version: 1,
  figures: {
    held: {
      label: '开展学习',
      unit: '次',
      definition: '本期内开展并已登记的学习和会议次数，按开展日期计。',
      isBetterWhen: 'more',
      span: 'period',
    },
    'centre-group': {
      label: '今年中心组',
      unit: '次',
      definition: '今年1月1日至本期末，理论学习中心组开展并已登记的学习次数。',
      span: 'year',
    },
    branches: {
      label: '今年支部',
      unit: '次',
      definition: '今年1月1日至本期末，各支部开展并已登记的学习和会议次数。',
      span: 'year',
    },
    'at-risk': {
      label: '必开会议待开',
      unit: '项',
      definition: '到本期末还没有登记、当期已快结束的必开会议（种类和次数由政治处在“必开会议”中设定）。',
      isBetterWhen: 'less',
      span: 'moment',
    },
  },
  matters: {
    figure: 'at-risk',
    limit: 3,
    words: (count) => (count === 1 ? '还没有登记' : `${count}项还没有登记`),
    describe: describeMissing,
  },
  count: countSessions,
};

type Session = { holder: Holder; kind: string; day: Day; topic: string };
/** One thing that counts, with what it counts for: a session, or a missing meeting with the last day for it. */
type Item = { figure: string; matter: string | null; kind: string; day: Day; topic: string };
type Viewpoint = { now: Date; calendar: Calendar };

/**
 * All sessions of the year, or of the period where that reaches further back, in one statement; each counts for its branch, and for
 * the smallest unit that holds all of the branch's people. The centre group counts for the top.
 */
async function countSessions(db: Reader, question: DigestQuestion): Promise<DigestCount[]> {
  const { groups, period, calendar, listed } = question;
  const begin = [`${period.lastDay.slice(0, 4)}-01-01`, period.firstDay].sort()[0] ?? period.firstDay;
  const sessions = await db.sql<Session>`
    SELECT "branchId"::text AS holder, kind, "heldOn"::text AS day, topic FROM study_session
    WHERE state = 'recorded' AND "heldOn" BETWEEN ${begin}::date AND ${period.lastDay}::date ORDER BY "heldOn"`;
  const byHolder = groupRows(sessions, ({ holder }) => holder);
  const [holders, units, requirements] = [await findHolders(db), await findUnits(db), await findRequirements(db)];
  const wanted = new Set(groups.map(({ kind, id }) => `${kind}:${id}`));
  return holders.flatMap((holder) => {
    const groupsOf = placesOf(holder, units).filter(({ kind, id }) => wanted.has(`${kind}:${id}`));
    if (groupsOf.length === 0) return [];
    const held = byHolder.get(holder.id) ?? [];
    const required = requirements.filter(({ kind, period: every }) => every !== 'never' && canHold(holder.id, kind));
    const missing = findMissing(required, holder.members, held, period.lastDay).filter(
      (one) => (noticeDay(one.lastDay, one.period, calendar) ?? '9999') <= period.lastDay,
    );
    const items = [...heldItems(held, period), ...missingItems(holder, missing, period.lastDay)];
    const toRow = (item: Item) => describeItem(holder.name, item, { now: period.until, calendar });
    return groupsOf.flatMap((group) => countItems(group, items, listed, toRow));
  });
}

function heldItems(held: Session[], { firstDay, lastDay }: { firstDay: Day; lastDay: Day }): Item[] {
  return held.flatMap((one) => [
    ...(one.day >= firstDay ? [{ figure: 'held', matter: null, ...one }] : []),
    ...(one.day.slice(0, 4) === lastDay.slice(0, 4)
      ? [{ figure: one.holder === null ? 'centre-group' : 'branches', matter: null, ...one }]
      : []),
  ]);
}

function missingItems(holder: HolderRow, missing: Missing[], today: Day): Item[] {
  return missing.map(({ kind, period, lastDay }) => {
    const matter = `${holder.id ?? CENTRE_GROUP}:${kind}:${monthOf(today)}:${lastDay}`;
    return { figure: 'at-risk', matter, kind, day: lastDay, topic: `（${PERIODS[period]}至少1次）` };
  });
}

/** A row costs more than a count: it is written for a listed figure only. */
function describeItem(who: string, { matter, kind, day, topic }: Item, viewpoint: Viewpoint): DigestRow {
  const date = formatDay(day, viewpoint);
  return matter === null
    ? { who, what: `${nameKind(kind)}：${topic}`, note: date, count: 1 }
    : { who, what: `${nameKind(kind)}${topic}`, note: `${date}前开展`, count: 1 };
}

function countItems(
  group: DigestGroup,
  items: Item[],
  listed: string | undefined,
  toRow: (item: Item) => DigestRow,
): DigestCount[] {
  return [...groupRows(items, ({ figure, matter }) => `${figure} ${matter}`).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { figure, matter } = first;
    return [{ ...group, figure, matter, count: same.length, rows: figure === listed ? same.map(toRow) : null }];
  });
}

async function findUnits(db: Reader): Promise<Map<string, string | null>> {
  const rows = await db.sql<{ id: string; parentId: string | null }>`SELECT id, "parentId" FROM unit`;
  return new Map(rows.map(({ id, parentId }) => [id, parentId]));
}

/** The branch itself, and the lowest unit that holds all of its people; the top where there is none, so that nothing falls out of the whole. */
function placesOf({ id, scope }: HolderRow, parents: Map<string, string | null>): DigestGroup[] {
  const unitIds = scope.unitIds ?? [];
  const above = new Set(unitIds.map((unit) => parents.get(unit)));
  const top = [...parents].find(([, parentId]) => parentId === null)?.[0];
  const home = unitIds.find((unit) => !above.has(unit)) ?? top;
  return [
    ...(id === null ? [] : [{ kind: 'branch', id } as const]),
    ...(home === undefined ? [] : [{ kind: 'unit', id: home } as const]),
  ];
}

/** A missing meeting by its key: holder, kind, month of the digest, last day. */
async function describeMissing(db: Reader, keys: string[], calendar: Calendar) {
  const names = new Map((await findHolders(db)).map(({ id, name }) => [id ?? CENTRE_GROUP, name]));
  return keys.map((key) => {
    const [holder = '', kind = '', month = '', lastDay = ''] = key.split(':');
    return {
      key,
      title: `${names.get(holder) ?? '支部'}${nameKind(kind)}`,
      due: calendar.at(lastDay, '23:59'),
      act: { text: '看计划', press: 'study-sessions/open-plan', value: { holder, month } },
    };
  });
}
