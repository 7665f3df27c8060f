/** Ranks what a text can want, by cues, by slots, and by how people say it. */

import type { Span } from '../normalise.ts';
import { learnExamples } from './closest-example.ts';
import type { Heard, Intent, Ranking } from './intents.ts';
import { learnWishes } from './learn-wishes.ts';

/** What likeness to how people say it can add at most: just too little to be sure by it alone. */
const LIKENESS_WEIGHT = 3.9;
/** A word that means an intent by itself, at the beginning of the text. */
const WORD_WEIGHT = 30;
/** Below `ENOUGH` nothing is understood; the first is sure from `CERTAIN` on when it is `MARGIN` before the second. */
const ENOUGH = 3;
const CERTAIN = 4;
const MARGIN = 1.5;
/** A text of so many characters is no question and no short order: a wish whose examples are all `SHORT` counts half in it. */
const LONG = 100;
const SHORT = 14;
/** What may stand behind a command's word. */
const BREAK = /^(?:$|[\s,。.:;!?、])/u;

export type Ranker = {
  /** The word at the beginning of a text that means an intent by itself, with the marks behind it. */
  commandOf: (text: string) => (Span & { word: string }) | undefined;
  /** `kinds` are those of the slots, and `past`; `word` is the command's, which the view does not show. */
  rank: (view: string, kinds: Set<string>, pending?: string, word?: string) => Ranking;
  /** The characters that spoke for an intent. */
  cues: (view: string, name: string) => Span[];
};

/** `viewOfExample` shows an example as texts are shown. */
export function createRanker(intents: Intent[], viewOfExample: (text: string) => string): Ranker {
  const texts = intents.flatMap(({ name, examples, sentences = [] }) =>
    [...examples, ...sentences].map((text) => ({ name, view: viewOfExample(text) })),
  );
  const guess = learnWishes(texts);
  const nearest = learnExamples(texts);
  const isShort = new Map(intents.map(({ name, examples }) => [name, examples.every(({ length }) => length <= SHORT)]));
  const words = intents.flatMap((intent) => intent.words ?? []).sort((a, b) => b.length - a.length);

  return {
    commandOf: (text) => {
      const start = text.length - text.trimStart().length;
      const word = words.find((one) => text.startsWith(one, start) && BREAK.test(text.slice(start + one.length)));
      if (!word) return undefined;
      const marks = /^[\s,，:：]*/u.exec(text.slice(start + word.length))?.[0].length ?? 0;
      return { start: 0, end: start + word.length + marks, word };
    },
    rank: (view, kinds, pending, word) => {
      const open = intents.filter(({ during }) => !during || (pending !== undefined && during.includes(pending)));
      const said = view.trim() === '' && word ? word : view;
      const share = guess(
        said,
        open.map(({ name }) => name),
      );
      const closest = nearest(said);
      const score = ({ name, cues, likes = {}, words: own = [] }: Intent): number => {
        const said = cues.reduce((sum, [pattern, weight]) => sum + (pattern.test(view) ? weight : 0), 0);
        const near = LIKENESS_WEIGHT * Math.max(share.get(name) ?? 0, closest.get(name) ?? 0);
        const isNamed = word !== undefined && own.includes(word);
        const liked = Object.entries(likes).reduce((sum, [kind, weight]) => sum + (kinds.has(kind) ? weight : 0), 0);
        const sum = said + near + (said > 0 || near > 2 || isNamed ? liked : 0);
        return (view.length > LONG && isShort.get(name) ? sum / 2 : sum) + (isNamed ? WORD_WEIGHT : 0);
      };
      const ranked = open
        .map((intent): Heard => ({ name: intent.name, score: score(intent) }))
        .filter((heard) => heard.score > 0)
        .sort((a, b) => b.score - a.score);
      const [first, second] = ranked;
      if (!first || first.score < ENOUGH) return { is: 'unknown', ranked };
      // What is said while a draft lies open is about it, where it can be.
      const isOfDraft = intents.some(({ name, goesFirst }) => goesFirst && name === first.name);
      const margin = isOfDraft ? 0 : MARGIN;
      const isSure = first.score >= CERTAIN && first.score - (second?.score ?? 0) >= margin;
      return { is: isSure ? 'sure' : 'likely', ranked };
    },
    cues: (view, name) => {
      const cues = intents.find((one) => one.name === name)?.cues ?? [];
      return cues.filter(([, weight]) => weight > 0).flatMap(([said]) => wordsOf(said, view));
    },
  };
}

/** The characters of all matches that the pattern names: what it only lets pass between them has not been understood. */
function wordsOf(said: RegExp, view: string): Span[] {
  const named = new Set(said.source.match(/\p{Script=Han}/gu));
  return Array.from(view.matchAll(new RegExp(said.source, `${said.flags.replace('g', '')}g`))).flatMap((match) =>
    Array.from({ length: match[0].length }, (_, index) => match.index + index)
      .filter((at) => named.has(view.charAt(at)))
      .map((at) => ({ start: at, end: at + 1 })),
  );
}
