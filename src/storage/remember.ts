/** A reader for many who look at the same moment: what was asked once is not asked again. */
import type { Reader } from './database.ts';

/**
 * Reads like `db`, but each statement with the same parameters once. For one batch only: what is written after it was made may be seen
 * or not. Rows are shared by all who ask, so nobody may change them: they are frozen.
 */
export function remember({ sql, models }: Reader): Reader {
  const asked = new Map<TemplateStringsArray, Map<string, Promise<unknown[]>>>();
  return {
    models,
    sql: <Row>(text: TemplateStringsArray, ...values: unknown[]) => {
      const answers = asked.get(text) ?? new Map<string, Promise<unknown[]>>();
      asked.set(text, answers);
      const key = JSON.stringify(values);
      const answer = answers.get(key) ?? sql(text, ...values).then((rows) => rows.map((row) => Object.freeze(row)));
      answers.set(key, answer);
      return answer.then((rows) => [...rows]) as Promise<Row[]>;
    },
  };
}
