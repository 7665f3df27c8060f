/** Who can hold sessions: the centre group and the branches, who is responsible for them, and who may see or do what there. */
import { AppError } from '../../basics/errors.ts';
import type { PersonTurn } from '../../feature.ts';
import { type Action, may, type OneScope } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import { findPlacedBranches, placeAudience } from '../../people/places/placed-branches.ts';
import type { Matter } from '../../sight.ts';
import type { Reader } from '../../storage/database.ts';
import { CENTRE_GROUP_NAME, type Holder } from './kinds.ts';

/** A holder of sessions: its name, how many full Party members it has, and where it stands for permissions. */
export type HolderRow = { id: Holder; name: string; members: number; scope: OneScope };

/** The centre group, which belongs to the top, then all branches by name. With `only` just that branch. */
export async function findHolders(db: Reader, only: string | null = null): Promise<HolderRow[]> {
  const branches = await findPlacedBranches(db, only);
  const { unitIds } = await placeAudience(db, { kind: 'detachment', id: null });
  return [
    { id: null, name: CENTRE_GROUP_NAME, members: 0, scope: { unitIds } },
    ...branches.map(({ unitIds, ...branch }) => ({ ...branch, scope: { branchId: branch.id, unitIds } })),
  ];
}

/** One holder, or undefined when the branch is gone. */
export async function findHolder(db: Reader, holder: Holder): Promise<HolderRow | undefined> {
  return (await findHolders(db, holder)).find(({ id }) => id === holder);
}

/** Where a holder stands, for whoever may see or do what is its; undefined when the branch is gone. */
export async function findHolderMatter(db: Reader, holder: Holder): Promise<Matter | undefined> {
  const found = await findHolder(db, holder);
  return found && { scope: found.scope };
}

/** The holders within which a person may do something. */
export async function findOwnHolders(db: Reader, person: Person, action: Action): Promise<HolderRow[]> {
  return (await findHolders(db)).filter(({ scope }) => may(person, action, scope));
}

/** The holder, if this person may do `action` there; otherwise refuses in words and changes nothing. */
export async function requireHolder(turn: PersonTurn, action: Action, holder: Holder): Promise<HolderRow> {
  const found = await findHolder(turn.db, holder);
  if (found && turn.may(action, found.scope)) return found;
  throw new AppError('a session of somebody else', '您只能办理本支部的学习，没有改动任何内容。如有需要请联系政治处。');
}

/** The name of a holder; a branch that is gone is 支部. */
export async function nameHolder(db: Reader, holder: Holder): Promise<string> {
  if (holder === null) return CENTRE_GROUP_NAME;
  const [branch] = await db.sql<{ name: string }>`SELECT name FROM branch WHERE id = ${holder}::uuid`;
  return branch?.name ?? '支部';
}

/** The name of a person, whether still in service or not. */
export async function namePerson(db: Reader, id: string): Promise<string> {
  const [person] = await db.sql<{ name: string }>`SELECT name FROM person WHERE id = ${id}`;
  return person?.name ?? '';
}
