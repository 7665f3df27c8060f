/**
 * How a run comes about: begun, its sections compiled one job each, closed.
 *
 * The jobs are the durable ones of `turn.later` and not a BullMQ flow: a flow's tree lives in the queue, which may be lost at any time,
 * and its parent starts when the queue says so. Here each job commits what it counted together with the mark that it is done, and the
 * last one to finish, as the database sees it, has the cards written. A job counts all units at once, since one statement over the
 * week costs what a single unit's would; what it keeps is one part for each unit, immutable.
 *
 * A section that fails is tried again as every job is. After `WAIT_FOR_SECTIONS_MS` the cards go out without it and say so; once it is
 * there, it appears on them.
 */

import { HOUR_MS } from '../../../basics/durations.ts';
import type { DigestSection } from '../../../digest-section.ts';
import type { Turn } from '../../../feature.ts';
import { SMALLEST_GROUP } from '../../../people/places/smallest-group.ts';
import * as queries from '../queries.ts';
import { DigestSettings } from '../settings.ts';
import { comparePressing } from './matters.ts';
import { type Counts, countsByGroup, figuresOf, groupKey, rollUp } from './roll-up.ts';
import { cutBefore, monthBounds, newestCut, periodBetween, weekOf } from './weeks.ts';

export type Sections = ReadonlyMap<string, DigestSection>;

/** Four tries of a job lie within this time. */
const WAIT_FOR_SECTIONS_MS = 15 * 60_000;
/** Later than this a digest is marked as late. */
const LATE_AFTER_MS = HOUR_MS;
/** So many matters of a section are kept for each unit; a card shows five of all sections together. */
const KEPT_MATTERS = 5;

/** The tick: on the last workday of a week its run begins; on other days nothing. However many ticks were missed, the newest week is run. */
export async function startWeek(turn: Turn, sections: Sections, slot: Date): Promise<void> {
  const { calendar, now } = turn;
  const digestAt = turn.settings(DigestSettings).DIGEST_AT;
  const until = newestCut(now, digestAt, calendar);
  if (until < slot) return;
  const name = weekOf(calendar.dayOf(until));
  const [last] = await queries.findRunsBefore(turn.db, until, 1);
  // What happened while nobody ran the digest is in the next one.
  const from = last?.until ?? cutBefore(until, digestAt, calendar);
  const run = await queries.createRun(turn.db, {
    ...{ key: name, name, from, until, startedAt: now, previousId: last?.id ?? null },
    previousFrom: last?.from ?? cutBefore(from, digestAt, calendar),
    isLate: now.getTime() - until.getTime() > LATE_AFTER_MS,
  });
  if (run) await startRun(turn, sections, run);
}

/** A month for one person: until now, or to its end. */
export async function startMonth(turn: Turn, sections: Sections, asked: { month: string; by: string; key: string }) {
  const { before, begin, end } = monthBounds(asked.month, turn.calendar);
  const run = await queries.createRun(turn.db, {
    ...{ key: `${asked.month}@${asked.key}`, name: asked.month, from: begin, previousFrom: before },
    ...{ until: end < turn.now ? end : turn.now, askedById: asked.by, isLate: false, startedAt: turn.now },
  });
  if (run) await startRun(turn, sections, run);
}

async function startRun(turn: Turn, sections: Sections, run: string): Promise<void> {
  await queries.keepGroups(turn.db, run);
  await queries.keepChapters(turn.db, run, [...sections]);
  for (const section of sections.keys())
    await turn.later('compile', { run, section }, { key: `compile:${run}:${section}` });
  const at = new Date(turn.now.getTime() + WAIT_FOR_SECTIONS_MS);
  await turn.later('write', { run, after: '' }, { key: `write:${run}`, at });
}

/** One section of a run: counted for all groups, rolled up and kept, once. The last section has the cards written. */
export async function compileSection(
  turn: Turn,
  sections: Sections,
  { run: id, section }: { run: string; section: string },
) {
  const [run, declared] = [await queries.findRun(turn.db, id), sections.get(section)];
  if (!run || !declared) return;
  const groups = await queries.findGroups(turn.db, id);
  const count = async (from: Date, until: Date) =>
    countsByGroup(
      await declared.count(turn.db, {
        groups: groups.map(({ kind, id }) => ({ kind, id })),
        period: periodBetween(from, until, turn.calendar),
        calendar: turn.calendar,
      }),
    );
  const own = await count(run.from, run.until);
  const total = rollUp(groups, own);
  const before = rollUp(groups, await count(run.previousFrom, run.from));
  const mattersOf = await describeMatters(turn, declared, total, run.until);
  const parts = groups.map((group): queries.Part => {
    const key = groupKey(group);
    return {
      ...{ section, version: declared.version, kind: group.kind, groupId: group.id },
      own: figuresOf(own.get(key)),
      total: figuresOf(total.get(key)),
      totalBefore: figuresOf(before.get(key)),
      matters: mattersOf(total.get(key)),
    };
  });
  await queries.holdRun(turn.db, id);
  if (!(await queries.markCompiled(turn.db, id, section, turn.now))) return;
  await queries.keepParts(turn.db, id, parts);
  const chapters = await queries.findChapters(turn.db, id);
  const isLast = chapters.every(({ compiledAt }) => compiledAt !== null);
  if (isLast || run.deliveredAt) await turn.later('write', { run: id, after: '' }, { key: `write:${id}` });
  if (run.deliveredAt) await turn.refresh({ card: 'digest', ref: id });
  await turn.refresh({ card: 'run', ref: id });
}

/** Gives the function that chooses and words a group's matters, the most pressing first. */
async function describeMatters(
  { db, calendar }: Pick<Turn, 'db' | 'calendar'>,
  { matters }: DigestSection,
  totals: ReadonlyMap<string, Counts>,
  until: Date,
): Promise<(counts: Counts | undefined) => queries.StoredMatter[]> {
  if (!matters) return () => [];
  const keys = new Set([...totals.values()].flatMap((counts) => [...(counts.get(matters.figure)?.keys() ?? [])]));
  const described = new Map((await matters.describe(db, [...keys], calendar)).map((one) => [one.key, one]));
  return (counts) =>
    [...(counts?.get(matters.figure) ?? [])]
      .flatMap(([key, count]): queries.StoredMatter[] => {
        const matter = described.get(key);
        const among = matters.among ? (counts?.get(matters.among)?.get(key) ?? 0) : count;
        if (!matter || (matters.among && among < SMALLEST_GROUP)) return [];
        const { title, due, act = null } = matter;
        return [{ key, title, words: matters.words(count, among), count, due: due?.toISOString() ?? null, act }];
      })
      .sort(comparePressing(until))
      .slice(0, matters.limit ?? KEPT_MATTERS);
}
