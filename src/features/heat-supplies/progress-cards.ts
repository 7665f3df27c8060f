/** The card of whoever handed out: who has collected, what of each item, unit by unit; and the names behind it. */
import { formatDeadline, formatInstant } from '../../calendar/format.ts';
import type { Card, Viewer } from '../../feature.ts';
import { type Audience, nameAudience, scopeOf } from '../../people/audience.ts';
import { findPerson } from '../../people/find-person.ts';
import { may } from '../../people/permissions.ts';
import type { Reader } from '../../storage/database.ts';
import { draftOf, findHandout, findShare } from './handout-queries.ts';
import { nameKind } from './kinds.ts';
import { findParticipants, findUnitCounts, type Participant } from './progress-queries.ts';
import { renewProgress } from './renewal.ts';
import { foldSmallUnits, type Standing, standingOf, type Tally, tally, type UnitCount } from './rules.ts';
import type { Share } from './stock-rules.ts';

/** More names than fit on a phone are counted instead. */
const MAX_NAMES = 200;

/** Progress while it runs, the reconciliation when it is over. */
export const progress: Card = {
  load: async (db, id, viewer) => {
    const found = await findStandings(db, id, viewer);
    if (!found) return undefined;
    const { row, counts, participants } = found;
    const { audience } = draftOf(row);
    const share = await findShare(db, id);
    const units = await findUnitCounts(db, id);
    const isOpen = row.state === 'open';
    const waiting = counts.open + counts.reserved;
    return {
      ...(viewer.isRetired && isOpen && { template: 'progress-retired' }),
      kind: nameKind(row.kind),
      state: isOpen
        ? waiting + counts['on-leave'] + counts.unreachable === 0
          ? { is: 'done', word: '全部办完' }
          : { is: 'open', word: '进行中' }
        : { is: 'over', word: row.state === 'withdrawn' ? '已撤回' : '已结束' },
      isOpen,
      isManaged: isOpen && (await mayManage(db, audience, viewer)),
      counts: tallyWords(counts, participants.length),
      items: describeItems(share, units, participants.length, isOpen),
      units: foldSmallUnits(units)
        .map((unit) => describeUnit(unit, share))
        .join('\n'),
      audience: audience ? await nameAudience(db, audience) : '',
      until: isOpen && row.closesAt ? formatDeadline(row.closesAt, viewer) : '',
      ended: row.endedAt ? formatInstant(row.endedAt, viewer) : '',
      waiting,
      objected: participants.filter(({ isObjected }) => isObjected).length,
    };
  },
  renew: renewProgress,
};

/** Whether this reader has the buttons: a leader only looks. */
async function mayManage(db: Reader, audience: Audience | null, viewer: Viewer): Promise<boolean> {
  const person = await findPerson(db, viewer.person ?? '', viewer.now);
  return Boolean(person && audience && may(person, 'supplies.hand-out', scopeOf(audience)));
}

/** The names behind the progress card, for the person who asked. */
export const unclaimed: Card = {
  load: async (db, id, viewer) => {
    const found = await findStandings(db, id, viewer);
    if (!found) return undefined;
    const { row, counts, participants } = found;
    const of = (standing: Standing) => participants.filter((one) => standingOf(one) === standing);
    const names = (standing: Standing) => nameList(of(standing).map(({ name }) => name));
    const withReason = (standing: Standing) => nameList(of(standing).map(({ name, reason }) => `${name}（${reason}）`));
    return {
      kind: nameKind(row.kind),
      at: formatInstant(viewer.now, viewer),
      counts: tallyWords(counts, participants.length),
      open: names('open'),
      reserved: names('reserved'),
      missed: [withReason('missed'), withReason('partial')].filter(Boolean).join('、'),
      onLeave: names('on-leave'),
      unreachable: names('unreachable'),
    };
  },
};

async function findStandings(db: Reader, id: string, viewer: Viewer) {
  const row = await findHandout(db, id);
  if (!row || row.state === 'draft' || row.state === 'cancelled') return undefined;
  const participants: Participant[] = await findParticipants(db, id, viewer.calendar.dayOf(viewer.now));
  return { row, participants, counts: tally(participants.map(standingOf)) };
}

/** 藿香正气水：已办理70盒 = 已领62盒 + 待领8盒（应发80盒）. */
function describeItems(share: Share[], units: UnitCount[], people: number, isOpen: boolean): string {
  return share
    .map(({ name, unit, each }) => {
      const sum = (what: 'confirmed' | 'open') =>
        units.reduce((total, { items }) => total + (items[name]?.[what] ?? 0), 0);
      const [confirmed, open, due] = [sum('confirmed'), sum('open'), each * people];
      return isOpen || open > 0
        ? `${name}：已办理${confirmed + open}${unit} = 已领${confirmed}${unit} + 待领${open}${unit}（应发${due}${unit}）`
        : `${name}：应发${due}${unit}，实领${confirmed}${unit}，未领${due - confirmed}${unit}留在库存`;
    })
    .join('\n');
}

function describeUnit({ unit, people, items }: UnitCount, share: Share[]): string {
  const parts = share.map(({ name, unit: word }) => {
    const { confirmed, open } = items[name] ?? { confirmed: 0, open: 0 };
    return `${name} 已领${confirmed}${word}、待领${open}${word}`;
  });
  return `${unit}（${people}人）：${parts.join('；')}`;
}

function tallyWords(counts: Tally, all: number): string {
  const apart = [
    counts.partial && ` · 部分领取 ${counts.partial}`,
    counts.missed && ` · 没领到 ${counts.missed}`,
    counts['on-leave'] && ` · 休假 ${counts['on-leave']}`,
    counts.unreachable && ` · 联系不上 ${counts.unreachable}`,
  ];
  return `已领 ${counts.collected} · 待领 ${counts.reserved} · 未申领 ${counts.open}${apart.filter(Boolean).join('')}（共${all}人）`;
}

function nameList(names: string[]): string {
  const shown = names.slice(0, MAX_NAMES).join('、');
  return names.length > MAX_NAMES ? `${shown} 等${names.length}人` : shown;
}
