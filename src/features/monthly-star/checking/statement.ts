/** The deeds as they will be published: first put together from the nominations, then in the checker's hands. */
import { CRITERIA, CRITERION_KEYS, type Criterion, MAX_TEXT_CHARACTERS } from '../schema.ts';

/** What the checker begins with: the words of the first nomination under their criteria, as much as one input holds. */
export function proposeStatement(testimonies: Record<Criterion, string>[]): string {
  const [first] = testimonies;
  if (!first) return '';
  const said = CRITERION_KEYS.filter((key) => first[key] !== '').map((key) => `${CRITERIA[key]}：${first[key]}`);
  return cutText(said.join('\n'), MAX_TEXT_CHARACTERS);
}

/** Of the 30 KB that a card holds, what is left for all its candidates; of that, what one takes by name, unit and option. */
const CANDIDATES_BYTES = 25_000;
const NAME_BYTES = 260;
const MAX_EXCERPT_CHARACTERS = 60;

/** How many characters of each text a card can show that names so many candidates, with so many texts of each. */
export function excerptLength(candidates: number, textsEach: number): number {
  const bytesEach = CANDIDATES_BYTES / Math.max(1, candidates) - NAME_BYTES;
  return Math.max(1, Math.min(MAX_EXCERPT_CHARACTERS, Math.floor(bytesEach / 3 / textsEach)));
}

/** The beginning of a candidate's deeds, on one line. */
export function excerptOf({ statement }: { statement: string | null }, characters: number): string {
  return cutText((statement ?? '').replace(/\s+/g, ' '), characters);
}

/** The beginning of a text, whole characters only, with … where something is missing. */
export function cutText(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const cut = text.slice(0, characters - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
