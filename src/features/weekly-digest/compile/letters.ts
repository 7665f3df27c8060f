/** Who is written to: everybody responsible for whom there is something to say, once. */
import { DAY_MS } from '../../../basics/durations.ts';
import type { Turn } from '../../../feature.ts';
import { findPerson } from '../../../people/find-person.ts';
import * as queries from '../queries.ts';
import { groupKey } from './roll-up.ts';
import { type RunGroup, scopesOf } from './scopes.ts';

/** So many people in one job; the next one goes on from there. */
const PEOPLE_PER_ROUND = 500;
/** What waited for longer, for instance over a leave, is superseded by the next digest. */
const LASTS_MS = 6 * DAY_MS;

/**
 * One round of writing. Whoever has two offices gets one card for both; a week without anything to say for somebody is no card. Runs
 * again when a section comes late: cards that are out are edited, for each has one key.
 */
export async function writeLetters(turn: Turn, { run: id, after }: { run: string; after: string }): Promise<void> {
  const run = await queries.findRun(turn.db, id);
  if (!run) return;
  const only = run.askedById;
  const people = await queries.findReadersAfter(turn.db, { after, only, now: turn.now, limit: PEOPLE_PER_ROUND });
  const last = people.at(-1);
  if (last === undefined) {
    await queries.markDelivered(turn.db, id, turn.now);
    return turn.refresh({ card: 'run', ref: id });
  }
  const groups = await queries.findGroups(turn.db, id);
  const hasNews = await findNews(turn, id);
  const letters: Parameters<typeof queries.keepLetters>[2] = [];
  for (const personId of people) {
    const person = await findPerson(turn.db, personId, turn.now);
    const scopes = person ? scopesOf(person, groups) : [];
    if (scopes.length === 0) continue;
    const isWritten = only !== null || scopes.some(hasNews);
    letters.push({ personId, outcome: isWritten ? 'written' : 'nothing-to-say' });
  }
  await queries.keepLetters(turn.db, id, letters, turn.now);
  const terms =
    only === null
      ? ({ push: 'work', notAfter: new Date(turn.now.getTime() + LASTS_MS) } as const)
      : ({ push: 'answer' } as const);
  await turn.deliver(
    ...letters
      .filter(({ outcome }) => outcome === 'written')
      .map(
        ({ personId: person }) =>
          ({ key: `digest:${id}:${person}`, to: { person }, card: 'digest', ref: id, ...terms }) as const,
      ),
  );
  await turn.later('write', { run: id, after: last }, { key: `write:${id}` });
}

/** Whether anything happened in a group, or waits there. What only counts the year so far is no news. */
async function findNews(turn: Turn, run: string): Promise<(group: RunGroup) => boolean> {
  const [chapters, parts] = [await queries.findChapters(turn.db, run), await queries.findParts(turn.db, run)];
  const groups = new Set<string>();
  for (const { section, kind, groupId, total, totalBefore, matters } of parts) {
    const figures = Object.entries(chapters.find((chapter) => chapter.section === section)?.figures ?? {});
    const isNews = ([key]: [string, unknown]) => (total[key] ?? 0) + (totalBefore[key] ?? 0) > 0;
    if (matters.length > 0 || figures.filter(([, { span }]) => span !== 'year').some(isNews))
      groups.add(groupKey({ kind, id: groupId }));
  }
  return (group) => groups.has(groupKey(group));
}
