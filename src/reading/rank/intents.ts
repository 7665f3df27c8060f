/** What people want, as data: a feature declares how its wishes sound, and nothing else decides what is heard. */
import { readFileSync } from 'node:fs';
import type { SlotKind } from '../slots.ts';

/**
 * One thing a person can want. Cues are matched on the text as `view.ts` shows it, where a date is Ⓓ, an addressee Ⓤ, a person Ⓟ and
 * so on; each counts once, with its weight, which may be negative. `likes` are slots that speak for it, `past` a
 * date that has been. `examples` and `sentences` are how people say it, from which the ranker learns; `withSentences` reads the latter.
 */
export type Intent = {
  name: string;
  /** Words that mean it by themselves at the beginning of a text. */
  words?: string[];
  cues: [said: RegExp, weight: number][];
  likes?: Partial<Record<SlotKind | 'past', number>>;
  examples: string[];
  sentences?: string[];
  /** Wished only while a draft of one of these lies open; where it `goesFirst`, it is what is meant then before anything as likely. */
  during?: string[];
  goesFirst?: boolean;
};

/**
 * The wishes of a feature with the sentences of `sentences.txt`, which lies beside the module `here`: one a line under `# name of the
 * wish`, ␤ for a line break. Throws for a wish that is not among them.
 */
export function withSentences(here: string, intents: Intent[]): Intent[] {
  const byWish = new Map<string, string[]>(intents.map(({ name }) => [name, []]));
  let wish = '';
  for (const line of readFileSync(new URL('sentences.txt', here), 'utf8').split('\n')) {
    const heading = /^# (\S+)$/.exec(line)?.[1];
    if (heading && !byWish.has(heading)) throw new Error(`sentences.txt: no wish is called ${heading}`);
    if (heading) wish = heading;
    else if (line) byWish.get(wish)?.push(line.replaceAll('␤', '\n'));
  }
  return intents.map((intent) => ({ ...intent, sentences: byWish.get(intent.name) ?? [] }));
}

/** An intent with its score; `cues` are the spans that spoke for it. */
export type Heard = { name: string; score: number };

/** `sure`: the first is meant. `likely`: one of the first two is. `unknown`: nothing is near enough. */
export type Ranking = { is: 'sure' | 'likely' | 'unknown'; ranked: Heard[] };
