/** Where a session lies: a form that was never handed in is its writer's own, a recorded session its holder's. */
import type { Matter } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { findHolderMatter } from '../branches.ts';
import { findSession } from './queries.ts';

export async function findSessionMatter(db: Reader, id: string): Promise<Matter | undefined> {
  const row = await findSession(db, id);
  if (row?.state === 'draft') return { owner: row.enteredById };
  return row ? findHolderMatter(db, row.branchId) : undefined;
}
