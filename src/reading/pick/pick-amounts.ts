/** Picks the numbers that a feature's fields ask for. */

import type { Reading } from '../reading.ts';
import type { ItemSlot, NumberSlot } from '../slots.ts';
import { NONE, one, type Picked, unclear } from './picked.ts';

/** How many questions: 共20题 before the parts it is made of; 各10道 of the topics named before it. */
export function pickQuestionCount(reading: Reading, topicTerm: string): Picked<number> {
  // 答对8题及格 is a pass mark.
  const found = reading
    .of('number')
    .filter(
      ({ unit, before, after }) =>
        unit === '道' && !/答?对$/u.test(before) && !/^(?:以上)?(?:及格|合格|为?过关)/u.test(after),
    );
  // 改成15道，10道太少: the new one.
  const total = found.filter(({ before }) => /共|总计|合计|题数|题量|[改换](?:成|为|到)$/.test(before));
  const [number, ...more] = total.length > 0 ? total : found;
  if (!number) return NONE;
  if (more.some(({ value }) => value !== number.value))
    return unclear(
      'several',
      found,
      found.map(({ value }) => value),
    );
  if (!/各$/.test(number.before)) return one(number.value, ...found);
  const topics = reading.of('term').filter((term) => term.of === topicTerm && term.end <= number.start);
  return topics.length > 1 ? one(number.value * topics.length, ...found) : unclear('not-simple', found, [number.value]);
}

/** How many were there: 实到 before 应到; not who was away. */
export function pickAttendees(reading: Reading): Picked<number> {
  // 22名党员, 8个人
  const found = reading
    .of('number')
    .filter(
      ({ unit, before, after }) =>
        unit === '人' ||
        (/^[名个]$/u.test(unit) &&
          (/^(?:人|党员|同志|民警|辅警|干警)/u.test(after) ||
            /(?:实到|应到|到会|参会|出席|请假|缺席)(?:会?党员)?$/u.test(before))),
    );
  const isAbout = (words: RegExp) => (number: NumberSlot) => words.test(number.before) || words.test(number.after);
  const there = found
    .filter(
      (number) =>
        /(?:实到|实际到会|到会|参加|参会|出席|到场|人数|参与)(?:人数)?\s*(?:为|是|:)?$/.test(number.before) ||
        /^(?:人|党员|同志|民警|辅警|干警)?(?:参加|参会|到会|出席|到场|参与)/.test(number.after),
    )
    .filter(({ before }) => !/应/.test(before.slice(-4)));
  const rest = found.filter((number) => !isAbout(/应到|应参加|请假|值班|缺席|未到|缺|列席|出差|休假/)(number));
  const [number, ...more] = there.length > 0 ? there : rest;
  if (!number) return NONE;
  if (more.some(({ value }) => value !== number.value))
    return unclear(
      'several',
      [number, ...more],
      [number, ...more].map(({ value }) => value),
    );
  return one(number.value, number);
}

/** How long an answer may take, in minutes. */
export function pickMinutes(reading: Reading): Picked<number> {
  const found = reading.of('duration').filter(({ minutes }) => minutes !== undefined);
  const values = [...new Set(found.flatMap(({ minutes }) => minutes ?? []))];
  if (values.length > 1) return unclear('several', found, values);
  const [value] = values;
  return value === undefined ? NONE : one(value, ...found);
}

/** The pass mark in points of a hundred, which are per cent. */
export function pickPass(reading: Reading): Picked<number> {
  const found = reading.of('score');
  const [score, ...more] = found;
  const unknown = reading.residue.filter(({ text }) =>
    /(?<!满)(?:\d{2,3}|[二三四五六七八九]十|[一二三四五六七八九十百]{2,3})分(?![钟之])/u.test(text),
  );
  if (!score) return unknown.length > 0 ? unclear('unknown', unknown) : NONE;
  if (more.some(({ value }) => value !== score.value))
    return unclear(
      'several',
      found,
      found.map(({ value }) => value),
    );
  return one(score.value, ...found);
}

/** The temperature that is said, in whole degrees or with one decimal. */
export function pickDegrees(reading: Reading): Picked<number> {
  const found = reading.of('number').filter(({ unit }) => unit === '度');
  const [number, ...more] = found;
  if (!number) return NONE;
  return more.length > 0
    ? unclear(
        'several',
        found,
        found.map(({ value }) => value),
      )
    : one(number.value, number);
}

/** The goods, which are a question where the text says them in all and each is asked for, or the other way round. */
export function pickItems(reading: Reading, per: 'each' | 'total'): Picked<ItemSlot[]> {
  const found = reading.of('item');
  if (found.length === 0) return NONE;
  const other = per === 'each' ? 'total' : 'each';
  const isOther =
    found.some((item) => item.per === other) || (per === 'each' && found.every((item) => item.per === 'unsaid'));
  return isOther ? unclear('not-simple', found, [found]) : one(found, ...found);
}

/** The day of each month, 31 for its last. Quarters, weeks and several days are a question. */
export function pickDayOfMonth(reading: Reading): Picked<number> {
  const found = reading.of('recurrence');
  const [first, ...more] = found;
  if (!first) return NONE;
  const [day] = first.days;
  if (more.length > 0 || !first.isSimple || day === undefined)
    return unclear(
      'not-simple',
      found,
      found.flatMap(({ days }) => days),
    );
  return one(day, first);
}

/** How many days before it comes a reminder is wanted. */
export function pickLead(reading: Reading): Picked<number> {
  const [lead, ...more] = reading.of('lead');
  return lead && more.length === 0 ? one(lead.days, lead) : NONE;
}
