/** The preview of a leave: booked when it is confirmed, not before. */
import { z } from 'zod';
import { DAY_MS } from '../../basics/durations.ts';
import { formatDay } from '../../calendar/format.ts';
import { card } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import { may } from '../../people/permissions.ts';
import { refOf } from '../../sight.ts';
import type { Reader } from '../../storage/database.ts';
import { leaveForm } from './forms.ts';
import * as queries from './queries.ts';

/** `2026-11-24:2026-11-28:<person>`. */
export const LeaveRef = refOf({ firstDay: z.iso.date(), lastDay: z.iso.date(), person: z.string().min(1).max(100) });

/** `2026-11-24:2026-11-28:<person>:<who decided>`. */
export const OutcomeRef = refOf({
  firstDay: z.iso.date(),
  lastDay: z.iso.date(),
  person: z.string().min(1).max(100),
  by: z.string().min(1).max(100),
});

/** `2026-11-24:2026-11-28`. */
export const AwayRef = refOf({ firstDay: z.iso.date(), lastDay: z.iso.date() });

export const RequestValue = z.object({ ref: z.string().refine((ref) => LeaveRef.safeParse(ref).success) });
const Day = z.iso.date().or(z.literal(''));
/** What is known of a leave that a form asks the rest of: `2026-11-24::<person>:<writer>`. */
export const FormRef = refOf({
  firstDay: Day,
  lastDay: Day,
  person: z.string().max(100),
  writer: z.string().min(1).max(100),
});

/** For whoever wrote the sentence alone. */
export const form = card({
  ref: FormRef,
  action: 'self',
  matter: async (_db, { writer }) => ({ owner: writer }),
  form: leaveForm,
  load: async (db, { firstDay, lastDay, person }, { now }) => {
    const who = person ? await findPerson(db, person, now) : undefined;
    const holds = { person: who?.name ?? '', firstDay, lastDay };
    const missing = leaveForm.missing(holds);
    return { holds, hint: missing.length > 0 ? `还差：${missing.join('、')}。` : '请核对日期。' };
  },
});

export const preview = card({
  ref: LeaveRef,
  action: 'leave.record',
  matter: async (db: Reader, { person }) => {
    const scope = await queries.findPlace(db, person);
    return scope && { scope };
  },
  load: async (db, { firstDay, lastDay, person }, viewer) => {
    const who = await findPerson(db, person, viewer.now);
    if (!who) return undefined;
    const [unit] = await db.sql<{ name: string }>`SELECT name FROM unit WHERE id = ${who.unitId}`;
    const known = await queries.findLeaves(db, [person]);
    const isDone = known.some((one) => one.firstDay === firstDay && one.lastDay === lastDay);
    const isTakenBack = !isDone && (await queries.isTakenBack(db, { personId: person, firstDay, lastDay }));
    if (viewer.isUnasked && (isDone || isTakenBack || lastDay < viewer.calendar.dayOf(viewer.now))) return undefined;
    return {
      ...{ name: who.name, unit: unit?.name ?? '' },
      ...{ first: formatDay(firstDay, viewer), last: formatDay(lastDay, viewer) },
      days: (Date.parse(lastDay) - Date.parse(firstDay)) / DAY_MS + 1,
      ...{ isDone, isTakenBack },
      isAsked: await queries.isAskedFor(db, { personId: person, firstDay, lastDay }),
    };
  },
});

/** What became of a request, for whoever asked; `by` has decided it. */
export const outcome = card({
  ref: OutcomeRef,
  action: 'self',
  matter: async (_db, { person }) => ({ owner: person }),
  load: async (db, { firstDay, lastDay, person, by }, viewer) => {
    const decider = await findPerson(db, by, viewer.now);
    const known = await queries.findLeaves(db, [person]);
    return {
      ...{ first: formatDay(firstDay, viewer), last: formatDay(lastDay, viewer), by: decider?.name ?? '支部书记' },
      isDone: known.some((one) => one.firstDay === firstDay && one.lastDay === lastDay),
    };
  },
});

/** Who is on leave within some days, of those whose leave the viewer may record. */
export const away = card({
  ref: AwayRef,
  action: 'leave.record',
  matter: 'anywhere',
  load: async (db, span, viewer) => {
    const all = await queries.findAway(db, span);
    const own = all.filter(
      ({ branchId, unitIds }) => viewer.who && may(viewer.who, 'leave.record', { branchId, unitIds }),
    );
    const names = own.map(({ name, lastDay }) => `${name}（到${formatDay(lastDay, viewer)}）`).join('\n');
    const [first, last] = [formatDay(span.firstDay, viewer), formatDay(span.lastDay, viewer)];
    return { day: first === last ? first : `${first}至${last}`, count: own.length, names };
  },
});
