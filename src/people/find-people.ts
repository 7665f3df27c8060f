/** Finds the people whom typed words can mean: the one place that knows how people are named. */
import { match, pinyin } from 'pinyin-pro';
import { cleanName, normaliseName } from '../basics/text.ts';
import type { Reader } from '../storage/database.ts';
import type { Audience } from './audience/audience.ts';

/** A person by name and unit. */
export type Match = { id: string; name: string; unit: string };
/** What has to be known of somebody to be found. */
type Findable = {
  id: string;
  name: string;
  unit: string;
  unitNames: string[];
  employeeNo: string | null;
  aliases: string[];
};

/** What people leave out: spaces, the dot of 买买提·艾力, the apostrophe of xi'an. */
const UNSAID = /[\s·.'’]/gu;
/** What stands around a unit or an id that is written beside a name. */
const AROUND = /[\s@()[\]【】,，、:：的]/gu;

/**
 * Those of the people in service whom `words` can mean, unit by unit: nobody, one, or several to be told apart by unit. Understood are
 * the whole name, its pinyin or initials (`zhangwei`, `zhang w`, `zw`; every reading of a character counts, 吕 is `lv` or `lü`), the
 * employee number, the id of a mention, an alias of the tenant; and with the name a unit before or after it, 二大队张伟, 张伟（二大队）, where the own unit, one
 * above it, or a part of its name will do. `among` narrows the search to an audience; `partly` takes a part of a name as well, for
 * whoever chooses from what was found.
 */
export async function findPeople(
  db: Reader,
  words: string,
  { among, partly = false, now = new Date(0) }: { among?: Audience; partly?: boolean; now?: Date } = {},
): Promise<Match[]> {
  const said = cleanName(words).normalize('NFKC');
  if (said === '') return [];
  const plain = plainOf(said);
  const isSpelt = /[a-z]/.test(plain);
  const within = JSON.stringify(among ?? null);
  // A name of characters stands in the words, or the words in it; what is spelt can be anybody.
  const people = await db.sql<Findable>`
    WITH called AS (SELECT "targetId", array_agg(said) AS aliases FROM alias WHERE kind = 'person' GROUP BY "targetId")
    SELECT p.id, p.name, COALESCE(u.name, '') AS unit, COALESCE(chain.names, '{}') AS "unitNames", p."employeeNo", COALESCE(called.aliases, '{}') AS aliases
    FROM person p LEFT JOIN unit u ON u.id = p."unitId" LEFT JOIN unit_names() chain ON chain.unit = p."unitId" LEFT JOIN called ON called."targetId" = p.id
    WHERE p.status = 'active' AND (${within}::jsonb = 'null' OR p.id IN (SELECT id FROM people_of(${within}::jsonb, ${now})))
      AND (${isSpelt} OR p."employeeNo" = ${said} OR called.aliases IS NOT NULL OR position(left(p.name, 1) IN ${plain}) > 0 OR ${partly} AND position(left(${plain}, 1) IN p.name) > 0)
    ORDER BY u.sort, u.name, p.name, p.id`;
  return pickPeople(people, said, partly).map(({ id, name, unit }) => ({ id, name, unit }));
}

/** People in service by their ids, unit by unit: for whoever chooses among them. */
export function findMatches(db: Reader, ids: string[]): Promise<Match[]> {
  return db.sql<Match>`
    SELECT p.id, p.name, COALESCE(u.name, '') AS unit FROM person p LEFT JOIN unit u ON u.id = p."unitId"
    WHERE p.id = ANY (${ids}::text[]) AND p.status = 'active' ORDER BY u.sort, u.name, p.name, p.id`;
}

/** The same among people who are at hand. Pure. An exact name hides what only sounds like it. */
export function pickPeople<One extends Findable>(people: One[], words: string, partly = false): One[] {
  const said = cleanName(words).normalize('NFKC').replace(/^@/, '');
  const byId = people.filter(({ id, employeeNo }) => id === said || (employeeNo !== null && employeeNo === said));
  if (byId.length > 0) return byId;
  const plain = plainOf(said);
  const named = people.filter((person) => isNamed(person, plain));
  const nearest = named.filter((person) => plain.replace(plainOf(person.name), '') === plainOf(person.unit));
  if (named.length > 0) return nearest.length > 0 ? nearest : named;
  const called = people.filter(({ aliases }) => aliases.some((alias) => plainOf(alias) === plain));
  if (called.length > 0) return called;
  if (partly) return people.filter(({ name }) => meansName(name, said));
  return /^[a-z]+$/.test(plain) ? people.filter(({ name }) => spells(name, plain)) : [];
}

/** Whether a unit that was written, 大队 for 一大队, can be the person's own or one above it. */
export function isOfUnit({ unitNames }: Pick<Findable, 'unitNames'>, unit: string): boolean {
  return unitNames.some((name) => name.includes(unit) || unit.includes(name));
}

/** Whether `typed` means the name or a part of it. Nothing typed means nobody. */
export function meansName(name: string, typed: string): boolean {
  const wanted = plainOf(typed);
  if (wanted === '') return false;
  return (
    plainOf(name).includes(wanted) ||
    (/^[a-z]+$/.test(wanted) && [...name].some((one) => beginsWith(one, wanted)) && readingOf(name, wanted) !== null)
  );
}

/** The one person meant, or the sentence that says why it is not clear who. */
export async function findOne(db: Reader, words: string): Promise<{ person: Match } | { unclear: string }> {
  const found = await findPeople(db, words);
  const [person] = found;
  if (!person) return { unclear: '没有找到这个人，请核对姓名后再提交。' };
  if (found.length === 1) return { person };
  const isOneName = found.every(({ name }) => name === person.name);
  const shown = found
    .slice(0, 10)
    .map(({ name, unit }) => (isOneName ? unit || '没有单位' : [name, unit].filter(Boolean).join(' ')));
  const isToldApart = new Set(found.map(({ unit }) => unit)).size > 1 || !isOneName;
  const how = isToldApart ? `请在姓名后加空格写上单位，例如：${person.name} ${person.unit}` : '请改写警号或工号。';
  return { unclear: `${isOneName ? '同名的' : '可能的人'}有${found.length}位（${shown.join('、')}），${how}` };
}

/** Whether the words are the name, alone or with a unit that is the person's. */
function isNamed(person: Findable, plain: string): boolean {
  if (!plain.includes(person.name.charAt(0).toLowerCase())) return false;
  const name = plainOf(person.name);
  if (name === '' || !plain.includes(name)) return false;
  const unit = plain.replace(name, '').replace(AROUND, '');
  return unit === '' || (unit.length > 1 && isOfUnit(person, unit));
}

/** Whether these letters spell the whole name. */
function spells(name: string, wanted: string): boolean {
  return beginsWith(name.charAt(0), wanted) && readingOf(name, wanted)?.length === [...plainOf(name)].length;
}

/** What the readings of a character begin with. Comparing a whole name takes a thousand times as long as looking here. */
const initials = new Map<string, string[]>();

function beginsWith(character: string, wanted: string): boolean {
  const letters =
    initials.get(character) ?? pinyin(character, { pattern: 'first', multiple: true, type: 'array', v: true });
  initials.set(character, letters);
  return letters.some((letter) => wanted.startsWith(letter.toLowerCase()));
}

function readingOf(name: string, wanted: string): number[] | null {
  return match(plainOf(name), wanted, { continuous: true, v: true });
}

/** A name as it is compared: without what people leave out or write in many ways. */
export function plainOf(text: string): string {
  return normaliseName(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(UNSAID, '')
    .replace(AROUND, '')
    .replaceAll('ü', 'v');
}
