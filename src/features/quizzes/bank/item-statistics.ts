/** How questions have done: how often drawn and answered, what share was right, how many disputes. For whoever looks after the bank. */
import type { Reader } from '../../../storage/database.ts';

/** Below so many answers a share says nothing. */
export const ENOUGH_ANSWERS = 20;

/** `facility` is the share of right answers in percent; null below `ENOUGH_ANSWERS`. */
export type ItemStatistics = { id: string; drawn: number; answered: number; facility: number | null; disputes: number };

/** The statistics of these questions by id; right and wrong go by the key as it is now. */
export async function findItemStatistics(db: Reader, ids: readonly string[]): Promise<Map<string, ItemStatistics>> {
  const rows = await db.sql<ItemStatistics>`
    WITH drawn AS (
      SELECT u.id, count(*)::int AS count FROM quiz_attempt a, unnest(a."questionIds") AS u (id) WHERE u.id = ANY (${ids}::text[]) GROUP BY u.id),
    given AS (
      SELECT q.id, count(*)::int AS count, count(*) FILTER (WHERE w.choice <@ q.key AND q.key <@ w.choice)::int AS correct
      FROM quiz_answer w JOIN quiz_question q ON q.id = w."questionId" WHERE q.id = ANY (${ids}::text[]) GROUP BY q.id),
    disputed AS (
      SELECT "questionId" AS id, count(*)::int AS count FROM quiz_dispute
      WHERE "questionId" = ANY (${ids}::text[]) AND outcome IS NOT NULL GROUP BY "questionId")
    SELECT q.id, COALESCE(drawn.count, 0) AS drawn, COALESCE(given.count, 0) AS answered, COALESCE(disputed.count, 0) AS disputes,
      CASE WHEN given.count >= ${ENOUGH_ANSWERS}::int THEN round(100.0 * given.correct / given.count)::int END AS facility
    FROM quiz_question q LEFT JOIN drawn ON drawn.id = q.id LEFT JOIN given ON given.id = q.id LEFT JOIN disputed ON disputed.id = q.id
    WHERE q.id = ANY (${ids}::text[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** The statistics of one question in a line; nothing as long as too few have answered. */
export function describeStatistics({ drawn, answered, facility, disputes }: ItemStatistics): string {
  if (facility === null) return '';
  return `抽到${drawn}次 · 作答${answered}次 · 答对${facility}% · 异议${disputes}条`;
}
