/** The room's front door: makes a reader of one tenant's texts. */
import type { Calendar } from '../calendar/calendar.ts';
import { parsePeriod } from '../calendar/parse-period.ts';
import { account, listUnused } from './account.ts';
import { findAmounts } from './find/find-amounts.ts';
import { findAudiences } from './find/find-audiences.ts';
import { findItems } from './find/find-items.ts';
import { findParts } from './find/find-parts.ts';
import { findPeople, namePeople } from './find/find-people.ts';
import { findPlaces } from './find/find-places.ts';
import { findRecurrences } from './find/find-recurrences.ts';
import { findStockNotes } from './find/find-stock-notes.ts';
import { findTopics, LEFTOVER } from './find/find-topic.ts';
import { findWhen } from './find/find-when.ts';
import { findWho } from './find/find-who.ts';
import { repairSlips } from './find/repair-slips.ts';
import type { Context, Lexicon, Term } from './lexicon.ts';
import { namePlaces } from './names/place-names.ts';
import { relate } from './names/relations.ts';
import { normalise, type Plain } from './normalise.ts';
import type { Intent } from './rank/intents.ts';
import { createRanker, type Ranker } from './rank/rank-intents.ts';
import { viewOf } from './rank/view.ts';
import type { Reading } from './reading.ts';
import type { Said } from './said.ts';
import { createSheet, matches, type Sheet, TAKEN } from './sheet.ts';
import type { Slot } from './slots.ts';

/** Reads one text. Pure, and quick enough to be called while somebody waits: some milliseconds for some hundred characters. */
export type ReadText = (said: Said, context: Context) => Reading;

/** A longer text is read as far as this, so whoever reads for a person refuses it. */
export const LONGEST_TEXT = 4000;
const TITLE = /《(?:[^《》]|《[^《》]*》)*》/gu;
const ADDRESS = /(?:https?:\/\/|www\.)[!-~]+/giu;
const NOBODY: Lexicon = { units: [], branches: [], people: [] };

/** Learns the intents of all features from their cues and examples: once, at the start. `terms` are the words features lend the reader. */
export function learnIntents(intents: Intent[], terms: Term[], calendar: Calendar): Ranker {
  const find = createFinder({ ...NOBODY, terms });
  const context = { now: calendar.at('2026-01-05', '09:00'), calendar, writer: { id: '', unitId: null, branchId: '' } };
  // An example says Ⓟ for a name and Ⓤ for a unit, since names differ from tenant to tenant.
  return createRanker(intents, (example) =>
    example
      .split(/([Ⓐ-Ⓩ]+)/u)
      .map((piece, index) => {
        const plain = normalise({ text: piece });
        return index % 2 === 1 ? piece : viewOf(plain.text, find(plain, context).slots);
      })
      .join(''),
  );
}

/** A reader over the names in `lexicon`; make a new one when these change. */
export function createReader(lexicon: Lexicon, ranker: Ranker): ReadText {
  const find = createFinder(lexicon);
  return (said, context) => {
    const plain = normalise(
      said.text.length > LONGEST_TEXT ? { ...said, text: said.text.slice(0, LONGEST_TEXT) } : said,
    );
    const command = ranker.commandOf(plain.text);
    const { sheet, slots, parts } = find(plain, context, command?.end);
    const view = viewOf(sheet.text, slots);
    const intents = ranker.rank(view, kindsOf(slots, context.now), context.pending, command?.word);
    const [first] = intents.ranked;
    const cues = first && intents.is !== 'unknown' ? ranker.cues(view, first.name) : [];
    const topics = findTopics(sheet, slots);
    const [topic] = topics;
    const { pieces, residue } = account(plain, slots, parts, cues, topic && topic.score > LEFTOVER ? topic : undefined);
    return {
      plain,
      slots,
      parts,
      topics,
      intents,
      pieces,
      residue,
      of: (kind) => slots.filter((slot): slot is Extract<Slot, { kind: typeof kind }> => slot.kind === kind),
      quote: ({ start, end }) => quoteOf(plain, start, end),
      unused: (used) => listUnused(plain, slots, residue, used),
    };
  };
}

/** The kinds of the slots, and `past` where every date that is said has been. */
function kindsOf(slots: Slot[], now: Date): Set<string> {
  const dates = slots.flatMap((slot) => (slot.kind === 'when' && slot.role !== 'background' ? slot.moments : []));
  const isPast = dates.length > 0 && dates.every(({ at }) => at < now);
  return new Set([...slots.map(({ kind }) => kind), ...(isPast ? ['past'] : [])]);
}

