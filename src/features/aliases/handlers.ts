/** What happens to aliases: given, listed, deleted. */
import { cleanName } from '../../basics/text.ts';
import { type Feature, type PersonTurn, type PressTurn, type Reply, refuse, type Typed } from '../../feature.ts';
import { PagedRef, turnPage } from '../../pager.ts';
import { findPlaces, type Named } from '../../people/find-names.ts';
import { findOne, findPeople, plainOf } from '../../people/find-people.ts';
import { addAlias, findAliases, removeAlias } from '../../people/places/aliases.ts';
import type { Reading } from '../../reading/reading.ts';
import type { Reader } from '../../storage/database.ts';
import { isOtherMeaning, isUsedByWishes, objectToWords, placesOf, readPair, slotsOn } from './rules.ts';

const EXAMPLE = '例如：别名 机动 = 机动大队';

/** 别名: the list; with a pair, 别名 机动 = 机动大队, a new one. */
export async function openOrAdd(others: Feature[], turn: PersonTurn, typed: Typed): Promise<Reply | undefined> {
  const isNamed = typed.rest !== '';
  const pair = readPair(isNamed ? typed.rest : typed.text);
  if (pair) return add(others, turn, pair, typed.reading);
  if (isNamed) return refuse(`没有看懂，没有改动。请写成“别名 说法 = 名称”，${EXAMPLE}`);
  await showList(turn);
  return undefined;
}

async function add(
  others: Feature[],
  turn: PersonTurn,
  pair: { said: string; name: string },
  reading: Reading,
): Promise<Reply> {
  const said = cleanName(pair.said).normalize('NFKC');
  const unfit = objectToWords(said);
  if (unfit) return refuse(unfit);
  const target = await findTarget(turn.db, pair.name, reading);
  if ('unclear' in target) return refuse(target.unclear);
  const objection = await objectTo(others, turn.db, said, target, reading);
  if (objection) return refuse(objection);
  const isNew = await addAlias(turn.db, { said, kind: target.kind, targetId: target.id }, turn.who.id, turn.now);
  if (!isNew) return refuse(`“${said}”刚刚已经设成别名。发送“别名”可以查看。`);
  turn.log.info({ by: turn.who.id, kind: target.kind, target: target.id }, 'an alias was added');
  return { toast: `以后“${said}”就是${target.name}。发送“别名”可以查看和删除。`, kind: 'success' };
}

/** The one unit, branch or person of that name, or why it is not clear which. */
async function findTarget(db: Reader, name: string, reading: Reading): Promise<Named | { unclear: string }> {
  const places = await findPlaces(db);
  const called = places.filter((place) => plainOf(place.name) === plainOf(name));
  const ids = placesOf(slotsOn(reading, name)).map(({ id }) => id);
  const meant = called.length > 0 ? called : places.filter(({ id }) => ids.includes(id));
  const [place] = meant;
  if (meant.length > 1) return { unclear: `“${name}”可以是${namesOf(meant)}，请写全称后再设。` };
  if (place) return place;
  if ((await findPeople(db, name)).length === 0)
    return { unclear: `没有找到“${name}”，没有设别名。请写单位、支部的全称或人员姓名，${EXAMPLE}` };
  const found = await findOne(db, name);
  return 'unclear' in found ? found : { kind: 'person', id: found.person.id, name: found.person.name };
}

/** What speaks against these words as an alias. */
async function objectTo(
  others: Feature[],
  db: Reader,
  said: string,
  target: Named,
  reading: Reading,
): Promise<string | undefined> {
  const known = (await findAliases(db)).find((alias) => plainOf(alias.said) === plainOf(said));
  if (known) return `“${said}”已经是${known.name ?? '已不存在的单位或人员'}的别名。要改的话，请发送“别名”先删除。`;
  const named = (await findPlaces(db)).find(({ name }) => plainOf(name) === plainOf(said));
  if (named)
    return named.id === target.id
      ? `“${said}”本来就是全称，不用设。`
      : `“${said}”是另一个单位或支部的名称，不能作别名。`;
  const [person] = (await findPeople(db, said)).filter(({ name }) => plainOf(name) === plainOf(said));
  if (person)
    return person.id === target.id ? `“${said}”本来就是姓名，不用设。` : `“${said}”是另一个人的姓名，不能作别名。`;
  const slots = slotsOn(reading, said);
  if (isUsedByWishes(others, said) || slots.some(isOtherMeaning))
    return `“${said}”是常用的话，作了别名会听错，请换一个说法。`;
  const places = placesOf(slots.filter(({ end, start }) => end - start === said.length));
  if (places.length === 1 && places[0]?.id === target.id) return `“${said}”现在就能听懂，不用设。`;
  return undefined;
}

/** 删除 beside an alias. */
export async function remove(turn: PressTurn, { alias }: { alias: string }): Promise<Reply> {
  const said = await removeAlias(turn.db, alias);
  if (said === undefined) return { toast: '这个别名已经删除。' };
  turn.log.info({ by: turn.who.id, alias }, 'an alias was deleted');
  return { toast: `已删除别名“${said}”。`, kind: 'success' };
}

/** Another page, on the same card. */
export async function turnListPage(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  const { key } = PagedRef.parse(turn.pressed.ref);
  return turnPage(turn, `list:${key}`, 'list', PagedRef.write({ page, key }), page);
}

async function showList(turn: PersonTurn): Promise<void> {
  const key = turn.eventId;
  const ref = PagedRef.write({ page: 0, key });
  await turn.deliver({ key: `list:${key}`, to: { person: turn.who.id }, card: 'list', ref, push: 'answer' });
}

function namesOf(places: Named[]): string {
  return places.map(({ kind, name }) => `${name}（${kind === 'unit' ? '单位' : '支部'}）`).join('、');
}
