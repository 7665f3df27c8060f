/** What a sentence says of a hand-out; what it leaves out is left out here too. */
import type { PersonTurn, Typed } from '../../../feature.ts';
import { beginningOf, isAdding } from '../../../publication/from-reading.ts';
import type { Listening } from '../../../reading/listen.ts';
import { pickItems } from '../../../reading/pick/pick-amounts.ts';
import { pickWindow } from '../../../reading/pick/pick-when.ts';
import type { Reading } from '../../../reading/reading.ts';
import type { ItemSlot } from '../../../reading/slots.ts';
import type { Reader } from '../../../storage/database.ts';
import { readKind } from '../kinds.ts';
import { type Draft, usualEnd } from '../rules.ts';
import { readItems } from '../stock/item-text.ts';
import { findPoints } from '../stock/points.ts';

/** Its items, points and times. */
export async function hearHandout(
  turn: PersonTurn,
  typed: Typed,
  listening: Listening,
  before: Draft,
): Promise<Partial<Draft>> {
  const { text, reading } = typed;
  const isNew = before.itemsText === '';
  const items = takeItems(reading, listening, isNew);
  const window = listening.take(pickWindow(reading));
  const opensAt = beginningOf(turn, window?.opens);
  const usual = isNew && items.length > 0 ? usualEnd(opensAt ?? turn.saidAt, turn.calendar) : null;
  const dueAt = window?.closes?.at ?? usual;
  const points = await takePoints(turn.db, typed, listening);
  return {
    ...(isNew && text && { kind: readKind(text) }),
    ...(items.length > 0 && { itemsText: writeItems(before.itemsText, items, isAdding(typed)) }),
    ...(points.length > 0 && { points: isAdding(typed) ? [...new Set([...before.points, ...points])] : points }),
    ...(opensAt && { opensAt }),
    ...(dueAt && { dueAt }),
  };
}

/** What each person gets: of a draft that says so already, each is meant where nobody says in all. */
function takeItems(reading: Reading, { take, use }: Listening, isNew: boolean): ItemSlot[] {
  const found = reading.of('item');
  if (isNew || found.some(({ per }) => per === 'total')) return take(pickItems(reading, 'each')) ?? [];
  use(...found);
  return found;
}

/** 毛巾1条 beside what was there, 矿泉水2箱 in the place of 矿泉水1箱; what else is said takes the place of all. */
function writeItems(before: string, said: ItemSlot[], isMore: boolean): string {
  const known = readItems(before);
  const isKnown = ({ name }: { name: string }) => known.some((item) => item.name === name);
  const kept = isMore || said.every(isKnown) ? known : [];
  const anew = kept.map((item) => said.find(({ name }) => name === item.name) ?? item);
  const added = said.filter(({ name }) => !kept.some((item) => item.name === name));
  return [...anew, ...added].map(({ name, quantity, unit }) => `${name}${quantity}${unit}`).join('、');
}

/** The points where people are sent, else those that are named and not addressed; else the only one, unless some other place is said. */
async function takePoints(db: Reader, { text, reading }: Typed, { use }: Listening): Promise<string[]> {
  const points = await findPoints(db);
  const places = reading.of('place');
  const locations = places.filter(({ role }) => role === 'location').map(reading.quote);
  const addressed = reading.of('audience').map(reading.quote);
  const pointsIn = (said: string[]) => points.filter(({ name }) => said.some((one) => one.includes(name)));
  const rest = addressed.reduce((left, said) => left.replace(said, ''), text);
  const sent = pointsIn(locations);
  const named = sent.length > 0 ? sent : pointsIn([rest]);
  const isNamed = (said: string) => named.some(({ name }) => said.includes(name) || name.includes(said));
  use(...places.filter((place) => isNamed(reading.quote(place))));
  const isPlaceUnsaid = locations.length === 0;
  const chosen = named.length > 0 ? named : points.length === 1 && isPlaceUnsaid ? points : [];
  return chosen.map(({ id }) => id);
}
