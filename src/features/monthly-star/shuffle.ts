/** An order that looks random, is another for every voter, and the same each time the same card is rendered. */
import { createHash } from 'node:crypto';

/** The items in the order of `seed`: nobody stands first for everybody. */
export function shuffle<T extends { id: string }>(items: T[], seed: string): T[] {
  const place = ({ id }: T) => createHash('sha256').update(`${seed}/${id}`).digest('hex');
  return items
    .map((item) => ({ item, at: place(item) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ item }) => item);
}
