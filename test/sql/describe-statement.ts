/** Asks PostgreSQL what a statement would give, without running it: Parse and Describe of its protocol. */
import type pg from 'pg';

/** A column of the answer. `type` as `pg_type` names it, an enum as `text`; where it comes from, and whether it may be null, is known of a table's own alone. */
export type Column = { name: string; type: string; table?: string; origin?: string; isNullable?: boolean };

type Field = { name: string; tableID: number; columnID: number; dataTypeID: number };
/** The part of pg's connection that a query of one's own drives. */
type Wire = {
  parse(query: { text: string; name: string }): void;
  describe(what: { type: 'S'; name: string }): void;
  sync(): void;
};

/** The columns of a statement; none for one that answers nothing. Throws PostgreSQL's error for one that it cannot prepare. */
export async function describeStatement(client: pg.Client, text: string): Promise<Column[]> {
  const fields = await new Promise<Field[]>((resolve, reject) => {
    let found: Field[] = [];
    client.query({
      submit(connection: unknown) {
        const wire = connection as Wire;
        wire.parse({ text, name: '' });
        wire.describe({ type: 'S', name: '' });
        wire.sync();
      },
      handleRowDescription({ fields }: { fields: Field[] }) {
        found = fields;
      },
      handleError: reject,
      handleReadyForQuery: () => resolve(found),
    } as pg.Submittable);
  });
  if (fields.length === 0) return [];
  const { rows } = await client.query<Omit<Column, 'table'> & { table: string | null }>({
    text: `SELECT f.name, CASE t.typtype WHEN 'e' THEN 'text' ELSE t.typname END AS type, c.relname AS table, a.attname AS origin, NOT a.attnotnull AS "isNullable"
      FROM jsonb_to_recordset($1::jsonb) AS f (name text, "tableID" oid, "columnID" int, "dataTypeID" oid, at int)
      JOIN pg_type t ON t.oid = f."dataTypeID" LEFT JOIN pg_class c ON c.oid = f."tableID" AND c.relkind = 'r'
      LEFT JOIN pg_attribute a ON a.attrelid = f."tableID" AND a.attnum = f."columnID" ORDER BY f.at`,
    values: [JSON.stringify(fields.map((field, at) => ({ ...field, at })))],
  });
  return rows.map(({ name, type, table, ...origin }) =>
    table === null ? { name, type } : { name, type, table, ...origin },
  );
}
