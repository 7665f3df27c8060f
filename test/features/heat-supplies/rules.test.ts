/** Pure decisions: which batch goes first, what a level of heat is, which units are shown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../src/calendar/create-calendar.ts';
import { handout } from '../../../src/features/heat-supplies/handout/publication.ts';
import { compareStock, foldSmallUnits } from '../../../src/features/heat-supplies/rules.ts';
import { daysOfCover, takeFirst } from '../../../src/features/heat-supplies/stock/rules.ts';
import { explainLevel, levelOf } from '../../../src/features/heat-supplies/weather/heat-levels.ts';
import { isInSeason, levelOfReading, readAnswer } from '../../../src/features/heat-supplies/weather/rules.ts';
import { planReminders } from '../../../src/publication/rules.ts';

const level = (batchId: string, onHand: number, reserved = 0) => ({
  pointId: 'p',
  batchId,
  itemId: 'i',
  label: '',
  expiresOn: '9999-12-31',
  onHand,
  reserved,
});

it('takes the batch that expires first as far as it goes', () => {
  const levels = [level('a', 3, 2), level('b', 0), level('c', 5)];
  expect(takeFirst(levels, 3)?.map(({ level: { batchId }, quantity }) => [batchId, quantity])).toEqual([
    ['a', 1],
    ['c', 2],
  ]);
  expect(takeFirst(levels, 7)).toBeUndefined();
});

it('takes exactly what is asked, or nothing, whatever the batches', () => {
  const levels = fc.array(fc.tuple(fc.nat(20), fc.nat(20)).map(([a, b]) => level('x', a + b, b)));
  fc.assert(
    fc.property(levels, fc.integer({ min: 1, max: 60 }), (stock, quantity) => {
      const free = stock.reduce((sum, { onHand, reserved }) => sum + onHand - reserved, 0);
      const taken = takeFirst(stock, quantity);
      expect(taken === undefined).toBe(free < quantity);
      expect(taken?.reduce((sum, part) => sum + part.quantity, 0) ?? quantity).toBe(quantity);
      for (const part of taken ?? [])
        expect(part.quantity).toBeLessThanOrEqual(part.level.onHand - part.level.reserved);
    }),
  );
});

it.each([
  [349, undefined],
  [350, 35],
  [369, 35],
  [370, 37],
  [399, 37],
  [400, 40],
  [450, 40],
])('%i tenths of a degree are level %s', (tenths, expected) => expect(levelOf(tenths)).toBe(expected));

it('names the rule of every level as an analogy', () => {
  for (const one of [35, 37, 40])
    expect(explainLevel(one)).toMatch(/^参照《防暑降温措施管理办法》（安监总安健〔2012〕89号）第八条/);
});

describe('what a source says', () => {
  const today = '2026-07-06';
  const say = (tempMax: unknown, extra: object = {}) =>
    readAnswer(
      { source: 'service', answer: { daily: [{ fxDate: today, tempMax: tempMax as string }], ...extra } },
      today,
    );
  it.each([
    ['38', { maxTenths: 380, failure: null }],
    [36.5, { maxTenths: 365, failure: null }],
    ['380', { maxTenths: null, failure: 'implausible' }],
    ['很热', { maxTenths: null, failure: 'implausible' }],
    ['', { maxTenths: null, failure: 'missing' }],
    [undefined, { maxTenths: null, failure: 'missing' }],
  ])('%s', (tempMax, expected) => expect(say(tempMax)).toMatchObject(expected));
  it('says nothing of another day', () => {
    expect(
      readAnswer({ source: 'file', answer: { daily: [{ fxDate: '2026-07-05', tempMax: '39' }] } }, today).failure,
    ).toBe('missing');
  });
  it('is raised by an official alert, which stands without a temperature', () => {
    const alerts = [{ eventType: { name: '高温' }, color: { code: 'orange' }, headline: '市气象台发布高温橙色预警' }];
    expect(levelOfReading(say('36', { alerts }))).toBe(37);
    expect(say('', { alerts })).toMatchObject({ failure: null, alert: '市气象台发布高温橙色预警' });
    const cancelled = alerts.map((one) => ({ ...one, messageType: { code: 'cancel' } }));
    expect(levelOfReading(say('36', { alerts: cancelled }))).toBe(35);
  });
});

it.each([
  ['2026-05-31', 6, 9, false],
  ['2026-06-01', 6, 9, true],
  ['2026-09-30', 6, 9, true],
  ['2026-12-01', 11, 2, true],
  ['2026-03-01', 11, 2, false],
])('%s in the season %i to %i: %s', (day, from, until, expected) =>
  expect(isInSeason(day, { from, until })).toBe(expected),
);

it.each([
  [140, 70, 14],
  [139, 70, 13],
  [0, 70, 0],
  [100, 0, undefined],
])('%i in stock with %i in seven days lasts %s days', (available, issued, days) =>
  expect(daysOfCover(available, issued)).toBe(days),
);

it('says need and what is short, never below zero', () => {
  expect(compareStock(2, 40, 50)).toEqual({ need: 80, short: 30 });
  expect(compareStock(2, 40, 500)).toEqual({ need: 80, short: 0 });
});

it('never shows a group of fewer than five, nor lets one be worked out, and loses nobody', () => {
  const unit = fc.record({
    unit: fc.uuid(),
    people: fc.integer({ min: 1, max: 12 }),
    items: fc.record({ 水: fc.record({ confirmed: fc.nat(9), open: fc.nat(9) }) }),
  });
  fc.assert(
    fc.property(fc.array(unit), (units) => {
      const shown = foldSmallUnits(units);
      for (const { people } of shown) expect(people).toBeGreaterThanOrEqual(5);
      const sum = (list: { people: number }[]) => list.reduce((total, { people }) => total + people, 0);
      if (shown.length > 0) expect(sum(shown)).toBe(sum(units));
    }),
  );
});

it.each([
  ['a week, ending on a Tuesday', '2026-07-06T10:00', '2026-07-14T18:00', '2026-07-13T01:00:00.000Z'],
  ['ending on a Monday: the Friday before', '2026-07-06T10:00', '2026-07-13T18:00', '2026-07-10T01:00:00.000Z'],
  ['beginning on the day of the reminder', '2026-07-13T08:00', '2026-07-14T18:00', undefined],
  ['beginning and ending on one day', '2026-07-14T08:00', '2026-07-14T18:00', undefined],
])('reminds on the workday before the end: %s', (_what, opens, closes, expected) => {
  const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
  const at = (text: string) => new Date(`${text}:00+08:00`);
  const [reminder] = planReminders(at(opens), at(closes), calendar, handout.reminders);
  expect(reminder?.at.toISOString()).toBe(expected);
});
