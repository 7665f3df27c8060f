/** An order that looks random, is another for every seed, and the same each time it is asked for. */
import { hash } from 'node:crypto';

/** The items in an order that depends on nothing but the seed and their names; each order is as likely as any other. */
export function shuffle<T>(items: readonly T[], seed: string, nameOf: (item: T) => string): T[] {
  const place = (item: T) => hash('sha256', `${seed}\n${nameOf(item)}`);
  return items
    .map((item) => ({ item, at: place(item) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ item }) => item);
}
