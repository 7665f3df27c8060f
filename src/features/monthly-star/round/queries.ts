/** Reads and writes of rounds, their posts and steps; nobody else touches these tables. */
import type { Day } from '../../../calendar/calendar.ts';
import type { Audience } from '../../../people/audience/audience.ts';
import type { Person } from '../../../people/person.ts';
import { type PlacedScope, placeAudience } from '../../../people/places/placed-branches.ts';
import type { Reader, Transaction } from '../../../storage/database.ts';
import type { StarPost, StarRound } from '../../../storage/generated/client.ts';
import type { State } from '../rules.ts';
import type { Plan } from './plan.ts';

/** `audience` is all of one place, Party members or not: no office, so that the instant at which it is asked says nothing. */
export type Round = Omit<StarRound, 'state' | 'audience'> & { state: State; audience: Audience };
export type { StarPost } from '../../../storage/generated/client.ts';
export type PostDraft = { name: string; seats: number };

/** The round, or undefined. */
export async function findRound(db: Reader, id: string): Promise<Round | undefined> {
  const [round] = await db.sql<Round>`SELECT * FROM star_round WHERE id = ${id}::uuid`;
  return round;
}

/**
 * The round as it will stay until the transaction ends. Many may hold it for `reading` at once; whoever moves it waits for them, so
 * nothing is nominated or voted after the step has closed.
 */
export async function holdRound(
  db: Transaction,
  id: string,
  purpose: 'reading' | 'moving',
): Promise<Round | undefined> {
  const [round] =
    purpose === 'reading'
      ? await db.sql<Round>`SELECT * FROM star_round WHERE id = ${id}::uuid FOR SHARE`
      : await db.sql<Round>`SELECT * FROM star_round WHERE id = ${id}::uuid FOR UPDATE`;
  return round;
}

/** Whether a person serves where the round is held today. */
export async function isInRound(db: Reader, round: Round, person: string): Promise<boolean> {
  const rows = await db.sql`
    SELECT 1 FROM people_of(${JSON.stringify(round.audience)}::jsonb, now()) WHERE id = ${person}`;
  return rows.length > 0;
}

/** Whether a group has asked for what is public of a round, and has not taken that back. */
export async function isGroupOf(db: Reader, round: Round, chat: string): Promise<boolean> {
  return (await findGroups(db, round)).includes(chat);
}

/** The groups that have asked for what is public of a round. */
export async function findGroups(db: Reader, round: Round): Promise<string[]> {
  const rows = await db.sql<{ chatId: string }>`
    SELECT "chatId" FROM star_group WHERE audience = ${JSON.stringify(round.audience)}::jsonb`;
  return rows.map(({ chatId }) => chatId);
}

/** Keeps a draft with its posts and gives its id; undefined when the timetable has opened this month's already. */
export async function createRound(
  db: Transaction,
  round: { title: string; tickMonth: string | null; audience: Audience } & Plan,
  posts: PostDraft[],
  now: Date,
): Promise<string | undefined> {
  const { audience, ...plan } = round;
  const [row] = await db.sql<{ id: string }>`
    INSERT INTO star_round (id, title, "tickMonth", audience, "nominateUntil", "checkUntil", "reviewUntil", "voteUntil",
      "decideUntil", "noticeDays", "orderSeed", "createdAt")
    VALUES (gen_random_uuid(), ${plan.title}, ${plan.tickMonth}, ${JSON.stringify(audience)}::jsonb, ${plan.nominateUntil}, ${plan.checkUntil},
      ${plan.reviewUntil}, ${plan.voteUntil}, ${plan.decideUntil}, ${plan.noticeDays}, gen_random_uuid()::text, ${now})
    ON CONFLICT ("tickMonth") DO NOTHING RETURNING id`;
  if (row) await replacePosts(db, row.id, posts);
  return row?.id;
}

