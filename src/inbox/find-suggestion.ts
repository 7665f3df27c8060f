/** What to say to a text that was not understood: the nearest thing the person could have meant. */
import { pinyin } from 'pinyin-pro';
import { mayAnywhere } from '../people/permissions.ts';
import type { Person } from '../people/person.ts';
import type { Registry } from './registry.ts';

/** Below this likeness a guess would only puzzle. */
const LIKE_ENOUGH = 0.34;

/** A sentence that offers the command whose name sounds most like the text, among those the person may use. */
export function findSuggestion(registry: Registry, who: Person, text: string): string {
  const typed = syllables(text.slice(0, 40));
  let best: { likeness: number; word: string; does: string; example: string } | undefined;
  for (const command of registry.features.flatMap((feature) => Object.values(feature.commands ?? {}))) {
    if (!mayAnywhere(who, command.action)) continue;
    for (const word of command.words) {
      const likeness = overlap(typed, syllables(word));
      if (likeness >= LIKE_ENOUGH && likeness > (best?.likeness ?? 0))
        best = { likeness, word: command.words[0], ...command.help };
    }
  }
  if (!best) return '没有听懂这句话。发送“帮助”可以看到您能办的事。';
  return `没有听懂这句话。您想要的也许是“${best.word}”（${best.does}），可以这样说：${best.example}。发送“帮助”可以看到全部。`;
}

/** Syllables without tones, so that a wrong character with the right sound still counts. */
function syllables(text: string): Set<string> {
  return new Set(
    pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).map((syllable) => syllable.toLowerCase()),
  );
}

/** How much of the word is in the text, a little less for each syllable that is not the word's. */
function overlap(typed: Set<string>, word: Set<string>): number {
  const shared = [...word].filter((syllable) => typed.has(syllable)).length;
  return shared / (word.size + 0.1 * Math.max(0, typed.size - word.size));
}
