/** How near a text is to the nearest example of each intent: cosine over weighted n-grams of one to three characters. */
import { gramsOf, lettersOf } from './grams.ts';

type Vector = Map<string, number>;
type Example = { name: string; vector: Vector; length: number };

/** A longer text is told by its beginning. */
const LONGEST = 80;

/** Makes a judge from examples as `viewOf` shows them. It gives 0 to 1 for each name. */
export function learnExamples(examples: { name: string; view: string }[]): (view: string) => Map<string, number> {
  const counted = examples.map(({ name, view }) => ({ name, grams: countGrams(view) }));
  const inHowMany = new Map<string, number>();
  for (const { grams } of counted) for (const gram of grams.keys()) inHowMany.set(gram, (inHowMany.get(gram) ?? 0) + 1);
  const weigh = (grams: Vector): Vector =>
    new Map(
      Array.from(grams, ([gram, count]) => [
        gram,
        (1 + Math.log(count)) * Math.log(1 + examples.length / (1 + (inHowMany.get(gram) ?? 0))),
      ]),
    );
  const known: Example[] = counted.map(({ name, grams }) => {
    const vector = weigh(grams);
    return { name, vector, length: lengthOf(vector) };
  });
  const byGram = new Map<string, [Example, number][]>();
  for (const example of known) {
    for (const [gram, weight] of example.vector) {
      const list = byGram.get(gram) ?? [];
      list.push([example, weight]);
      byGram.set(gram, list);
    }
  }
  return (view) => {
    const vector = weigh(countGrams(view.slice(0, LONGEST)));
    const length = lengthOf(vector);
    const products = new Map<Example, number>();
    for (const [gram, weight] of vector) {
      for (const [example, other] of byGram.get(gram) ?? [])
        products.set(example, (products.get(example) ?? 0) + weight * other);
    }
    const nearest = new Map<string, number>();
    for (const [example, product] of products) {
      const likeness = length > 0 && example.length > 0 ? product / (length * example.length) : 0;
      if (likeness > (nearest.get(example.name) ?? 0)) nearest.set(example.name, likeness);
    }
    return nearest;
  };
}

function countGrams(view: string): Vector {
  const grams: Vector = new Map();
  for (const gram of gramsOf(lettersOf(view))) grams.set(gram, (grams.get(gram) ?? 0) + 1);
  return grams;
}

function lengthOf(vector: Vector): number {
  return Math.sqrt(Array.from(vector.values()).reduce((sum, weight) => sum + weight * weight, 0));
}
