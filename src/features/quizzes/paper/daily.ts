/** 每日一题: one question a workday for those whose branch wants it, as a quiet push; whoever does not, says so once. */
import { DAY_MS } from '../../../basics/durations.ts';
import type { Calendar, Day } from '../../../calendar/calendar.ts';
import { card, type PersonTurn, type PressTurn, type Reply, sendCard, type Turn } from '../../../feature.ts';
import { may } from '../../../people/permissions.ts';
import { AnyRef } from '../../../sight.ts';
import { findPool } from '../bank/queries.ts';
import { TOPICS, type Topic } from '../bank/question.ts';
import { bringShippedBank } from '../bank/shipped-bank.ts';
import { type Draft, EMPTY_DRAFT } from '../contest/draft-rules.ts';
import { issued } from '../contest/handlers.ts';
import { drawPaper } from '../rules.ts';
import { findSecrets } from '../secrets.ts';

/** On every workday: today's question, and who gets it. It ends with the day; what the policy cannot deliver by then is dropped. */
export async function askDaily(turn: Turn): Promise<void> {
  await bringShippedBank(turn);
  const today = turn.calendar.dayOf(turn.now);
  const people = await findSubscribers(turn, today);
  const question = people.length > 0 ? await drawDaily(turn, today) : undefined;
  if (!question) return;
  const terms = { audience: null, opensAt: turn.now, dueAt: endOfDay(turn.calendar, today) };
  const draft: Draft = { ...EMPTY_DRAFT, ...terms, kind: 'daily', topics: Object.keys(TOPICS) as Topic[], count: 1 };
  const quiz = await issued.publishTo(turn, draft, people);
  await turn.db.sql`
    INSERT INTO quiz_attempt ("quizId", "personId", seed, "questionIds", "startedAt")
    SELECT ${quiz}::uuid, person, ${quiz}, ARRAY[${question}::text], ${turn.now} FROM unnest(${people}::text[]) AS person`;
}

/** The question of a day: of those asked longest ago or never, one by the day's name; none of an exam that is on. */
async function drawDaily(turn: Turn, today: Day): Promise<string | undefined> {
  const secrets = await findSecrets(turn.db, turn.now);
  const pool = (await findPool(turn.db, [], today)).filter(({ id }) => !secrets.has(id));
  const asked = await turn.db.sql<{ id: string }>`
    SELECT DISTINCT unnest(a."questionIds") AS id FROM quiz_run q JOIN quiz_attempt a ON a."quizId" = q.id
    WHERE q.kind = 'daily' AND q."opensAt" > ${new Date(turn.now.getTime() - pool.length * DAY_MS)}`;
  const fresh = pool.filter(({ id }) => !asked.some((one) => one.id === id));
  return drawPaper(fresh.length > 0 ? fresh : pool, 1, today)[0];
}

async function findSubscribers(turn: Turn, today: Day): Promise<string[]> {
  const rows = await turn.db.sql<{ id: string }>`
    SELECT p.id FROM person p WHERE p.status = 'active' AND p."isReachable"
      AND EXISTS (SELECT 1 FROM quiz_daily d WHERE d.scope = 'detachment' OR d.scope = p."branchId"::text)
      AND NOT EXISTS (SELECT 1 FROM quiz_daily_opt_out o WHERE o."personId" = p.id)
      AND NOT EXISTS (SELECT 1 FROM leave l WHERE l."personId" = p.id AND ${today}::date BETWEEN l."firstDay" AND l."lastDay")
    ORDER BY p.id`;
  return rows.map(({ id }) => id);
}

/** 每日一题: how it stands for this person, and what they may change. */
export async function showDaily(turn: PersonTurn): Promise<undefined> {
  await sendCard(turn, 'daily', turn.who.id);
}

/** 不再接收, and 恢复接收. */
export async function optOut(turn: PressTurn): Promise<Reply> {
  await turn.db.sql`INSERT INTO quiz_daily_opt_out ("personId") VALUES (${turn.who.id}) ON CONFLICT DO NOTHING`;
  return { toast: '以后不再给您发每日一题。发送“每日一题”可以恢复。' };
}

export async function optIn(turn: PressTurn): Promise<Reply> {
  await turn.db.sql`DELETE FROM quiz_daily_opt_out WHERE "personId" = ${turn.who.id}`;
  return { toast: '已恢复，您会在工作日收到每日一题。' };
}

/** A secretary switches it on or off for the own branch, an administrator for the detachment. */
export async function switchDaily(turn: PressTurn): Promise<Reply> {
  const scope = scopeOf(turn.who, (branchId) =>
    turn.may('quiz.publish', branchId === null ? 'detachment' : { branchId }),
  );
  if (!scope) return { toast: '只有支部书记和政治处可以开关每日一题。', kind: 'warning' };
  const off = await turn.db.sql`DELETE FROM quiz_daily WHERE scope = ${scope} RETURNING scope`;
  if (off.length > 0) return { toast: '已停发每日一题。' };
  await turn.db.sql`INSERT INTO quiz_daily (scope, "setById", "setAt") VALUES (${scope}, ${turn.who.id}, ${turn.now})`;
  return { toast: '已开启，从下一个工作日起每天一题。', kind: 'success' };
}

/** The settings as one person sees them. */
export const daily = card({
  ref: AnyRef,
  action: 'self',
  matter: async (_db, owner) => ({ owner }),
  load: async (db, id, { who: person }) => {
    if (!person) return undefined;
    const scope = scopeOf(person, (branchId) =>
      may(person, 'quiz.publish', branchId === null ? 'detachment' : { branchId }),
    );
    const [row] = await db.sql<{ detachment: boolean; branch: boolean; isOut: boolean; isOn: boolean }>`
      SELECT EXISTS (SELECT 1 FROM quiz_daily WHERE scope = 'detachment') AS detachment,
        EXISTS (SELECT 1 FROM quiz_daily WHERE scope = ${person.branchId ?? ''}) AS branch,
        EXISTS (SELECT 1 FROM quiz_daily WHERE scope = ${scope ?? ''}) AS "isOn",
        EXISTS (SELECT 1 FROM quiz_daily_opt_out WHERE "personId" = ${id}) AS "isOut"`;
    const isSent = Boolean(row?.detachment || row?.branch);
    return {
      line: !isSent
        ? '您所在的范围还没有开启每日一题。'
        : row?.isOut
          ? '您已选择不接收每日一题。'
          : '工作日上午给您发一道题，答不答都可以。',
      isOut: row?.isOut ?? false,
      isSent,
      scope: scope === 'detachment' ? '全支队' : scope ? '本支部' : '',
      isOn: row?.isOn ?? false,
    };
  },
});

/** What somebody may switch: the detachment before the own branch; undefined for nobody's. */
function scopeOf(
  person: { branchId: string | null },
  mayPublish: (branchId: string | null) => boolean,
): string | undefined {
  if (mayPublish(null)) return 'detachment';
  return person.branchId !== null && mayPublish(person.branchId) ? person.branchId : undefined;
}

function endOfDay(calendar: Calendar, day: Day): Date {
  return calendar.at(calendar.addDays(day, 1), '00:00');
}
