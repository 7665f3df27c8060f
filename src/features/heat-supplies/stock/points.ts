/** Pick-up points: where things are handed out, when, and who keeps the stock there. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../../basics/errors.ts';
import { card, type PersonTurn, type PressTurn, type Reply, refuse, sendCard } from '../../../feature.ts';
import { assignRole } from '../../../people/assign-role.ts';
import { findScopedHolders } from '../../../people/find-holders.ts';
import { findOne } from '../../../people/find-people.ts';
import { AnyRef } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { pointForm } from '../forms.ts';

export type Point = { id: string; name: string; place: string; hours: string };

/** All pick-up points by name. */
export function findPoints(db: Reader): Promise<Point[]> {
  return db.sql<Point>`SELECT id, name, place, hours FROM pickup_point ORDER BY name`;
}

/** The keepers of these points in service now. */
export async function findKeepers(
  db: Reader,
  points: string[],
  now: Date,
): Promise<{ pointId: string; id: string; name: string }[]> {
  const held = await findScopedHolders(db, 'keeper', now);
  return held
    .filter(({ scopeId }) => points.includes(scopeId))
    .map(({ scopeId, ...who }) => ({ pointId: scopeId, ...who }));
}

/** A point in words: 政治处（机关楼一层库房，工作日9:00至11:30）. */
export function describePoint({ name, place, hours }: Pick<Point, 'name' | 'place' | 'hours'>): string {
  const more = [place, hours].filter(Boolean).join('，');
  return more ? `${name}（${more}）` : name;
}

/** The points whose stock a person may keep: a keeper the own, an administrator all. */
export async function findKept(turn: PersonTurn): Promise<Point[]> {
  return (await findPoints(turn.db)).filter(({ id }) => turn.may('supplies.keep', { pointId: id }));
}

/** The point that is named, or the only one that can be meant. Throws the sentence that asks for it. */
export async function choosePoint(turn: PersonTurn, name: string | undefined): Promise<Point> {
  const kept = await findKept(turn);
  const named = kept.find((point) => point.name === name);
  if (named) return named;
  if (name) throw new AppError('a point of another keeper', `您不是${name}的保管员，没有记账。请联系政治处。`);
  const [only, ...others] = kept;
  if (only && others.length === 0) return only;
  if (!only) throw new AppError('no point yet', '还没有领取点。请管理员先发送“设置领取点”。');
  throw new AppError(
    'which point is meant is not clear',
    `请写明领取点，例如在后面加上“到${only.name}”。现有：${kept.map((point) => point.name).join('、')}。`,
  );
}

/** 设置领取点: the form, with the points there are. */
export async function openPoints(turn: PersonTurn): Promise<undefined> {
  await sendCard(turn, 'points', turn.eventId);
}

/** The filled-in form: a new point, or other hours, place or keeper of the one with this name. */
export async function savePoint(turn: PressTurn): Promise<Reply> {
  const form = pointForm.read(turn.form);
  const keeper = form.keeper ? await findOne(turn.db, form.keeper) : undefined;
  if (keeper && 'unclear' in keeper) return refuse(keeper.unclear);
  const [point] = await turn.db.sql<{ id: string }>`
    INSERT INTO pickup_point (id, name, place, hours) VALUES (${randomUUID()}::uuid, ${form.name}, ${form.place ?? ''}, ${form.hours ?? ''})
    ON CONFLICT (name) DO UPDATE SET place = COALESCE(NULLIF(excluded.place, ''), pickup_point.place),
      hours = COALESCE(NULLIF(excluded.hours, ''), pickup_point.hours) RETURNING id`;
  if (point && keeper) {
    const role = {
      personId: keeper.person.id,
      role: 'keeper',
      scopeId: point.id,
      from: turn.now,
      until: null,
    } as const;
    await assignRole(turn.db, role, 'chat', turn.now);
  }
  turn.log.info({ by: turn.who.id, point: point?.id, keeper: keeper?.person.id }, 'a pick-up point was set');
  return { toast: `已保存领取点${form.name}${keeper ? `，保管员${keeper.person.name}` : ''}。`, kind: 'success' };
}

/** The form with the points there are. */
export const points = card({
  ref: AnyRef,
  action: 'supplies.points',
  matter: 'anywhere',
  form: pointForm,
  load: async (db, _ref, viewer) => {
    const found = await findPoints(db);
    const keepers = await findKeepers(
      db,
      found.map(({ id }) => id),
      viewer.now,
    );
    return {
      holds: {},
      points: found.map((point) => {
        const names = keepers.filter(({ pointId }) => pointId === point.id).map(({ name }) => name);
        return {
          name: describePoint(point),
          keepers: names.length > 0 ? `保管员：${names.join('、')}` : '还没有保管员',
        };
      }),
    };
  },
});
