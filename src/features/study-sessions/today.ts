/** What of this feature waits for a person on the 今天 card: what a series has reminded the own branch of and nobody has recorded. */
import type { OpenItem } from '../../feature.ts';
import type { Person } from '../../people/person.ts';
import type { Reader } from '../../storage/database.ts';
import { nameKind } from './kinds.ts';
import { findOpenOccurrences } from './series-queries.ts';

/** The open occurrences of this and later months, for whoever is secretary; for everybody else there are none. */
export async function findTodayItems(db: Reader, who: Person, now: Date): Promise<OpenItem[]> {
  const branches = who.roles.flatMap(({ name, scopeId }) =>
    name === 'secretary' && scopeId !== null ? [scopeId] : [],
  );
  if (branches.length === 0) return [];
  const found = await findOpenOccurrences(db, branches, now.toISOString().slice(0, 10));
  return found.map(({ id, kind, topic, dueAt }) => ({
    title: `开展并登记${nameKind(kind)}${topic && `：${topic}`}`,
    due: dueAt,
    open: { button: 'study-sessions/record-occurrence', value: { occurrence: id } },
  }));
}
