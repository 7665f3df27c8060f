/** Long texts on one card: cut so that the card can be sent at all. */
import { cutText } from './statement.ts';

export type Panel = { title: string; text: string };

/** Cuts panels to what those before them, in the order of the calls, have left of `characters`; each keeps its title, and … at least. */
export function createFitter(characters: number): (panels: Panel[]) => Panel[] {
  let left = characters;
  return (panels) =>
    panels.map(({ title, text }) => {
      const fitting = cutText(text, Math.max(1, left));
      left -= fitting.length;
      return { title, text: fitting };
    });
}
