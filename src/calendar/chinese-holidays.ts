/** What is known of Chinese public holidays: the arrangements published year by year, and the statute they rest on. */
import { LunarDay, SolarDay, SolarTerm } from 'tyme4ts';
import type { Day } from './calendar.ts';

/** A holiday or make-up workday of the State Council's yearly arrangement (国务院办公厅关于部分节假日安排的通知), or nothing. */
export function findPublishedDay(day: Day): { isWorkday: boolean } | undefined {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const holiday = SolarDay.fromYmd(year, month, date).getLegalHoliday();
  return holiday ? { isWorkday: holiday.isWork() } : undefined;
}

/** Whether the year's arrangement is known. Every arrangement names the National Day, so that one day tells. */
export function isPublished(year: number): boolean {
  return findPublishedDay(`${year}-10-01`) !== undefined;
}

/**
 * Whether the statute itself makes the day a holiday for everybody: 《全国年节及纪念日放假办法》 (国务院令第795号, in force
 * 2025-01-01), article 2. Article 6 moves a holiday that falls on a weekend to some workday, but only the yearly
 * arrangement says to which, so that is left out.
 */
export function isStatutoryHoliday(day: Day): boolean {
  const year = Number(day.slice(0, 4));
  return Object.values(statutoryHolidays(year)).some((days) => days.includes(day));
}

/** The statutory holidays of a year by their short names, each with its days in order (article 2, items 1 to 7). */
export function statutoryHolidays(year: number): Record<HolidayName, [Day, ...Day[]]> {
  const known = holidaysByYear.get(year);
  if (known) return known;
  const newYear = LunarDay.fromYmd(year, 1, 1).getSolarDay();
  const holidays: Record<HolidayName, [Day, ...Day[]]> = {
    元旦: [`${year}-01-01`],
    // New Year's Eve and the first three days of the lunar year.
    春节: [toDay(newYear.next(-1)), toDay(newYear), toDay(newYear.next(1)), toDay(newYear.next(2))],
    清明: [toDay(SolarTerm.fromName(year, '清明').getSolarDay())],
    劳动: [`${year}-05-01`, `${year}-05-02`],
    端午: [toDay(LunarDay.fromYmd(year, 5, 5).getSolarDay())],
    中秋: [toDay(LunarDay.fromYmd(year, 8, 15).getSolarDay())],
    国庆: [`${year}-10-01`, `${year}-10-02`, `${year}-10-03`],
  };
  holidaysByYear.set(year, holidays);
  return holidays;
}

/** A statutory holiday without 节. */
export type HolidayName = '元旦' | '春节' | '清明' | '劳动' | '端午' | '中秋' | '国庆';

const holidaysByYear = new Map<number, Record<HolidayName, [Day, ...Day[]]>>();

function toDay(solar: SolarDay): Day {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(solar.getYear()).padStart(4, '0')}-${two(solar.getMonth())}-${two(solar.getDay())}`;
}
