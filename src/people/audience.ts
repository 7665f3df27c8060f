/** Whom something is for: read from a sentence or a form, counted, named, and checked against what its writer may. */
import { z } from 'zod';
import type { Day } from '../calendar/calendar.ts';
import { AppError } from '../errors.ts';
import type { PersonTurn, Viewer } from '../feature.ts';
import type { Reader } from '../storage/database.ts';
import { findPerson } from './find-person.ts';
import { type Action, may, type Scope } from './permissions.ts';

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

/** The audience a sentence names; 本支部 is the branch `own`. Party members unless everyone is said. */
export function readAudience(text: string, names: NamedAudience[], own: string | null): Audience | undefined {
  const who = /全体(人员|民警|辅警|同志)|全员|所有人|大家/.test(text) && !/党员/.test(text) ? 'everyone' : 'members';
  const named = longestFirst(names).find(({ name }) => text.includes(name));
  if (named) return { kind: named.kind, id: named.id, who };
  if (/全支队|各(党)?支部|支队全体/.test(text)) return { kind: 'detachment', id: null, who };
  const isOwn = /(本|我们|我|咱们)(党)?支部|全体|全员|大家|所有人/.test(text);
  return isOwn && own ? { kind: 'branch', id: own, who } : undefined;
}

/** The sentence with a blank for each name, for whoever looks for dates and numbers in it: 一大队 holds a numeral. */
export function withoutNames(text: string, names: NamedAudience[]): string {
  return longestFirst(names).reduce((left, { name }) => left.replaceAll(name, '　'), text);
}

/** Where an audience lies, as the permission table asks. */
export function scopeOf({ kind, id }: Pick<Audience, 'kind' | 'id'>): Scope {
  if (kind === 'detachment') return 'detachment';
  return kind === 'branch' ? { branchId: id } : { unitIds: [id ?? ''] };
}

/** A secretary speaks to the own branch, a leader to the own unit, an administrator to the detachment. Throws the sentence that says so. */
export function refuseForeignAudience(turn: PersonTurn, action: Action, audience: Audience): void {
  if (turn.may(action, scopeOf(audience))) return;
  throw new AppError(
    'an audience out of scope',
    '您只能发布给自己的支部或单位，没有发布。请改选自己的范围，或联系政治处。',
  );
}

/** What a person may address with `action`, for a form's selector. */
export async function listAudiences(
  db: Reader,
  viewer: Viewer,
  action: Action,
): Promise<{ text: string; value: string }[]> {
  const person = await findPerson(db, viewer.person ?? '', viewer.now);
  if (!person) return [];
  const all = [{ kind: 'detachment' as const, id: null, name: '全支队' }, ...(await findNames(db))];
  return all
    .filter((audience) => may(person, action, scopeOf(audience)))
    .flatMap(({ kind, id, name }) =>
      (['members', 'everyone'] as const).map((who) => ({
        text: `${name}${WHO[who]}`,
        value: writeAudience({ kind, id, who }),
      })),
    );
}

/** What a form's selector shows as chosen: what was said, or the only branch there is to choose. */
export function chosenAudience(options: { value: string }[], said: Audience | null): string {
  const value = said && writeAudience(said);
  if (options.some((option) => option.value === value)) return value ?? '';
  return options.length === 2 ? (options[0]?.value ?? '') : '';
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

/** How many an audience has today: all, and of these on leave and not to be reached. */
export async function countAudience(
  db: Reader,
  { kind, id, who }: Audience,
  today: Day,
): Promise<{ all: number; onLeave: number; unreachable: number }> {
  const [count] = await db.sql<{ all: number; onLeave: number; unreachable: number }>`
    SELECT count(*)::int AS all, count(l.id)::int AS "onLeave", count(*) FILTER (WHERE l.id IS NULL AND NOT p."isReachable")::int AS unreachable
    FROM people_of(${kind}, ${id}, ${who}) p LEFT JOIN leave l ON l."personId" = p.id AND ${today}::date BETWEEN l."firstDay" AND l."lastDay"`;
  return count ?? { all: 0, onLeave: 0, unreachable: 0 };
}

/** The head-count of a preview: 一大队党支部全体党员，共12人（休假1人）. */
export async function describeAudience(
  db: Reader,
  audience: Audience,
  today: Day,
): Promise<{ text: string; count: number }> {
  const { all, onLeave, unreachable } = await countAudience(db, audience, today);
  const apart = [onLeave && `休假${onLeave}人`, unreachable && `联系不上${unreachable}人`].filter(Boolean).join('、');
  return { text: `${await nameAudience(db, audience)}，共${all}人${apart && `（${apart}）`}`, count: all };
}

/** An audience as the columns `audienceKind`, `audienceId` and `audienceWho` of whatever is published to it. */
export function audienceColumns(audience: Audience | null) {
  return {
    audienceKind: audience?.kind ?? null,
    audienceId: audience?.id ?? null,
    audienceWho: audience?.who ?? 'members',
  };
}

/** The counterpart of `audienceColumns`. */
export function audienceOf(row: {
  audienceKind: string | null;
  audienceId: string | null;
  audienceWho: string;
}): Audience | null {
  const { audienceKind: kind, audienceId: id, audienceWho: who } = row;
  return kind === null ? null : { kind: kind as Audience['kind'], id, who: who as Audience['who'] };
}

function longestFirst(names: NamedAudience[]): NamedAudience[] {
  return [...names].sort((a, b) => b.name.length - a.name.length);
}
