/** 光荣榜: the roll of honour, a page at a time, and the groups in which notices and commendations are shown. */
import { formatDay } from '../../calendar/format.ts';
import { type Card, type PersonTurn, type PressTurn, type Reply, sendCard } from '../../feature.ts';
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
export const roll: Card = {
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
};

/** 光荣榜发到本群: from now on this group sees the notices and commendations of the person's own branch, or of the detachment. */
export async function addGroup(turn: PersonTurn): Promise<Reply> {
  if (!turn.group) return { toast: '请在要发布的群里@我，再发送“光荣榜发到本群”。', kind: 'warning' };
  const isOffice = turn.may('star.organise', 'detachment');
  const audience = isOffice ? { kind: 'detachment', id: null } : { kind: 'branch', id: turn.who.branchId };
  await turn.db.sql`
    INSERT INTO star_group ("chatId", "audienceKind", "audienceId", "addedById") VALUES (${turn.group}, ${audience.kind}, ${audience.id}, ${turn.who.id})
    ON CONFLICT ("chatId") DO UPDATE SET "audienceKind" = excluded."audienceKind", "audienceId" = excluded."audienceId", "addedById" = excluded."addedById"`;
  const whose = isOffice ? '全支队' : '本支部';
  return {
    toast: `已设好：${whose}每月一星的公示和表扬也会发到这个群。发送“光荣榜不发本群”可以停止。`,
    kind: 'success',
  };
}

/** 光荣榜不发本群. */
export async function removeGroup(turn: PersonTurn): Promise<Reply> {
  if (!turn.group) return { toast: '请在要停止的群里@我，再发送“光荣榜不发本群”。', kind: 'warning' };
  const gone = await turn.db.sql`DELETE FROM star_group WHERE "chatId" = ${turn.group} RETURNING 1`;
  return { toast: gone.length > 0 ? '已停止，公示和表扬不再发到这个群。' : '这个群原本就没有设置。' };
}
