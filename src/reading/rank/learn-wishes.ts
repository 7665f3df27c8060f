/** How probable each wish is by the words of a text alone: naive Bayes over n-grams of one to three characters. */
import { gramsOf, lettersOf } from './grams.ts';

/** Learns from texts as `viewOf` shows them; gives the share of each of `among` in what the text can mean, which together are 1. */
export type Guess = (view: string, among: Iterable<string>) => Map<string, number>;

type Learnt = { byGram: Map<string, number>; total: number };

/** A longer text is told by its beginning. */
const LONGEST = 120;
/** What a gram counts that was never seen with a wish, beside about 0.2 for one that was. */
const UNSEEN = 0.1;
/** Grams overlap, so they say less together than each by itself: as much as so many that do not. */
const INDEPENDENT = 6;

/** Each wish counts the same, however many of its texts there are. */
export function learnWishes(texts: { name: string; view: string }[]): Guess {
  const inHowMany = new Map<string, number>();
  const counted = texts.map(({ name, view }) => ({ name, grams: marksOf(view) }));
  for (const { grams } of counted) for (const gram of grams) inHowMany.set(gram, (inHowMany.get(gram) ?? 0) + 1);
  const rarity = (gram: string): number => Math.log(1 + texts.length / (1 + (inHowMany.get(gram) ?? 0)));
  const weigh = (grams: string[]): [gram: string, weight: number][] => {
    const length = Math.hypot(...grams.map(rarity)) || 1;
    return grams.map((gram) => [gram, rarity(gram) / length]);
  };
  const learnt = new Map<string, Learnt>();
  for (const { name, grams } of counted) {
    const wish = learnt.get(name) ?? { byGram: new Map<string, number>(), total: 0 };
    for (const [gram, weight] of weigh(grams)) {
      wish.byGram.set(gram, (wish.byGram.get(gram) ?? 0) + weight);
      wish.total += weight;
    }
    learnt.set(name, wish);
  }
  const evidence = ({ byGram, total }: Learnt, grams: [string, number][]): number =>
    INDEPENDENT *
    grams.reduce(
      (sum, [gram, weight]) =>
        sum + weight * Math.log(((byGram.get(gram) ?? 0) + UNSEEN) / (total + UNSEEN * inHowMany.size)),
      0,
    );
  return (view, among) => {
    const grams = weigh(marksOf(view).filter((gram) => inHowMany.has(gram)));
    const found = [...among].flatMap((name) => {
      const wish = learnt.get(name);
      return wish && grams.length > 0 ? [{ name, log: evidence(wish, grams) }] : [];
    });
    const most = Math.max(...found.map(({ log }) => log));
    const sum = found.reduce((all, { log }) => all + Math.exp(log - most), 0);
    return new Map(found.map(({ name, log }) => [name, Math.exp(log - most) / sum]));
  };
}

/** Each gram once; where a text begins and ends says something. */
function marksOf(view: string): string[] {
  return [...new Set(gramsOf(['^', ...lettersOf(view).slice(0, LONGEST), '$']))];
}
