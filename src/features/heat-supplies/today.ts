/** What a person finds on the 今天 card: what to collect, for themselves and for colleagues who asked. */
import type { OpenItem } from '../../feature.ts';
import type { Person } from '../../people/person.ts';
import type { Reader } from '../../storage/database.ts';
import { findAsked, findOpenClaims } from './claim-queries.ts';
import { nameKind } from './kinds.ts';

/** The open pick-ups of a person. */
export async function findTodayItems(db: Reader, who: Person): Promise<OpenItem[]> {
  const own = await findOpenClaims(db, who.id);
  const asked = await findAsked(db, who.id);
  return [
    ...own.map(({ id, kind, closesAt, state, points }) => ({
      title: `${state === 'reserved' ? '已预留，请领取' : '领取'}${nameKind(kind)}：${points}`,
      due: closesAt,
      open: { button: 'heat-supplies/open', value: { handout: id } },
    })),
    ...asked.map(({ id, person, name, kind, closesAt }) => ({
      title: `代${name}领取${nameKind(kind)}`,
      due: closesAt,
      open: { button: 'heat-supplies/open-proxy', value: { handout: id, person } },
    })),
  ];
}
