/** The keeper's queue: who waits at a point, and confirming for them. */
import { Outdated } from '../../../basics/errors.ts';
import { formatInstant } from '../../../calendar/format.ts';
import { card, type PersonTurn, type PressTurn, type Reply, refuse } from '../../../feature.ts';
import { findOne } from '../../../people/find-people.ts';
import { Id } from '../../../sight.ts';
import { walkInForm } from '../forms.ts';
import { describePoint, findKept, findPoints } from '../stock/points.ts';
import { tellPerson } from './handlers.ts';
import { findCollectable, findQueue, hasHandouts } from './queries.ts';
import { handOver, lockRunning, lockStock, reserve } from './settle.ts';

/** More do not stand in front of one counter; the rest is counted. */
const MAX_WAITING = 20;

/** 待领名单: one card for each point the person keeps. */
export async function showQueue(turn: PersonTurn): Promise<Reply | undefined> {
  const kept = await findKept(turn);
  if (kept.length === 0) return { toast: '还没有领取点。请管理员先发送“设置领取点”。' };
  const common = { to: { person: turn.who.id }, card: 'queue', push: 'answer' } as const;
  await turn.deliver(...kept.slice(0, 5).map(({ id }) => ({ key: `queue:${id}:${turn.eventId}`, ref: id, ...common })));
  return undefined;
}

/** 已发 beside a name: handed over across the counter; the person is told and can object. */
export async function confirmFor(
  turn: PressTurn,
  { handout, person }: { handout: string; person: string },
): Promise<Reply> {
  const point = turn.pressed.ref;
  const claim = await lockRunning(turn, handout, person);
  if (claim.state === 'reserved' && claim.pointId !== point) throw new Outdated('对方预留在别的领取点，没有改动。');
  await handOver(turn, claim);
  if (person !== turn.who.id) await tellPerson(turn, handout, person);
  return { toast: '已记为发放，对方会收到通知。', kind: 'success' };
}

/** Somebody stands there who has not claimed: by name, all that they can collect here. */
export async function confirmByName(turn: PressTurn): Promise<Reply> {
  const point = turn.pressed.ref;
  const { name } = walkInForm.read(turn.form);
  const match = await findOne(turn.db, name);
  if ('unclear' in match) return refuse(match.unclear);
  const handouts = await findCollectable(turn.db, point, match.person.id);
  if (handouts.length === 0) return refuse(`${match.person.name}在这里没有待领的物资。`);
  const claims = [];
  for (const handout of handouts) claims.push(await lockRunning(turn, handout, match.person.id));
  await lockStock(turn, claims);
  for (const claim of claims) {
    if (claim.state !== 'reserved') await reserve(turn, claim, point);
    await handOver(turn, claim);
    if (match.person.id !== turn.who.id) await tellPerson(turn, claim.handoutId, match.person.id);
  }
  return { toast: `已记为发给${match.person.name}，对方会收到通知。`, kind: 'success' };
}

/** Who waits at a point, the longest waiting first. */
export const queue = card({
  ref: Id,
  action: 'supplies.keep',
  matter: async (_db, pointId) => ({ scope: { pointId } }),
  form: walkInForm,
  load: async (db, id, viewer) => {
    const point = (await findPoints(db)).find((one) => one.id === id);
    if (!point) return undefined;
    const waiting = await findQueue(db, id, MAX_WAITING);
    const all = waiting[0]?.all ?? 0;
    if (viewer.isUnasked && !(await hasHandouts(db, id, viewer.now))) return undefined;
    return {
      point: describePoint(point),
      holds: {},
      count: all,
      more: Math.max(0, all - MAX_WAITING),
      waiting: waiting.map(({ handoutId, personId, name, items, proxy, reservedAt }) => ({
        handout: handoutId,
        person: personId,
        name: proxy ? `${name}（${proxy}代领）` : name,
        detail: `${items}，${reservedAt ? formatInstant(reservedAt, viewer) : ''}预留`,
      })),
    };
  },
});
