/** 光荣榜: the roll of honour, a page at a time, and the groups in which notices and commendations are shown. */
import { z } from 'zod';
import { formatDay } from '../../../calendar/format.ts';
import { card, type PersonTurn, type PressTurn, type Reply, sendCard } from '../../../feature.ts';
import { type Audience, wholeOf } from '../../../people/audience/audience.ts';
import { scopeOf } from '../../../people/audience/audience-reach.ts';
import { findHonours } from './honour.ts';

const PER_PAGE = 12;

/** 光荣榜: the newest page. */
export async function showRoll(turn: PersonTurn): Promise<undefined> {
  await sendCard(turn, 'roll', '0');
}

/** 光荣榜 on a commendation, and 更早的: one page. */
export async function turnRoll(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  await sendCard(turn, 'roll', String(page));
  return { toast: page === 0 ? '光荣榜已发给您。' : '更早的一页已发给您。' };
}

/** One page of the roll; `ref` is its number. In the order of publication, with the number of each: nobody is ranked. */
export const roll = card({
  ref: z.string().regex(/^\d{1,4}$/),
  action: 'self',
  load: async (db, ref, viewer) => {
    const page = Number(ref);
    const { honours, total } = await findHonours(db, null, PER_PAGE, page * PER_PAGE);
    return {
      total,
      items: honours.map(({ number, name, unit, post, title, awardedAt }) => ({
        who: `第${number}位 ${[name, unit].filter(Boolean).join(' · ')}`,
        what: `${title} · ${post} · ${formatDay(viewer.calendar.dayOf(awardedAt), viewer)}`,
      })),
      next: (page + 1) * PER_PAGE < total ? page + 1 : 0,
    };
  },
});

/** Whose notices and commendations somebody brings to a group: the detachment's, or those of the branch whose organiser they are. */
function audienceOf(turn: PersonTurn): Audience | undefined {
  if (turn.may('star.organise', 'detachment')) return wholeOf({ kind: 'detachment', id: null }, 'everyone');
  const branches = [turn.who.branchId, ...turn.who.roles.map(({ scopeId }) => scopeId)];
  const id = branches.find((branchId) => branchId !== null && turn.may('star.organise', { branchId }));
  return id ? wholeOf({ kind: 'branch', id }, 'everyone') : undefined;
}

const NOT_YOURS = '这个群现在发布的是别的范围的公示和表扬，没有改动。需要时请由原来设置的支部或政治处办理。';

/**
 * 光荣榜发到本群: from now on this group sees the notices and commendations of the person's own branch, or of the detachment. What
 * another branch or the office has set stays theirs; the office may change all of it.
 */
export async function addGroup(turn: PersonTurn): Promise<Reply> {
  if (!turn.group) return { toast: '请在要发布的群里@我，再发送“光荣榜发到本群”。', kind: 'warning' };
  const audience = audienceOf(turn);
  if (!audience) return { toast: '您现在没有可以发布的支部，没有设置。请联系政治处核对您的角色。', kind: 'warning' };
  const isOffice = audience.places.some(({ kind }) => kind === 'detachment');
  const kept = JSON.stringify(audience);
  const set = await turn.db.sql`
    INSERT INTO star_group AS g ("chatId", audience, "addedById") VALUES (${turn.group}, ${kept}::jsonb, ${turn.who.id})
    ON CONFLICT ("chatId") DO UPDATE SET audience = excluded.audience, "addedById" = excluded."addedById"
      WHERE ${isOffice} OR g.audience = ${kept}::jsonb RETURNING 1`;
  if (set.length === 0) return { toast: NOT_YOURS, kind: 'warning' };
  const whose = isOffice ? '全支队' : '本支部';
  return {
    toast: `已设好：${whose}每月一星的公示和表扬也会发到这个群。发送“光荣榜不发本群”可以停止。`,
    kind: 'success',
  };
}

/** 光荣榜不发本群: what one has set, or might have. */
export async function removeGroup(turn: PersonTurn): Promise<Reply> {
  if (!turn.group) return { toast: '请在要停止的群里@我，再发送“光荣榜不发本群”。', kind: 'warning' };
  const [set] = await turn.db.sql<{ audience: Audience }>`
    SELECT audience FROM star_group WHERE "chatId" = ${turn.group} FOR UPDATE`;
  if (!set) return { toast: '这个群原本就没有设置。' };
  if (!turn.may('star.organise', await scopeOf(turn.db, set.audience))) return { toast: NOT_YOURS, kind: 'warning' };
  await turn.db.sql`DELETE FROM star_group WHERE "chatId" = ${turn.group}`;
  return { toast: '已停止，公示和表扬不再发到这个群。' };
}
