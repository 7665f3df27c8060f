/** An audience as people read it: a short phrase, the head-count, and the names behind it. */
import type { Calendar, Day } from '../../calendar/calendar.ts';
import type { Reader } from '../../storage/database.ts';
import { groupRows } from '../../storage/group-rows.ts';
import { findNamesOf, type Named } from '../find-names.ts';
import { type Audience, MEMBERS, type Place } from './audience.ts';

/** More places, and more persons, are counted instead of named. */
const MAX_PLACES = 4;
const MAX_PERSONS = 3;
/** More names than this do not fit on a card. */
const MAX_NAMES = 200;

const POLITICS: Record<Audience['politics'][number], string> = {
  member: '正式党员',
  probationary: '预备党员',
  applicant: '积极分子',
  none: '群众',
};
const KINDS: Record<Audience['kinds'][number], string> = { officer: '民警', auxiliary: '辅警' };
const OFFICES: Record<Audience['offices'][number], string> = {
  committee: '支委',
  secretary: '书记',
  'discipline-commissioner': '纪检委员',
  head: '负责人',
};

/** 党员, 预备党员、积极分子, 民警, 党员民警; empty for everybody. */
export function nameWho({ politics, kinds }: Pick<Audience, 'politics' | 'kinds'>): string {
  const isMembers = MEMBERS.every((one) => politics.includes(one));
  const rest = politics.filter((one) => !(isMembers && MEMBERS.includes(one)));
  const statuses = [...(isMembers ? ['党员'] : []), ...rest.map((one) => POLITICS[one])].join('、');
  return `${statuses}${kinds.map((one) => KINDS[one]).join('、')}`;
}

/** 支部书记、纪检委员, 单位负责人; as a choice, without a place. */
export function nameOffices(offices: Audience['offices']): string {
  return offices
    .map((one) => (one === 'head' ? '单位负责人' : one === 'secretary' ? '支部书记' : OFFICES[one]))
    .join('、');
}

/** An audience in words: 一大队党支部全体党员; 一大队、二大队全体民警（除华若谷）; 各党支部书记; 姜青禾、陶归鸿等5人. */
export async function nameAudience(db: Reader, said: Audience): Promise<string> {
  return phraseAudience(said, await findNamesOf(db, said));
}

/** The same from the names themselves. Pure. */
export function phraseAudience(said: Audience, names: Map<string, Named>): string {
  const whole = said.places.length === 0 ? '' : `${placesOf(said, names)}${whoOf(said)}`;
  const persons = listNames(personsOf(said.persons, names), MAX_PERSONS, '人');
  const left = [
    ...placeNames(said.except.places, names),
    ...(said.except.persons.length > 0 ? [listNames(personsOf(said.except.persons, names), MAX_PERSONS, '人')] : []),
  ];
  const meant = [whole, persons].filter(Boolean).join('，另加') || '没有人';
  return `${meant}${left.length > 0 ? `（除${left.join('、')}）` : ''}`;
}

function placesOf({ places, offices, withBelow }: Audience, names: Map<string, Named>): string {
  if (places.some(({ kind }) => kind === 'detachment')) {
    if (offices.length === 0) return '全支队';
    return offices.includes('head') ? (offices.length === 1 ? '各单位' : '各单位、各党支部') : '各党支部';
  }
  const isOnly = !withBelow && places.some(({ kind }) => kind === 'unit');
  return `${listNames(placeNames(places, names), MAX_PLACES, '个单位和支部')}${isOnly ? '（不含下属单位）' : ''}`;
}

function whoOf(said: Audience): string {
  const who = nameWho(said);
  if (said.offices.length === 0) return `全体${who || '人员'}`;
  const isBranches = said.places.every(({ kind }) => kind !== 'unit');
  const offices = said.offices
    .map((one) => (one === 'secretary' && !isBranches ? '支部书记' : OFFICES[one]))
    .join('、');
  return `${offices}${who && `中的${who}`}`;
}

