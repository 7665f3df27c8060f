/** Finds where the date phrases of a text stand, and makes instants of what they mean. */
import { DATE_RULES, type DateContext, type DateRule, type Meaning } from './date-phrases.ts';
import { TIME, type TimeOfDay } from './time-phrases.ts';

/** A date phrase from `start` up to `end`; empty where only a time of day stands. */
export type DatePhrase = { start: number; end: number; resolve: (context: DateContext) => Meaning };

/** A time of day directly after a date; sticky. */
export const TIME_AFTER = new RegExp(String.raw`[\s,，的)）]{0,3}(?<time>${TIME})`, 'y');

/** A text with more dates than this is no request; reading on would only cost time. */
const MAX_PHRASES = 100;

/** All matches of all rules, in the order of the text, the longer first where two begin together. */
export function findPhrases(plain: string, rules: DateRule[] = DATE_RULES): DatePhrase[] {
  const phrases = rules.flatMap(({ pattern, resolve }) =>
    Array.from(plain.matchAll(pattern), (match): DatePhrase => {
      const end = match.index + match[0].length;
      return { start: match.index, end, resolve: (context) => resolve(match.groups ?? {}, context) };
    }),
  );
  return phrases.sort((a, b) => a.start - b.start || b.end - a.end).slice(0, MAX_PHRASES);
}

/** The first instant that lies ahead among what a phrase means with this time of day, else the first of all. */
export function toInstant(
  meaning: Meaning,
  { time, dayShift }: TimeOfDay,
  { from, calendar }: DateContext,
): Date | undefined {
  if (meaning instanceof Date) return meaning;
  const instants = meaning.map((day) => calendar.at(calendar.addDays(day, dayShift), time));
  return instants.find((instant) => instant > from) ?? instants[0];
}

/** Where a sticky pattern that matches at `from` ends. */
export function endOf(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