/** Changes what was planned for a draft that the transaction holds. */
export async function updateDraft(
  db: Transaction,
  id: string,
  draft: { audience: Audience } & Plan,
  posts: PostDraft[],
): Promise<void> {
  const data = { ...draft, isEditing: false };
  await db.models.starRound.update({ where: { id }, data });
  await replacePosts(db, id, posts);
}

/** Writes columns of a round whose row the transaction holds. */
export async function updateRound(
  db: Transaction,
  id: string,
  data: Partial<Omit<Round, 'id' | 'state' | 'audience'>>,
): Promise<void> {
  await db.models.starRound.update({ where: { id }, data });
}

/** Moves a round that the transaction holds, and writes the step down. */
export async function moveRound(
  db: Transaction,
  id: string,
  to: State,
  actorId: string | null,
  now: Date,
): Promise<void> {
  await db.sql`UPDATE star_round SET state = ${to} WHERE id = ${id}::uuid`;
  await db.sql`
    INSERT INTO star_step ("roundId", state, "enteredAt", "actorId") VALUES (${id}::uuid, ${to}, ${now}, ${actorId}) ON CONFLICT DO NOTHING`;
}

/** The steps that a round has entered, with the name of whoever moved it there. */
export function findSteps(db: Reader, id: string): Promise<{ state: State; enteredAt: Date; actor: string | null }[]> {
  return db.sql`
    SELECT s.state, s."enteredAt", p.name AS actor FROM star_step s LEFT JOIN person p ON p.id = s."actorId" WHERE s."roundId" = ${id}::uuid`;
}

/** The kinds of post of a round, in the order in which they were written. */
export function findPosts(db: Reader, round: string): Promise<StarPost[]> {
  return db.models.starPost.findMany({ where: { roundId: round }, orderBy: { sort: 'asc' } });
}

/** Rounds in these states, the newest first. */
export function findRoundsIn(db: Reader, states: State[]): Promise<Round[]> {
  return db.sql<Round>`SELECT * FROM star_round WHERE state = ANY (${states}::text[]) ORDER BY "createdAt" DESC LIMIT 50`;
}

/** The rounds in these states for the people where this person serves. */
export async function findRoundsOf(db: Reader, person: string, states: State[]): Promise<Round[]> {
  return db.sql<Round>`
    SELECT r.* FROM star_round r WHERE r.state = ANY (${states}::text[])
      AND EXISTS (SELECT 1 FROM people_of(r.audience, now()) p WHERE p.id = ${person})
    ORDER BY r."createdAt" DESC LIMIT 5`;
}

/** Where a round lies, as the permission table asks: its branch, and its units, the nearest first. */
export function scopeOfRound(db: Reader, { audience }: Pick<Round, 'audience'>): Promise<PlacedScope> {
  return placeAudience(db, audience.places[0] ?? { kind: null, id: null });
}

/** Everybody in service who holds a role, with all their roles in force. */
export function findOfficeHolders(db: Reader, now: Date): Promise<Person[]> {
  return db.sql<Person>`
    SELECT p.id, p.name, p.kind, p.politics, p."unitId", p."branchId", json_agg(json_build_object('name', r.role, 'scopeId', r."scopeId")) AS roles
    FROM role_assignment r JOIN person p ON p.id = r."personId" AND p.status = 'active'
    WHERE r."from" <= ${now} AND (r.until IS NULL OR r.until > ${now}) GROUP BY p.id ORDER BY p.id`;
}

/** The next people of a round after `after`, in the order of ids. */
export async function findPeopleAfter(db: Reader, round: Round, after: string, limit: number): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`
    SELECT id FROM people_of(${JSON.stringify(round.audience)}::jsonb, now()) WHERE id > ${after} ORDER BY id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** `2026-12` → 2026年12月每月一星. */
export function titleOf(day: Day): string {
  return `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月每月一星`;
}

async function replacePosts(db: Transaction, round: string, posts: PostDraft[]): Promise<void> {
  await db.models.starPost.deleteMany({ where: { roundId: round } });
  await db.models.starPost.createMany({ data: posts.map((post, sort) => ({ ...post, roundId: round, sort })) });
}
