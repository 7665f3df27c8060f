/** Leave and duty: what is the same, new, changed, overlapping, or ended early. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideDuty, decideLeave, endLeave, objectToSpan, type Span } from '../../../src/features/leave/rules.ts';

const span = (text: string): Span => {
  const [firstDay = '', lastDay = ''] = text.split(' ');
  return { firstDay: `2026-11-${firstDay}`, lastDay: `2026-11-${lastDay}` };
};

describe('leave', () => {
  it.each([
    [[], '24 28', 'added'],
    [['24 28'], '24 28', 'same'],
    [['24 28'], '24 26', 'changed'],
    [['24 28'], '24 30', 'changed'],
    [['24 28'], '29 30', 'added'],
    [['24 28'], '28 30', 'overlap'],
    [['24 28'], '20 24', 'overlap'],
    [['24 28'], '25 26', 'overlap'],
    [['24 25', '27 28'], '24 27', 'overlap'],
    [['24 28', '26 27'], '26 27', 'same'],
  ])('known %j, said %s: %s', (known, said, is) => {
    expect(decideLeave(known.map(span), span(said)).is).toBe(is);
  });

  it('never overlaps, however it is said, and said again it is the same', () => {
    const day = fc.integer({ min: 10, max: 30 });
    fc.assert(
      fc.property(fc.array(fc.tuple(day, day), { maxLength: 12 }), (said) => {
        let known: Span[] = [];
        for (const [one, other] of said) {
          const wanted = span(`${Math.min(one, other)} ${Math.max(one, other)}`);
          const { is } = decideLeave(known, wanted);
          if (is === 'overlap') continue;
          known = [...known.filter(({ firstDay }) => firstDay !== wanted.firstDay), wanted];
          expect(decideLeave(known, wanted).is).toBe('same');
        }
        const days = known.flatMap(({ firstDay, lastDay }) =>
          Array.from(
            { length: Number(lastDay.slice(8)) - Number(firstDay.slice(8)) + 1 },
            (_, i) => Number(firstDay.slice(8)) + i,
          ),
        );
        expect(new Set(days).size).toBe(days.length);
      }),
    );
  });

  it.each([
    ['24 28', 26, { firstDay: '2026-11-24', lastDay: '2026-11-25' }],
    ['24 28', 24, { firstDay: '2026-11-24', lastDay: null }],
    ['24 28', 20, { firstDay: '2026-11-24', lastDay: null }],
    ['24 28', 29, undefined],
  ])('%s, back on the %i', (known, day, end) => {
    expect(endLeave([span(known)], `2026-11-${day}`)).toEqual(end);
  });

  it('has its days in order, and not too many', () => {
    expect(objectToSpan(span('28 24'))).toContain('早于');
    expect(objectToSpan({ firstDay: '2026-01-01', lastDay: '2028-01-01' })).toContain('最多');
    expect(objectToSpan(span('24 24'))).toBeUndefined();
  });
});

it.each([
  [undefined, null, false, 'added'],
  [undefined, null, true, 'same'],
  ['08:00', '08:00', false, 'same'],
  ['08:00', '20:00', false, 'changed'],
  [null, '08:00', false, 'changed'],
  ['08:00', '08:00', true, 'changed'],
] as const)('duty known %s, said %s, called off %s: %s', (known, said, isCancelled, is) => {
  const times = (startsAt: string | null) => ({ startsAt, endsAt: null });
  expect(decideDuty(known === undefined ? undefined : times(known), { ...times(said), isCancelled })).toBe(is);
});
