/** What a person finds on the 今天 card: what to collect, for themselves and for colleagues who asked, objections to answer, and stock to see to. */
import type { OpenItem, Viewpoint } from '../../feature.ts';
import type { Person } from '../../people/person.ts';
import type { Reader } from '../../storage/database.ts';
import { findObjections } from './claim/objections.ts';
import { findAsked, findOpenClaims } from './claim/queries.ts';
import { nameKind } from './kinds.ts';
import { findConcerns } from './stock/warnings.ts';

/** The open pick-ups of a person, then what a keeper looks after. */
export async function findTodayItems(db: Reader, who: Person, view: Viewpoint): Promise<OpenItem[]> {
  const own = await findOpenClaims(db, who.id);
  const asked = await findAsked(db, who.id);
  const objections = await findObjections(db, who, view.now);
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
    ...objections.map(({ id, person, name, kind }) => ({
      title: `请核实：${name}说没有领到${nameKind(kind)}`,
      open: { button: 'heat-supplies/open-objection', value: { handout: id, person } },
    })),
    ...(await findConcerns(db, who, view)),
  ];
}
