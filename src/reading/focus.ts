/** Reads a text again in the light of advice: which wish it is, and which words say what. The values stay the reader's own. */
import type { Reading } from './reading.ts';
import type { Slot, SlotKind, SlotOf, WhenSlot } from './slots.ts';

/** What quoted words are there for. */
export const QUOTE_ROLES = ['topic', 'deadline', 'start', 'audience'] as const;
export type QuoteRole = (typeof QUOTE_ROLES)[number];

/** A wish by the name of its intent, and words of the normalised text with what they are there for. */
export type Advice = { wish: string; quotes: { role: QuoteRole; text: string }[] };

/** Above every addressee that the reader ranks by itself, and every topic. */
const SURE = 100;

/**
 * The reading with its wish settled. Dates, addressees and the topic that are quoted go before others; a date that only the reader took
 * for the deadline is one among others where another is quoted. What no feature then uses is owned up to as before.
 */
export function focus(reading: Reading, { wish, quotes }: Advice): Reading {
  const spans = quotes.flatMap(({ role, text }) => {
    const start = reading.plain.text.indexOf(text);
    return start < 0 ? [] : [{ role, start, end: start + text.length }];
  });
  const within = (role: QuoteRole) => spans.filter((span) => span.role === role);
  const isIn: IsQuoted = (slot, role) => within(role).some(({ start, end }) => start <= slot.start && slot.end <= end);
  const isDated = reading.of('when').some((slot) => isIn(slot, 'deadline'));
  const slots = reading.slots.map((slot) =>
    slot.kind === 'when' ? focusDate(slot, isIn, isDated) : isIn(slot, 'audience') ? address(slot) : slot,
  );
  return {
    ...reading,
    slots,
    topics: [...within('topic').map(({ start, end }) => ({ start, end, score: SURE })), ...reading.topics],
    intents: { is: 'sure', ranked: [{ name: wish, score: SURE }] },
    of: <K extends SlotKind>(kind: K) => slots.filter((slot): slot is SlotOf<K> => slot.kind === kind),
  };
}

type IsQuoted = (slot: Slot, role: QuoteRole) => boolean;

function focusDate(slot: WhenSlot, isIn: IsQuoted, isDated: boolean): WhenSlot {
  if (isIn(slot, 'deadline')) return { ...slot, role: 'deadline' };
  if (isIn(slot, 'start')) return { ...slot, role: 'start' };
  return slot.role === 'deadline' && isDated ? { ...slot, role: 'plain' } : slot;
}

/** An addressee, or a place that is spoken of, as the addressee. */
function address(slot: Slot): Slot {
  if (slot.kind === 'audience') return { ...slot, rank: slot.rank + SURE };
  if (slot.kind !== 'place' || slot.places.length === 0) return slot;
  const isOne = slot.places.length === 1;
  return {
    ...{ start: slot.start, end: slot.end, kind: 'audience', rank: SURE, isLimited: false, unclear: [] },
    choices: isOne ? [] : slot.places,
    audience: {
      ...{ places: isOne ? slot.places : [], persons: [], except: { places: [], persons: [] } },
      ...{ politics: [], kinds: [], offices: [], withBelow: true },
    },
  };
}
