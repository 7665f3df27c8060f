/**
 * Finds the deadline in a Chinese sentence.
 *
 * An own grammar, not a layer over a date library: the one library for Chinese (chrono-node, zh.hans) has no rule for half of
 * what people at work write (月底, 三天内, 国庆节前) and is silently wrong about more (明早9点, 下下周一), so each of its results
 * would have to be checked against rules like these anyway.
 */
import { type DatePhrase, endOf, findPhrases, TIME_AFTER, toInstant } from './date-matches.ts';
import type { DateContext } from './date-phrases.ts';
import type { Viewpoint } from './format.ts';
import { END_OF_WORK, readTime } from './time-phrases.ts';

/** A deadline and where it stands: `text` is what was typed from `start` to `end`, the 前 and 截止 around it included. */
export type Deadline = { at: Date; text: string; start: number; end: number };

type Candidate = Omit<Deadline, 'text'> & { isMarked: boolean };

const WEEK_NOTE = /\s*[（(]?\s*(?:[本这]|下{1,2})?(?:周|星期|礼拜)[一二三四五六日天]\s*(?:[,，]\s*[今明]天)?\s*[)）]?/y;
const MARK_AFTER = /\s*[)）]?\s*(?:之前|以前|前(?![往去来夕期线台])|为止|截?止|之内|以内|内)/y;
const MARK_BEFORE = /(?:截止(?:时间|日期)?|截至|最迟|最晚)\s*[:：]?\s*[到至于在为]?\s*$/;
const RANGE = /^\s*[至到~(-]\s*$/;

/**
 * The deadline that `text` names, or undefined when it names none, or only a date that does not exist.
 *
 * Of several dates the one marked as a deadline (…前, 截止…) is meant, else the first that lies ahead; of a range its end. Dates
 * in a 《title》 or an address are none. A date without a time means 18:00; weeks begin on Monday; 周五前 includes Friday.
 * What recurs (周五, 5号, 月底, 18:00) is taken forward. The result lies in the past only if the phrase itself names the past
 * (2020年1月1日, 今天8:00, 本周一, or a month and day of the last ninety days): the caller refuses that.
 * Never throws; the time it takes grows with the length of the text.
 */
export function parseDeadline(text: string, { now, calendar }: Viewpoint): Deadline | undefined {
  const plain = normalise(text);
  const candidates: Candidate[] = [];
  let coveredTo = 0;
  for (const phrase of findPhrases(plain)) {
    if (phrase.start < coveredTo) continue;
    const previous = candidates.at(-1);
    const isRangeEnd = previous?.end === coveredTo && RANGE.test(plain.slice(previous.end, phrase.start).slice(0, 9));
    const candidate = readPhrase(plain, phrase, { now, from: isRangeEnd ? previous.at : now, calendar });
    coveredTo = Math.max(candidate.end, phrase.end);
    if (!candidate.at) continue;
    if (isRangeEnd) candidates.pop();
    const start = isRangeEnd ? previous.start : candidate.start;
    candidates.push({
      ...candidate,
      at: candidate.at,
      start,
      isMarked: candidate.isMarked || (isRangeEnd && previous.isMarked),
    });
  }
  const chosen = candidates.find((one) => one.isMarked) ?? candidates.find((one) => one.at > now) ?? candidates[0];
  return chosen && { at: chosen.at, text: text.slice(chosen.start, chosen.end), start: chosen.start, end: chosen.end };
}

/** The text with every character in its place, so that positions stay: half-width, and blank where no deadline can stand. */
function normalise(text: string): string {
  return text
    .replace(/[０-９Ａ-Ｚａ-ｚ：．／－（）～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[–—]/g, '-')
    .replace(/《[^《》]*》|https?:\/\/[!-~]+/g, (blank) => '\u0000'.repeat(blank.length));
}

/** Reads the time and the marks around a date phrase. `at` is absent when there is no such date or time. */
function readPhrase(plain: string, phrase: DatePhrase, context: DateContext) {
  const noteEnd = phrase.end > phrase.start ? (endOf(WEEK_NOTE, plain, phrase.end) ?? phrase.end) : phrase.end;
  TIME_AFTER.lastIndex = noteEnd;
  const timeMatch = TIME_AFTER.exec(plain);
  const dateEnd = timeMatch ? TIME_AFTER.lastIndex : noteEnd;
  const time = timeMatch?.groups?.time ? readTime(timeMatch.groups.time) : END_OF_WORK;
  const markEnd = endOf(MARK_AFTER, plain, dateEnd);
  const lead = MARK_BEFORE.exec(plain.slice(Math.max(0, phrase.start - 12), phrase.start));
  return {
    at: time && toInstant(phrase.resolve(context), time, context),
    start: phrase.start - (lead?.[0].length ?? 0),
    end: markEnd ?? dateEnd,
    isMarked: markEnd !== undefined || lead !== null,
  };
}
