/** Where everybody stands in a publication, counted anew by plain sets: of the house's own counting nothing is used. */
import type { Database } from '../../src/storage/database.ts';

/** The words in which a card counts, and who is meant by each. */
export type Roll = Record<string, string[]>;

/** Where a feature keeps who has done their part, and what became of it. */
const BEGUN: Record<string, string> = { 'study-tasks': '完成', quizzes: '参加' };
const CLAIMS: Record<string, string> = {
  reserved: '待领',
  collected: '已领',
  partial: '部分领取',
  missed: '没领到',
};

/**
 * The names of everybody by the words of the progress card, on that day; `shown` are those on whose screen it has been. An end turns
 * 待送达 into 没送到, so both are called 没送到 here.
 */
export async function recount(
  db: Database,
  { id, feature }: { id: string; feature: string },
  shown: string[],
  day: string,
): Promise<Roll> {
  const rows = await db.sql<{ name: string; standing: string }>`
    WITH everybody AS (SELECT "personId" AS id FROM part WHERE "publicationId" = ${id}::uuid),
      settled AS (
        SELECT "personId" AS id, state AS how FROM supply_claim WHERE "handoutId" = ${id}::uuid AND state <> 'open'
        UNION ALL SELECT "personId", 'done' FROM quiz_attempt WHERE "quizId" = ${id}::uuid AND "startedAt" IS NOT NULL
        UNION ALL SELECT "personId", 'done' FROM part WHERE "publicationId" = ${id}::uuid AND "doneAt" IS NOT NULL AND ${feature} = 'study-tasks'),
      undone AS (SELECT id FROM everybody EXCEPT SELECT id FROM settled),
      gone AS (SELECT id FROM undone INTERSECT SELECT id FROM person WHERE status <> 'active'),
      away AS (SELECT id FROM undone INTERSECT SELECT "personId" FROM leave WHERE daterange("firstDay", "lastDay", '[]') @> ${day}::date EXCEPT SELECT id FROM gone),
      lost AS (SELECT id FROM undone INTERSECT SELECT "personId" FROM part WHERE "publicationId" = ${id}::uuid AND "isUnreachable" EXCEPT SELECT id FROM away),
      untold AS (SELECT id FROM undone EXCEPT SELECT unnest(${shown}::text[]) EXCEPT SELECT id FROM gone EXCEPT SELECT id FROM away EXCEPT SELECT id FROM lost),
      standing AS (
        SELECT id, how FROM settled UNION ALL SELECT id, '休假' FROM away UNION SELECT id, '联系不上' FROM gone UNION SELECT id, '联系不上' FROM lost
        UNION ALL SELECT id, '没送到' FROM untold
        UNION ALL (SELECT id, 'open' FROM undone EXCEPT SELECT id, 'open' FROM gone EXCEPT SELECT id, 'open' FROM away EXCEPT SELECT id, 'open' FROM lost EXCEPT SELECT id, 'open' FROM untold))
    SELECT p.name, s.how AS standing FROM standing s JOIN person p USING (id) ORDER BY p.name, p.id`;
  const open = feature === 'study-tasks' ? '待完成' : feature === 'quizzes' ? '未参加' : '未申领';
  const always = feature === 'heat-supplies' ? ['已领', '待领'] : [`已${BEGUN[feature]}`];
  const roll: Roll = Object.fromEntries([...always, open].map((word) => [word, []]));
  for (const { name, standing } of rows) {
    const word =
      standing === 'open' ? open : standing === 'done' ? `已${BEGUN[feature]}` : (CLAIMS[standing] ?? standing);
    roll[word] = [...(roll[word] ?? []), name];
  }
  return roll;
}

/** The same as numbers, with the head-count. */
export function countRoll(roll: Roll): Record<string, number> {
  const counts = Object.entries(roll).map(([word, names]) => [word, names.length] as const);
  return { ...Object.fromEntries(counts), 共: counts.reduce((sum, [, count]) => sum + count, 0) };
}

/** The line of a card that counts people, read word by word: 已完成 31 · 待完成 7 · 休假 2（共40人）. */
export function readCounts(card: string): Record<string, number> | undefined {
  const line = card.split('\n').find((one) => /^(?:\S+ \d+ · )+\S+ \d+（共\d+人）$/.test(one));
  if (!line) return undefined;
  const counts = [...line.matchAll(/([^\s·（]+) (\d+)/g)].map(([, word = '', count]) => [
    word === '待送达' ? '没送到' : word,
    Number(count),
  ]);
  return { ...Object.fromEntries(counts), 共: Number(/共(\d+)人/.exec(line)?.[1]) };
}
