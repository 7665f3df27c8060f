/** The text as intents see it: a letter in a circle for each character of a slot, so that what is said of it shows, not what it is. */
import type { Slot } from '../slots.ts';

/** NFKC makes plain letters of these, so no normalised text holds one. Terms show through: they are words that speak. */
function letterOf(slot: Slot): string | undefined {
  switch (slot.kind) {
    case 'when':
      return 'Ⓓ';
    case 'audience':
    case 'place':
      return 'Ⓤ';
    case 'person':
      return slot.isSelf ? undefined : 'Ⓟ';
    case 'item':
      return 'Ⓘ';
    case 'title':
      return 'Ⓣ';
    case 'link':
      return 'Ⓛ';
    case 'number':
      return { 道: 'Ⓠ', 人: 'Ⓜ', 度: 'Ⓒ' }[slot.unit] ?? 'Ⓝ';
    case 'duration':
      return 'Ⓗ';
    case 'recurrence':
      return 'Ⓡ';
    case 'expiry':
    case 'batch':
    case 'document':
      return 'Ⓔ';
    case 'period':
      return 'Ⓥ';
    case 'score':
      return 'Ⓢ';
    default:
      return undefined;
  }
}

/** The view, of the same length as the text. */
export function viewOf(text: string, slots: Slot[]): string {
  const out = text.split('');
  for (const slot of slots) {
    const letter = letterOf(slot);
    if (!letter) continue;
    out.fill(letter, slot.start, slot.end);
    // 藿香正气水坏了3盒: what is said of the goods shows.
    const { start, end } = (slot.kind === 'item' && slot.between) || { start: 0, end: 0 };
    for (let at = start; at < end; at += 1) out[at] = text.charAt(at);
  }
  return out.join('');
}
