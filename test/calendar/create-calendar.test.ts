/** The calendar: published and imported days, the statute where nothing is published, and arithmetic in any time zone. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { isStatutoryHoliday } from '../../src/calendar/chinese-holidays.ts';
import { addDays, createCalendar, weekdayOf } from '../../src/calendar/create-calendar.ts';

const calendar = createCalendar({ timeZone: 'Asia/Shanghai' });
const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const zones = ['Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Africa/Cairo', 'UTC'];
const zone = fc.constantFrom(...zones);

describe('workdays', () => {
  it.each([
    ['2026-02-14', true, 'make-up workday on a Saturday'],
    ['2026-02-16', false, 'New Year’s Eve on a Monday'],
    ['2026-09-20', true, 'make-up workday on a Sunday'],
    ['2026-10-05', false, 'National Day week'],
    ['2026-10-10', true, 'make-up workday'],
    ['2026-11-27', true, 'a Friday'],
    ['2026-11-28', false, 'a Saturday'],
  ])('%s worked: %s (%s)', (day, isWorkday) => {
    expect(calendar.isWorkday(day)).toBe(isWorkday);
  });

  it('finds the workdays around the National Day of 2026', () => {
    expect(calendar.workdayBefore('2026-10-01')).toBe('2026-09-30');
    expect(calendar.workdayAfter('2026-09-30')).toBe('2026-10-08');
    expect(calendar.workdayAfter('2026-10-09')).toBe('2026-10-10');
  });

  it('lets an imported day win, in both directions', () => {
    const imported = createCalendar({
      timeZone: 'Asia/Shanghai',
      overrides: [
        { day: '2026-11-28', isWorkday: true, name: '安保' },
        { day: '2026-11-27', isWorkday: false, name: '调休' },
      ],
    });
    expect(imported.isWorkday('2026-11-28')).toBe(true);
    expect(imported.isWorkday('2026-11-27')).toBe(false);
    expect(imported.workdayAfter('2026-11-26')).toBe('2026-11-28');
  });
});

describe('a year nobody has published', () => {
  // A year far enough for the next editions of the holiday data not to change the test.
  it('has the holidays of the statute', () => {
    const holidays = ['2049-01-01', '2049-05-02', '2049-10-03', ...['2049-02-01', '2049-02-02', '2049-02-04']];
    expect(holidays.filter((day) => !isStatutoryHoliday(day))).toEqual([]);
    expect(calendar.isWorkday('2049-10-01')).toBe(false);
    expect(isStatutoryHoliday('2049-02-05')).toBe(false);
    expect(calendar.isWorkday('2049-10-04')).toBe(true);
  });

  it('agrees with the published lunar holidays of 2025 and 2026', () => {
    const days = ['2025-01-28', '2025-01-31', '2025-04-04', '2025-05-31', '2025-10-06'];
    days.push('2026-02-16', '2026-02-19', '2026-04-05', '2026-06-19', '2026-09-25');
    expect(days.filter((day) => !isStatutoryHoliday(day))).toEqual([]);
  });

  it('is said to be unknown until a whole arrangement is imported', () => {
    const correction = { day: '2049-03-06', isWorkday: true, name: '安保' };
    const nationalDay = { day: '2049-10-01', isWorkday: false, name: '国庆节' };
    const knows = (...overrides: (typeof correction)[]) =>
      createCalendar({ timeZone: 'Asia/Shanghai', overrides }).knowsYear(2049);
    expect(calendar.knowsYear(2026)).toBe(true);
    expect(knows()).toBe(false);
    expect(knows(correction)).toBe(false);
    expect(knows(correction, nationalDay)).toBe(true);
  });

  it('still has the days that a neighbouring year’s arrangement reaches into', () => {
    expect(calendar.knowsYear(2001)).toBe(false);
    expect(calendar.isWorkday('2001-12-29')).toBe(true);
  });
});

describe('time zones', () => {
  const zoneAtStart = process.env.TZ;
  afterEach(() => {
    if (zoneAtStart === undefined) delete process.env.TZ;
    else process.env.TZ = zoneAtStart;
  });

  it('knows the day and time in Shanghai', () => {
    expect(calendar.dayOf(new Date('2026-11-26T16:00:00Z'))).toBe('2026-11-27');
    expect(calendar.dayOf(new Date('2026-11-26T15:59:59.999Z'))).toBe('2026-11-26');
    expect(calendar.at('2026-11-27', '18:00')).toEqual(new Date('2026-11-27T10:00:00Z'));
    expect(calendar.at('2026-11-27', '24:00')).toEqual(new Date('2026-11-27T16:00:00Z'));
    expect(calendar.timeOf(new Date('2026-11-27T10:00:59Z'))).toBe('18:00');
  });

  it('takes the moment after the jump for a time the clocks skip', () => {
    const newYork = createCalendar({ timeZone: 'America/New_York' });
    expect(newYork.at('2026-03-08', '02:30')).toEqual(new Date('2026-03-08T07:30:00Z'));
  });

  it('refuses what is no day or time', () => {
    expect(() => calendar.at('2026-13-01', '18:00')).toThrow(RangeError);
    expect(() => createCalendar({ timeZone: 'Mars/Olympus' })).toThrow(RangeError);
  });

  it('can be tested under another zone of the process', () => {
    const offsets = ['Asia/Kathmandu', 'America/New_York'].map((processZone) => {
      process.env.TZ = processZone;
      return new Date('2026-11-27T00:00:00Z').getTimezoneOffset();
    });
    expect(offsets).toEqual([-345, 300]);
  });

  it('gives the same answers whatever zone the process lives in', () => {
    fc.assert(
      fc.property(zone, zone, zone, instants, (timeZone, one, other, instant) => {
        const answers = [one, other].map((processZone) => {
          process.env.TZ = processZone;
          const here = createCalendar({ timeZone });
          const day = here.dayOf(instant);
          return [
            day,
            here.timeOf(instant),
            here.at(day, '18:00').getTime(),
            here.addDays(day, 40),
            here.isWorkday(day),
          ];
        });
        expect(answers[0]).toEqual(answers[1]);
      }),
    );
  });

  it('finds a day’s own times on that day', () => {
    fc.assert(
      fc.property(zone, instants, fc.nat(23), fc.nat(59), (timeZone, instant, hour, minute) => {
        const here = createCalendar({ timeZone });
        const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const day = here.dayOf(instant);
        const found = here.at(day, time);
        expect(here.dayOf(found)).toBe(day);
        expect(here.timeOf(found) >= time).toBe(true);
      }),
    );
  });

  it('walks days without losing or repeating one', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -2000, max: 2000 }), (instant, days) => {
        const day = calendar.dayOf(instant);
        const there = addDays(day, days);
        expect(addDays(there, -days)).toBe(day);
        expect(Math.abs((weekdayOf(there) - weekdayOf(day) - days) % 7)).toBe(0);
      }),
    );
  });
});

describe('workdays before and after', () => {
  it('are the nearest on their side', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const day = calendar.dayOf(instant);
        const after = calendar.workdayAfter(day);
        const before = calendar.workdayBefore(day);
        expect(before < day && day < after).toBe(true);
        expect(calendar.isWorkday(after) && calendar.isWorkday(before)).toBe(true);
        for (let between = addDays(before, 1); between < after; between = addDays(between, 1)) {
          if (between !== day) expect(calendar.isWorkday(between)).toBe(false);
        }
      }),
    );
  });
});
