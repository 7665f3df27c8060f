/** What every draft takes from a sentence: whom it is for, and its dates; and what a further sentence makes of it. */
import type { Moment } from '../calendar/find-moments.ts';
import type { PersonTurn, Typed, Viewpoint } from '../feature.ts';
import { type Audience, audience, type Place, wholeOf } from '../people/audience/audience.ts';
import type { Action } from '../people/permissions.ts';
import { type Listening, listen } from '../reading/listen.ts';
import { type Addressed, pickAudience } from '../reading/pick/pick-who.ts';
import type { Reading } from '../reading/reading.ts';
import type { Draft, Kind } from './contract.ts';

/** 再加上二大队, 二大队也参加: what is said comes to what was there. */
const ADDS = /加上|再加|加个|增加|补充|还有|也(?:要|参加|发|一起|算)/u;

/** 支队给每人准备了…, 支队政治处 below a notice. */
const DETACHMENT_SPEAKS = /支队(?!长|机关)/u;

/** Whether a further sentence adds to what a draft says, rather than saying something else in its place. */
export const isAdding = ({ text }: Typed): boolean => ADDS.test(text);

/** What a draft says after a sentence, and what of the sentence was not used. */
export async function readSentence<C>(
  kind: Kind<C>,
  turn: PersonTurn,
  typed: Typed,
  before: Draft<C>,
): Promise<Draft<C>> {
  const listening = listen(typed.reading);
  const said = await kind.hear(turn, typed, listening, before);
  const whom = before.audience
    ? changeAudience(before.audience, typed, listening)
    : takeAudience(turn, kind, typed.reading, listening);
  return { ...before, ...said, ...(whom && { audience: whom }), unused: listening.left() };
}

/** When what is said to begin then begins: in the morning where no time is said, and at once where that is past. */
export function beginningOf({ now, calendar }: Viewpoint, moment: Moment | undefined): Date | null {
  if (!moment) return null;
  const at = moment.time ? moment.at : calendar.at(moment.day, '08:00');
  return at > now || moment.time ? at : null;
}

/** The audience that is said, in its canonical form. Of what names no place and implies none, the words stay among those not used. */
function takeAudience<C>(
  turn: PersonTurn,
  { actions }: Kind<C>,
  reading: Reading,
  listening: Listening,
): Audience | null {
  const picked = pickAudience(reading);
  if (picked.is === 'one' && picked.value.isPlaceImplied) {
    const place = impliedPlace(turn, actions.publish, reading);
    const said = place && listening.take(picked);
    return said ? audience({ ...said.audience, places: [place] }) : null;
  }
  const said: Addressed | null = listening.take(picked);
  if (!said) return picked.is === 'none' ? takeOwnBranch(turn, reading, listening) : null;
  return audience(said.audience);
}

/**
 * Whose 全体民警 are, where no place is named: a secretary's of the own branch, a leader's of the own unit. Whoever addresses the whole
 * detachment means it where the text speaks for it (支队决定…); else nobody can know.
 */
function impliedPlace({ who, may }: PersonTurn, action: Action, { plain }: Reading): Place | undefined {
  if (may(action, 'detachment'))
    return DETACHMENT_SPEAKS.test(plain.text) ? { kind: 'detachment', id: null } : undefined;
  if (who.branchId !== null && may(action, { branchId: who.branchId })) return { kind: 'branch', id: who.branchId };
  if (who.unitId !== null && may(action, { unitIds: [who.unitId] })) return { kind: 'unit', id: who.unitId };
  return undefined;
}

/** 发布考试 本支部20道题: the own branch alone, where nobody else is spoken of, is its members. */
function takeOwnBranch({ who }: PersonTurn, reading: Reading, { use }: Listening): Audience | null {
  const [place, ...others] = reading.of('place');
  const [only, ...more] = place?.places ?? [];
  const isOwn = only?.kind === 'branch' && only.id === who.branchId && place?.role === 'mention';
  if (!place || !only || !isOwn || others.length + more.length > 0) return null;
  use(place);
  return wholeOf(only, 'members');
}

/** 改成全体党员, 再加上二大队, 除了张三: of the places and the people of a draft those that are said anew. */
function changeAudience(before: Audience, typed: Typed, listening: Listening): Audience | null {
  const { reading } = typed;
  const said = listening.take(pickAudience(reading))?.audience ?? takeNamed(reading, listening);
  if (!said) return null;
  const { places, persons, except, politics, kinds, offices } = said;
  const names = places.length + persons.length > 0;
  const saysWho = reading.of('audience').some(({ isLimited }) => isLimited);
  const isMore = isAdding(typed);
  return audience({
    ...before,
    ...(names && { places: isMore ? [...before.places, ...places] : places }),
    ...(names && { persons: isMore ? [...before.persons, ...persons] : persons }),
    // 改成全体人员 takes every limit away, 再加上二大队 none.
    ...(saysWho && { politics, kinds, offices }),
    except: {
      places: [...before.except.places, ...except.places],
      persons: [...before.except.persons, ...except.persons],
    },
  });
}

/** Places and people that are only named, without a word that addresses them. */
function takeNamed(reading: Reading, { use }: Listening): Audience | null {
  const places = reading.of('place').filter(({ role, places: [, ...more] }) => role === 'mention' && more.length === 0);
  const people = reading.of('person').filter(({ ids, isGuess, isSelf }) => ids.length === 1 && !isGuess && !isSelf);
  if (places.length + people.length === 0) return null;
  use(...places, ...people);
  return audience({ places: places.flatMap((one) => one.places), persons: people.flatMap(({ ids }) => ids) });
}