function quoteOf({ origin, original }: Plain, start: number, end: number): string {
  const from = origin[start]?.[0];
  const to = origin[end - 1]?.[1];
  return from === undefined || to === undefined ? '' : original.slice(from, to);
}

/** The finders in the order in which they may claim: names before numbers, since 一大队 holds one, and dates before amounts. */
function createFinder(lexicon: Lexicon) {
  const places = namePlaces(lexicon);
  const people = namePeople(lexicon);
  const relations = relate(lexicon);
  const terms = lexicon.terms ?? [];
  const goods = terms.filter((term) => term.of === 'item').map(({ said }) => said);

  /** What stands before `from` is a command's word, and the text is read as if it began there. */
  return (plain: Plain, context: Context, from = 0) => {
    const { writer } = context;
    const mended = repairSlips(plain.text);
    const sheet = createSheet(`${' '.repeat(from)}${mended.slice(from)}`);
    const slots: Slot[] = [];
    findLinks(sheet, plain, slots);
    for (const { start, end, text } of matches(sheet, TITLE))
      if (sheet.claim({ start, end })) slots.push({ start, end, kind: 'title', text });
    const parts = findParts(sheet);
    if (from > 0) parts.push({ start: 0, end: from, part: 'command' });
    slots.push(...findRecurrences(sheet), ...findStockNotes(sheet));
    const named = [...findPeople(sheet, plain, people, relations, writer)];
    findTerms(
      sheet,
      terms.filter(({ of, yields }) => of !== 'item' && !yields),
      slots,
    );
    const atoms = [...named, ...findPlaces(sheet, places, relations, writer), ...findWho(sheet)];
    slots.push(...findWhen(sheet, context));
    slots.push(...findAudiences(sheetWithDates(sheet, slots), atoms, lexicon, relations));
    slots.push(...findItems(sheet, goods, mended), ...findAmounts(sheet));
    findPeriods(sheet, context, slots);
    findTerms(
      sheet,
      terms.filter(({ of, yields }) => of === 'item' || yields),
      slots,
    );
    return { sheet, slots: slots.sort((a, b) => a.start - b.start), parts };
  };
}

/** The text with dates taken out: what stands behind an addressee is then 请 or a date, whatever the date. */
function sheetWithDates({ text }: Sheet, slots: Slot[]): string {
  const out = text.split('');
  for (const { kind, start, end } of slots) if (kind === 'when') out.fill(TAKEN, start, end);
  return out.join('');
}

function findLinks(sheet: Sheet, plain: Plain, slots: Slot[]): void {
  for (const { start, text } of matches(sheet, ADDRESS)) {
    const href = trimAddress(text);
    const span = { start, end: start + href.length };
    if (sheet.claim(span)) slots.push({ ...span, kind: 'link', href });
  }
  for (const { at, href } of plain.links) slots.push({ start: at, end: at, kind: 'link', href });
}

/** The address without the full stop or bracket of the sentence it stands in. */
function trimAddress(text: string): string {
  let href = text.replace(/[.,;:!?'"”]+$/u, '');
  while (/[)\]]$/.test(href) && count(href, /[)\]]/g) > count(href, /[([]/g))
    href = href.slice(0, -1).replace(/[.,;:!?'"]+$/u, '');
  return href;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function findTerms(sheet: Sheet, terms: Term[], slots: Slot[]): void {
  const found = terms.flatMap(({ of, value, said, isForm = false }) =>
    matches(sheet, said).map(({ start, end }) => ({ start, end, kind: 'term' as const, of, value, isForm })),
  );
  // Of two that begin together the longer is meant.
  for (const slot of found.sort((a, b) => a.start - b.start || b.end - a.end)) if (sheet.claim(slot)) slots.push(slot);
}

function findPeriods(sheet: Sheet, { now, calendar }: Context, slots: Slot[]): void {
  for (const { start, text } of matches(sheet, new RegExp(`[^,。;!?\\n${TAKEN}]{2,40}`, 'gu'))) {
    const period = parsePeriod(text, { now, calendar });
    const at = period ? text.indexOf(period.said) : -1;
    if (!period || at < 0) continue;
    const span = { start: start + at, end: start + at + period.said.length };
    if (sheet.claim(span))
      slots.push({ ...span, kind: 'period', range: { firstDay: period.firstDay, lastDay: period.lastDay } });
  }
}
