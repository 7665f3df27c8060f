/** Which keys must not be told: those of questions that somebody is still being asked. The rule itself is `secret_keys` in the database. */
import { formatInstant, type Viewpoint } from '../../calendar/format.ts';
import type { Reader } from '../../storage/database.ts';

/** Questions by id, each with the instant at which its key may be told. */
export type Secrets = ReadonlyMap<string, Date>;

/** Whose key, explanation and source must not be told to this person now; without a person, to nobody at all. */
export async function findSecrets(db: Reader, now: Date, person = ''): Promise<Secrets> {
  return toMap(
    await db.sql`SELECT "questionId" AS id, max(until) AS until FROM secret_keys(${now}, ${person}) GROUP BY 1`,
  );
}

/** When the key of one question may be told to this person, or to anybody; undefined when it may be told now. */
export async function findSecretUntil(db: Reader, question: string, now: Date, person = ''): Promise<Date | undefined> {
  const [row] = await db.sql<{ until: Date | null }>`
    SELECT max(until) AS until FROM secret_keys(${now}, ${person}) WHERE "questionId" = ${question}`;
  return row?.until ?? undefined;
}

/**
 * What this person has yet to answer. Whoever looks after the bank sees every key but these: they must be able to correct one while
 * an exam is on, and may sit it themselves.
 */
export async function findOwnOpen(db: Reader, now: Date, person = ''): Promise<Secrets> {
  return toMap(
    await db.sql`SELECT "questionId" AS id, max(until) AS until FROM open_questions(${now}, ${person}) GROUP BY 1`,
  );
}

/** For whoever is shown nothing of a key yet. */
export function sayWhenTold(until: Date, viewpoint: Viewpoint): string {
  return `这道题正在考试或答题中使用，答案和出处在${formatInstant(until, viewpoint)}以后公布。`;
}

/** For whoever looks after the bank and has the question on their own paper. */
export const ON_OWN_PAPER = '这道题在您还没有答完的试卷上，答完后再来处理。';

function toMap(rows: { id: string; until: Date }[]): Secrets {
  return new Map(rows.map(({ id, until }) => [id, until]));
}
