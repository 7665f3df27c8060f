/** Whom a quiz is for: read from a sentence or a form, counted, named, and checked against what its writer may. */

import { z } from 'zod';
import type { Day } from '../../calendar/calendar.ts';
import { AppError } from '../../errors.ts';
import type { PersonTurn, Viewer } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import { may, type Scope } from '../../people/permissions.ts';
import type { Reader, Transaction } from '../../storage/database.ts';

/** Party members or everyone, of a branch, a unit with those below it, or the detachment. */
export type Audience = { kind: 'branch' | 'unit' | 'detachment'; id: string | null; who: 'members' | 'everyone' };
/** A name that may stand in a sentence. */
export type NamedAudience = { kind: 'branch' | 'unit'; id: string; name: string };

const WHO = { members: '全体党员', everyone: '全体人员' } as const;

/** An audience on the wire, as a form's selector carries it: `branch:members:<id>`. */
export const AudienceText = z
  .string()
  .regex(/^(branch|unit|detachment):(members|everyone):.*$/)
  .transform((text): Audience => {
    const [kind, who, ...id] = text.split(':');
    return { kind: kind as Audience['kind'], who: who as Audience['who'], id: id.join(':') || null };
  });

/** The text of an audience for a form's selector. */
export function writeAudience({ kind, who, id }: Audience): string {
  return `${kind}:${who}:${id ?? ''}`;
}

/** The audience a sentence names; 本支部 is the writer's own. */
export function readAudience(text: string, names: NamedAudience[], own: string | null): Audience | undefined {
  const who = /全体(人员|民警|辅警|同志)|全员|所有人|大家/.test(text) && !/党员/.test(text) ? 'everyone' : 'members';
  const named = names.filter(({ name }) => text.includes(name)).sort((a, b) => b.name.length - a.name.length)[0];
  if (named) return { kind: named.kind, id: named.id, who };
  if (/全支队|各(党)?支部|支队全体/.test(text)) return { kind: 'detachment', id: null, who };
  return /(本|我们|我|咱们)(党)?支部|全体|全员|大家|所有人/.test(text) && own
    ? { kind: 'branch', id: own, who }
    : undefined;
}

/** A secretary speaks to the own branch, an administrator to the detachment. */
export function refuseForeignAudience(turn: PersonTurn, audience: Audience): void {
  if (turn.may('quiz.publish', scopeOf(audience))) return;
  throw new AppError(
    'an audience out of scope',
    '您只能发布给自己的支部，没有发布。请把范围改为本支部，或联系政治处。',
  );
}

/** Where an audience lies, as the permission table asks. */
export function scopeOf({ kind, id }: Audience): Scope {
  if (kind === 'detachment') return 'detachment';
  return kind === 'branch' ? { branchId: id } : { unitIds: [id ?? ''] };
}

/** What a person may address, for a form's selector. */
export async function listAudiences(db: Reader, viewer: Viewer): Promise<{ text: string; value: string }[]> {
  const person = await findPerson(db, viewer.person ?? '', viewer.now);
  if (!person) return [];
  const everywhere = { kind: 'detachment' as const, id: null, name: '全支队' };
  const all = [everywhere, ...(await findNames(db))];
  return all
    .filter(({ kind, id }) => may(person, 'quiz.publish', scopeOf({ kind, id, who: 'members' })))
    .flatMap(({ kind, id, name }) =>
      (['members', 'everyone'] as const).map((who) => ({
        text: `${name}${WHO[who]}`,
        value: writeAudience({ kind, id, who }),
      })),
    );
}

/** Units and branches by name. */
export function findNames(db: Reader): Promise<NamedAudience[]> {
  return db.sql`SELECT 'branch' AS kind, id::text, name FROM branch UNION ALL SELECT 'unit', id, name FROM unit ORDER BY kind, name`;
}

/** An audience in words: 一大队党支部全体党员. */
export async function nameAudience(db: Reader, { kind, id, who }: Audience): Promise<string> {
  const named =
    kind === 'detachment' ? undefined : (await findNames(db)).find((one) => one.kind === kind && one.id === id);
  return `${named?.name ?? '全支队'}${WHO[who]}`;
}

/** How many an audience has today, and how many of them are on leave. */
export async function countAudience(
  db: Reader,
  audience: Audience,
  today: Day,
): Promise<{ all: number; onLeave: number }> {
  const [count] = await db.sql<{ all: number; onLeave: number }>`
    WITH RECURSIVE below AS (
      SELECT id FROM unit WHERE ${audience.kind} = 'unit' AND id = ${audience.id}
      UNION SELECT u.id FROM unit u JOIN below ON u."parentId" = below.id)
    SELECT count(*)::int AS all, count(l.id)::int AS "onLeave"
    FROM person p LEFT JOIN leave l ON l."personId" = p.id AND ${today}::date BETWEEN l."firstDay" AND l."lastDay"
    WHERE p.status = 'active' AND (${audience.who} = 'everyone' OR p.politics IN ('member', 'probationary'))
      AND CASE ${audience.kind} WHEN 'branch' THEN p."branchId"::text = ${audience.id} WHEN 'unit' THEN p."unitId" IN (SELECT id FROM below) ELSE true END`;
  return count ?? { all: 0, onLeave: 0 };
}

/** Gives everybody of the audience their part in the quiz, as of now, and says how many there are. */
export async function invite(db: Transaction, quiz: string, audience: Audience): Promise<number> {
  const rows = await db.sql`
    WITH RECURSIVE below AS (
      SELECT id FROM unit WHERE ${audience.kind} = 'unit' AND id = ${audience.id}
      UNION SELECT u.id FROM unit u JOIN below ON u."parentId" = below.id)
    INSERT INTO quiz_attempt ("quizId", "personId", "questionIds", "isUnreachable")
    SELECT ${quiz}::uuid, p.id, '{}', NOT p."isReachable" FROM person p
    WHERE p.status = 'active' AND (${audience.who} = 'everyone' OR p.politics IN ('member', 'probationary'))
      AND CASE ${audience.kind} WHEN 'branch' THEN p."branchId"::text = ${audience.id} WHEN 'unit' THEN p."unitId" IN (SELECT id FROM below) ELSE true END
    ON CONFLICT DO NOTHING RETURNING "personId"`;
  return rows.length;
}
