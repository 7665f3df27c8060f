/** Picks whom something is for, and the person it is about. */
import type { Audience, Place } from '../audience-type.ts';
import { isSame } from '../names/place-names.ts';
import type { Reading } from '../reading.ts';
import { clauseAt } from '../sheet.ts';
import type { AudienceSlot, PersonSlot, PlaceSlot } from '../slots.ts';
import { NONE, one, type Picked, unclear } from './picked.ts';

/** An audience; where the text names no place and no person, the feature decides whose it is. */
export type Addressed = { audience: Audience; isPlaceImplied: boolean };

/**
 * Whom the text addresses. The place comes from the surest addressee that has one; who is meant there from the same, else from the
 * surest without a place: 各支部：请组织全体党员…. Two equally sure places that differ are a question.
 */
export function pickAudience(reading: Reading): Picked<Addressed> {
  const whom = reading.of('audience');
  const forwarded = forwardedTo(reading, whom);
  const slots = forwarded ? [forwarded] : handOn(reading, shareOut(reading, whom));
  const mentioned = reading.of('person').filter(({ isMention }) => isMention);
  if (slots.length === 0) return fromMentions(mentioned);
  const placed = best(
    slots.filter(
      ({ audience, choices, unclear: said }) =>
        audience.places.length + audience.persons.length + choices.length > 0 || said.length > 0,
    ),
  );
  const [base] = placed;
  if (placed.some((slot) => slot.unclear.length > 0 || slot.choices.length > 0))
    return unclear('unknown', placed, base?.choices.map(audienceAt) ?? []);
  if (placed.some((slot) => base && !isSamePlaces(base, slot)))
    return unclear(
      'several',
      placed,
      placed.map(({ audience }) => ({ audience, isPlaceImplied: false })),
    );
  const open = best(
    slots.filter((slot) => !placed.includes(slot) && slot.audience.places.length === 0 && slot.isLimited),
  );
  const limits = open.filter((slot) => limitOf(slot) !== limitOf());
  if (new Set(limits.map(limitOf)).size > 1 && !placed.some(({ isLimited }) => isLimited))
    return unclear('several', limits);
  const who = placed.find(({ isLimited }) => isLimited) ?? limits[0] ?? open[0];
  if (!placed.some(({ isLimited }) => isLimited) && open.some(({ unclear: said }) => said.length > 0))
    return unclear('unknown', open);
  const { politics = [], kinds = [], offices = [] } = who?.audience ?? {};
  const audience: Audience = {
    places: base?.audience.places ?? [],
    persons: base?.audience.persons ?? [],
    except: {
      places: slots.flatMap((slot) => slot.audience.except.places),
      persons: slots.flatMap((slot) => slot.audience.except.persons),
    },
    politics,
    kinds,
    offices,
    withBelow: true,
  };
  const isPlaceImplied = audience.places.length + audience.persons.length === 0;
  const spoken = isPlaceImplied ? placesSpokenOf(reading) : [];
  if (spoken.length > 0) return unclear('unknown', spoken);
  return one({ audience, isPlaceImplied }, ...slots);
}

/** 以下通知转发本支部全体党员，请落实：各党支部：…: whoever hands a notice on says in its first line for whom. */
function forwardedTo({ plain: { text } }: Reading, slots: AudienceSlot[]): AudienceSlot | undefined {
  const end = text.indexOf('\n');
  if (end < 0 || !/转发|照此|对照|照办|遵照|以下通知/u.test(text.slice(0, end))) return undefined;
  const own = slots.filter(
    (slot) => slot.end <= end && slot.isLimited && slot.audience.places.length > 0 && slot.unclear.length === 0,
  );
  return own.length === 1 ? own[0] : undefined;
}

/** 各中队：请组织本中队民警…: 本中队 is each of them. */
function shareOut(reading: Reading, slots: AudienceSlot[]): AudienceSlot[] {
  if (!slots.some((slot) => /^(?:各|所有|每个)/u.test(reading.quote(slot)))) return slots;
  return slots.map((slot) => {
    const isOwn = /^本/u.test(reading.quote(slot)) && slot.unclear.every((one) => one.startsWith('本'));
    return isOwn ? { ...slot, unclear: [], audience: { ...slot.audience, places: [] } } : slot;
  });
}

/** 政治处要求各支部党员…，咱们支部12月8日前学完: what others ask of everybody is asked on of one's own. */
function handOn(reading: Reading, slots: AudienceSlot[]): AudienceSlot[] {
  const isOwn = (slot: AudienceSlot) =>
    /^(?:咱|我|本)/u.test(reading.quote(slot)) && slot.audience.places.length > 0 && slot.unclear.length === 0;
  const isToldOn = (slot: AudienceSlot) =>
    /^(?:各|所有|全支队)/u.test(reading.quote(slot)) &&
    TOLD_ON.test(reading.plain.text.slice(clauseAt(reading.plain.text, slot.start - 1).start, slot.start));
  if (!slots.some(isOwn) || !slots.some(isToldOn)) return slots;
  const rank = Math.max(...slots.map((slot) => slot.rank));
  return slots.map((slot) => {
    if (isOwn(slot)) return { ...slot, rank };
    return isToldOn(slot) ? { ...slot, audience: { ...slot.audience, places: [] } } : slot;
  });
}

