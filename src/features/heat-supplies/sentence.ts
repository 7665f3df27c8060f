/** Reads the sentence that hands something out: whom, what, from when until when, where, each as far as it is said. */
import type { Viewpoint } from '../../calendar/format.ts';
import { parseDeadline } from '../../calendar/parse-deadline.ts';
import { type Audience, type NamedAudience, readAudience, withoutNames } from '../../people/audience.ts';
import { readItems } from './item-text.ts';
import { type HandoutKind, readKind } from './kinds.ts';
import type { Point } from './points.ts';
import { usualEnd } from './rules.ts';
import { findPoints } from './stock-text.ts';

/** What was understood; what is missing was not said, or not clearly. */
export type Understood = {
  kind?: HandoutKind;
  itemsText?: string;
  points?: string[];
  audience?: Audience;
  opensAt?: Date;
  closesAt?: Date;
};

/** Whether a sentence looks like one that hands something out: 给…每人发…. */
export function looksLikeHandout(text: string): boolean {
  return /^(请|麻烦|烦请)?(给|为|向|发放)/.test(text) && /每人|每名|各发/.test(text) && /发|领|配/.test(text);
}

/**
 * Reads a sentence such as 给一大队每人发藿香正气水2盒、矿泉水1箱，明天起到政治处领. A date before 起 is the beginning, another one the
 * end; who names no end means a week. Everybody of the unit or branch is meant unless 党员 is said.
 */
export function readSentence(
  text: string,
  { now, calendar }: Viewpoint,
  names: NamedAudience[],
  points: Point[],
  own: string | null,
): Understood {
  const [head = '', ...tail] = text.split(/每人|每名|各发/u);
  const items = tail.join('每人');
  const plain = withoutNames(
    points.reduce((left, { name }) => left.replaceAll(name, '　'), items || text),
    names,
  );
  const beginning = /^(.*?)(?:开始|起)/su.exec(plain)?.[1];
  const opens = beginning ? parseDeadline(lastClause(beginning), { now, calendar }) : undefined;
  const rest = opens && beginning ? plain.slice(beginning.length + 1) : plain;
  const opensAt = opens && startOfPickUp(opens.at, lastClause(beginning ?? ''), calendar);
  const closes = parseDeadline(rest, { now: opensAt ?? now, calendar });
  const audience = readAudience(head || text, names, own);
  const written = readItems(items);
  const named = findPoints(
    items || text,
    points.map(({ name }) => name),
  );
  const chosen =
    named.length > 0 ? points.filter(({ name }) => named.includes(name)) : points.length === 1 ? points : [];
  const closesAt = closes?.at ?? (written.length > 0 ? usualEnd(opensAt ?? now, calendar) : undefined);
  return {
    ...(written.length > 0 && {
      itemsText: written.map(({ name, quantity, unit }) => `${name}${quantity}${unit}`).join('、'),
    }),
    ...(text && { kind: readKind(text) }),
    ...(audience && { audience: { ...audience, who: /党员/.test(head) ? 'members' : 'everyone' } }),
    ...(chosen.length > 0 && { points: chosen.map(({ id }) => id) }),
    ...(opensAt && { opensAt }),
    ...(closesAt && { closesAt }),
  };
}

function lastClause(text: string): string {
  return text.split(/[，,。；;]/u).at(-1) ?? '';
}

/** A day without a time begins with the day's work, not with its end as a deadline does. */
function startOfPickUp(at: Date, said: string, calendar: Viewpoint['calendar']): Date {
  return /[:：点时]/.test(said) ? at : calendar.at(calendar.dayOf(at), '08:00');
}
