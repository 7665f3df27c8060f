/** What of this feature waits for a person on the 今天 card: meetings that a branch has to hold or to record, and files without a session. */
import type { OpenItem, Viewpoint } from '../../feature.ts';
import type { Person } from '../../people/person.ts';
import type { Reader } from '../../storage/database.ts';
import { findHolder } from './branches.ts';
import { nameKind } from './kinds.ts';
import { findPendingOf } from './minutes/queries.ts';
import { readWarning } from './plan/cards.ts';
import { findNewestWarning } from './plan/queries.ts';
import { findOpenOccurrences } from './series/queries.ts';

/** What a series has reminded the own branches of, what they are about to miss, and the person's own files. */
export async function findTodayItems(db: Reader, who: Person, view: Viewpoint): Promise<OpenItem[]> {
  const branches = who.roles.flatMap(({ name, scopeId }) =>
    name === 'secretary' && scopeId !== null ? [scopeId] : [],
  );
  const occurrences = branches.length > 0 ? await findOpenOccurrences(db, branches, view.calendar.dayOf(view.now)) : [];
  const warnings = await Promise.all(branches.map((branch) => findWarningItems(db, branch, view)));
  const files = await findPendingOf(db, who.id);
  return [
    ...occurrences.map(({ id, kind, topic, dueAt }) => ({
      title: `开展并登记${nameKind(kind)}${topic && `：${topic}`}`,
      due: dueAt,
      open: { button: 'study-sessions/record-occurrence', value: { occurrence: id } },
    })),
    ...warnings.flat(),
    ...files.map(({ id, name }) => ({
      title: `选择存入哪次学习：${name}`,
      open: { button: 'study-sessions/open-minutes', value: { file: id } },
    })),
  ];
}

/** One line for what a branch was warned of last, until it is recorded or its time is over. */
async function findWarningItems(db: Reader, branchId: string, view: Viewpoint): Promise<OpenItem[]> {
  const warning = await findNewestWarning(db, branchId);
  const branch = warning && (await findHolder(db, branchId));
  if (!branch) return [];
  const today = view.calendar.dayOf(view.now);
  const open = (await readWarning(db, warning, branch, view)).filter(
    ({ isDone, lastDay }) => !isDone && today <= lastDay,
  );
  if (open.length === 0) return [];
  const title = `开展并登记${open.map(({ kind }) => nameKind(kind)).join('、')}`;
  return [{ title, open: { button: 'study-sessions/open-warning', value: { warning: warning.id } } }];
}