function placeNames(places: Place[], names: Map<string, Named>): string[] {
  const order = [...names.keys()];
  return [...places]
    .sort((a, b) => order.indexOf(`${a.kind}:${a.id}`) - order.indexOf(`${b.kind}:${b.id}`))
    .map(({ kind, id }) =>
      kind === 'detachment'
        ? '全支队'
        : (names.get(`${kind}:${id}`)?.name ?? (kind === 'unit' ? '已不在的单位' : '已不在的支部')),
    );
}

function personsOf(ids: string[], names: Map<string, Named>): string[] {
  const found = [...names.values()].flatMap(({ kind, id, name }) =>
    kind === 'person' && ids.includes(id) ? [name] : [],
  );
  return [...found, ...Array.from({ length: ids.length - found.length }, () => '已不在的人员')];
}

/** 甲、乙, and where there are more than `most`, 甲、乙等7人. */
function listNames(names: string[], most: number, unit: string): string {
  if (names.length <= most) return names.join('、');
  return `${names.slice(0, most - 1).join('、')}等${names.length}${unit}`;
}

/** When the head-count is taken: roles as of the instant, leave as of its day. */
export type Moment = { now: Date; calendar: Pick<Calendar, 'dayOf'> };

/** How many an audience has: all, and of these on leave and not to be reached. */
export async function countAudience(
  db: Reader,
  said: Audience,
  { now, calendar }: Moment,
): Promise<{ all: number; onLeave: number; unreachable: number }> {
  const today: Day = calendar.dayOf(now);
  const [count] = await db.sql<{ all: number; onLeave: number; unreachable: number }>`
    SELECT count(*)::int AS all, count(l.id)::int AS "onLeave", count(*) FILTER (WHERE l.id IS NULL AND NOT p."isReachable")::int AS unreachable
    FROM people_of(${JSON.stringify(said)}::jsonb, ${now}) p
    LEFT JOIN leave l ON l."personId" = p.id AND ${today}::date BETWEEN l."firstDay" AND l."lastDay"`;
  return count ?? { all: 0, onLeave: 0, unreachable: 0 };
}

/** The head-count of a preview, 一大队党支部全体党员，共12人（休假1人）, and the names behind it, a line a unit. */
export async function describeAudience(
  db: Reader,
  said: Audience,
  moment: Moment,
): Promise<{ text: string; count: number; names: string }> {
  const { all, onLeave, unreachable } = await countAudience(db, said, moment);
  const apart = [onLeave && `休假${onLeave}人`, unreachable && `联系不上${unreachable}人`].filter(Boolean).join('、');
  const text = `${await nameAudience(db, said)}，共${all}人${apart && `（${apart}）`}`;
  return { text, count: all, names: await listAudience(db, said, moment, all) };
}

/** The names in the office's order: unit by unit, whoever leads the unit first, then by name; the first two hundred of `all`. */
async function listAudience(db: Reader, said: Audience, { now }: Moment, all: number): Promise<string> {
  const people = await db.sql<{ name: string; unit: string }>`
    SELECT p.name, COALESCE(u.name, '没有单位') AS unit FROM people_of(${JSON.stringify(said)}::jsonb, ${now}) p LEFT JOIN unit u ON u.id = p."unitId"
    ORDER BY u.sort, u.name, EXISTS (SELECT 1 FROM role_assignment r WHERE r."personId" = p.id AND r.role = 'leader' AND r."scopeId" = p."unitId"
      AND r."from" <= ${now} AND (r.until IS NULL OR r.until > ${now})) DESC, p.name, p.id LIMIT ${MAX_NAMES}`;
  const lines = [...groupRows(people, ({ unit }) => unit)].map(
    ([unit, those]) => `${unit}：${those.map(({ name }) => name).join('、')}`,
  );
  return [...lines, ...(all > people.length ? [`……等共${all}人`] : [])].join('\n');
}

/** The ids of everybody whom an audience means at a moment. */
export async function findPeopleOf(db: Reader, said: Audience, now: Date): Promise<string[]> {
  const rows = await db.sql<{ id: string }>`SELECT p.id FROM people_of(${JSON.stringify(said)}::jsonb, ${now}) p`;
  return rows.map(({ id }) => id);
}