/** Who has told it on. */
const TOLD_ON = /(?:党委|支队|市局|总队|省厅|上级|部局|政治处|机关)[^。;\n]{0,12}(?:要求|部署|号召|转|通知|发文)/u;

/** The one person a text is about; 我 is its writer when nobody is named. A guess, or one of several, is a question. */
export function pickPerson(reading: Reading): Picked<{ id: string; name: string }> {
  const all = [...reading.of('person'), ...addressedByName(reading)];
  const others = all.filter(({ isSelf }) => !isSelf);
  const found = others.length > 0 ? others : all;
  const [person] = found;
  if (!person) return NONE;
  const choices = found.flatMap(({ ids, name }) => ids.map((id) => ({ id, name })));
  const ids = new Set(choices.map(({ id }) => id));
  const [id] = ids;
  if (id === undefined) return unclear('unknown', found);
  if (ids.size > 1) return unclear('several', found, choices);
  if (found.some(({ isGuess }) => isGuess)) return unclear('unknown', found, choices);
  return one({ id, name: person.name }, ...found);
}

/** 给邹允中请假: people who are addressed by nothing but their names. */
function addressedByName(reading: Reading): PersonSlot[] {
  return reading
    .of('audience')
    .filter(
      ({ audience: { places, persons }, unclear: said }) =>
        places.length === 0 && persons.length > 0 && said.length === 0,
    )
    .map(({ start, end, audience: { persons } }) => ({
      ...{ start, end, kind: 'person', name: reading.quote({ start, end }), ids: persons },
      ...{ isGuess: false, isSelf: false, isMention: false },
    }));
}

/** The person behind a word such as 主持人, as a name. */
export function pickPersonBy(reading: Reading, word: RegExp): Picked<string> {
  const { text } = reading.plain;
  const found = reading
    .of('person')
    .filter(
      ({ start, end, isSelf }) =>
        !isSelf &&
        (new RegExp(`(?:${word.source})(?:人|者)?\\s*[:是为]?\\s*$`, 'u').test(text.slice(0, start)) ||
          new RegExp(`^ *(?:同志)?(?:${word.source})`, 'u').test(text.slice(end))),
    );
  const [person] = found;
  return person && found.length === 1 ? one(person.name, person) : NONE;
}

/** Places that are neither addressed, nor where something is, nor who does it, nor a part of the topic: who knows whether they are meant. */
function placesSpokenOf(reading: Reading): PlaceSlot[] {
  const [topic] = reading.topics;
  const isInTopic = ({ start, end }: PlaceSlot) => topic !== undefined && topic.start <= start && end <= topic.end;
  return reading.of('place').filter((slot) => slot.role === 'mention' && slot.places.length > 0 && !isInTopic(slot));
}

function fromMentions(mentioned: PersonSlot[]): Picked<Addressed> {
  if (mentioned.length === 0) return NONE;
  if (mentioned.some(({ ids }) => ids.length !== 1)) return unclear('unknown', mentioned);
  const audience: Audience = {
    places: [],
    persons: mentioned.flatMap(({ ids }) => ids),
    except: { places: [], persons: [] },
    politics: [],
    kinds: [],
    offices: [],
    withBelow: true,
  };
  return one({ audience, isPlaceImplied: false }, ...mentioned);
}

function best(slots: AudienceSlot[]): AudienceSlot[] {
  const rank = Math.max(...slots.map((slot) => slot.rank));
  return slots.filter((slot) => slot.rank === rank);
}

/** Whom an addressee narrows a place to, for comparison. */
function limitOf(slot?: AudienceSlot): string {
  const { politics = [], kinds = [], offices = [] } = slot?.audience ?? {};
  return JSON.stringify([politics, kinds, offices]);
}

function isSamePlaces(a: AudienceSlot, b: AudienceSlot): boolean {
  const isIn = (place: Place, { audience }: AudienceSlot) => audience.places.some((other) => isSame(other, place));
  const isSamePeople = a.audience.persons.join() === b.audience.persons.join();
  return (
    isSamePeople &&
    a.audience.places.every((place) => isIn(place, b)) &&
    b.audience.places.every((place) => isIn(place, a))
  );
}

function audienceAt(place: Place): Addressed {
  return {
    isPlaceImplied: false,
    audience: {
      places: [place],
      persons: [],
      except: { places: [], persons: [] },
      politics: [],
      kinds: [],
      offices: [],
      withBelow: true,
    },
  };
}
