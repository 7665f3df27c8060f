/** Finds nominees by what somebody types: name, pinyin or initials, within the round's units. */
import { match } from 'pinyin-pro';
import type { Reader } from '../../storage/database.ts';
import type { Round } from './round-queries.ts';

export type NomineeMatch = { id: string; name: string; unit: string };

/** More would not be read on a phone; a further letter narrows them. */
export const MAX_MATCHES = 20;

/** What people leave out or write in many ways: spaces, the dot of 买买提·艾力, the apostrophe of xi'an. */
const UNSAID = /[\s·•・.'’]/g;

/**
 * Whether `typed` means the name: `张伟`, `zhangwei`, `zhang w`, `zw`. Every reading of a character counts, and 吕 is `lv`, as on a
 * keyboard, or `lü`. Nothing typed means nobody.
 */
export function meansName(name: string, typed: string): boolean {
  const wanted = typed.normalize('NFKC').toLowerCase().replace(UNSAID, '').replaceAll('ü', 'v');
  if (wanted === '') return false;
  const plain = name.normalize('NFKC').toLowerCase().replace(UNSAID, '');
  return (
    plain.includes(wanted) || (/^[a-z]+$/.test(wanted) && match(plain, wanted, { continuous: true, v: true }) !== null)
  );
}

/**
 * Those of the round's people whom `typed` can mean, but never the person who asks, since nobody nominates themselves. An exact name
 * hides the longer ones. One more than `MAX_MATCHES` says that there are more.
 */
export async function searchNominees(db: Reader, round: Round, typed: string, asker: string): Promise<NomineeMatch[]> {
  const people = await db.sql<NomineeMatch>`
    SELECT p.id, p.name, COALESCE(u.name, '') AS unit FROM people_of(${round.audienceKind}, ${round.audienceId}, 'everyone') p
    LEFT JOIN unit u ON u.id = p."unitId" WHERE p.id <> ${asker} ORDER BY p.name, u.name, p.id`;
  const found = people.filter(({ name }) => meansName(name, typed));
  const exact = found.filter(({ name }) => name === typed.trim());
  return (exact.length > 0 ? exact : found).slice(0, MAX_MATCHES + 1);
}
