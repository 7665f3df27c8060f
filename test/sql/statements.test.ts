/** Every SQL statement of the sources is one that the migrated database can prepare, and gives the rows that the code declares. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../storage/test-database.ts';
import { compareRow } from './compare-row.ts';
import { describeStatement } from './describe-statement.ts';
import { findStatements, type Statement } from './find-statements.ts';

const ROOT = join(import.meta.dirname, '..', '..');
let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

async function check(statements: Statement[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const statement of statements) {
    wrong.push(
      ...(await describeStatement(client, statement.text).then(
        (columns) => compareRow(statement, columns),
        (error: Error) => [`${statement.at}: ${error.message}`],
      )),
    );
  }
  return wrong;
}

describe('the SQL of the sources', () => {
  it('is what the database can prepare, and gives the rows that the code declares', async () => {
    const { statements, loose } = findStatements(ROOT, (file) =>
      /^src\/(?!storage\/(database\.ts|remember\.ts|generated\/))/.test(file),
    );
    expect(loose).toEqual([]);
    expect(statements.length).toBeGreaterThan(300);
    expect(await check(statements)).toEqual([]);
  });

  it('is given no list that may be null, which Prisma would read as empty and SQL would not', async () => {
    const { rows } = await client.query(
      `SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type = 'ARRAY' AND is_nullable = 'YES'`,
    );
    expect(rows).toEqual([]);
  });
});

/** A statement, the row that is declared for it, and what is wrong with the two. */
const MADE: [string, string, string[]][] = [
  ['SELECT id, name FROM branch', '{ id: string; name: string }', []],
  ['SELECT nonsense FROM branch', '{ id: string }', ['column "nonsense" does not exist']],
  ['SELECT id FROM branch WHERE id = $', '{ id: string }', ['syntax error at or near "$"']],
  ['SELECT id, name FROM branch', '{ id: string }', ['name comes and is not declared']],
  ['SELECT id FROM branch', '{ id: string; name: string }', ['name is declared and does not come']],
  ['UPDATE branch SET name = name', '{ id: string }', ['id is declared and does not come']],
  ['SELECT id, id FROM branch', '{ id: string }', ['id comes twice']],
  ['SELECT count(*) AS n FROM branch', '{ n: number }', ['n comes as string (int8) and is declared number']],
  ['SELECT count(*)::int AS n FROM branch', '{ n: number }', []],
  ['SELECT "dueAt" FROM delivery', '{ dueAt: string }', ['dueAt comes as Date (timestamptz) and is declared string']],
  ['SELECT "unitId" FROM person', '{ unitId: string }', ['unitId may be null and is declared not to be']],
  ['SELECT "unitId" FROM person WHERE "unitId" IS NOT NULL', '{ unitId: string }', []],
  ['SELECT name FROM person', '{ name: string | null }', ['name is never null and is declared to be']],
  [
    'SELECT p.name FROM branch b LEFT JOIN person p ON true',
    '{ name: string }',
    ['name may be null and is declared not to be'],
  ],
  ['SELECT topics FROM study_focus', "{ topics: ('a' | 'b')[] }", []],
  ['SELECT topics FROM study_focus', '{ topics: string }', ['topics comes as string[] (_text) and is declared string']],
  [
    "SELECT '{}'::jsonb AS found",
    '{ found: { at: { since: Date }[] } }',
    ['found comes as JSON, which holds no such object'],
  ],
  ["SELECT '{}'::jsonb AS found", '{ found: { since: string }[] | null }', []],
  ['SELECT id FROM branch', 'Record<string, never>', []],
];

describe('a statement', () => {
  it('is found wrong where it does something else than the code says', async () => {
    const { statements } = await findIn(MADE.map(([sql, row]) => `db.sql<${row}>\`${sql}\`;`).join('\n'));
    expect(await check(statements)).toEqual(
      MADE.flatMap(([, , wrong], index) => wrong.map((what) => `made.ts:${index + 1}: ${what}`)),
    );
  });

  it('is found with what stands around it, however it is nested', async () => {
    const { statements, loose } = await findIn(
      `type Row = { id: string; name: string };
export const inferred = (): Promise<Pick<Row, 'id'>[]> => db.sql\`SELECT \${\`\${db.sql<Omit<Row, 'id'>>\`SELECT 1 -- "\${1}"\`}\`}, \${2}\`;
const { sql } = db;
const text = Object.assign(['DROP TABLE branch'], { raw: [] });
db.sql(text); // sql
`,
    );
    expect(statements.map(({ text, row }) => ({ text, row: row && [...row.keys()] }))).toEqual([
      { text: 'SELECT $1, $2', row: ['id'] },
      { text: 'SELECT 1 -- "$1"', row: ['name'] },
    ]);
    expect(loose).toEqual(['made.ts:3', 'made.ts:5']);
  });
});

/** What is found in a file of these lines, which have the `sql` of a `db`. */
async function findIn(lines: string) {
  const folder = await mkdtemp(join(tmpdir(), 'jingxin-sql-'));
  try {
    const options = { target: 'ES2022', module: 'NodeNext', strict: true, noEmit: true, types: [] };
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, files: ['db.d.ts', 'made.ts'] }),
    );
    await writeFile(
      join(folder, 'db.d.ts'),
      'declare const db: { sql<Row = Record<string, never>>(text: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> };',
    );
    await writeFile(join(folder, 'made.ts'), lines);
    return findStatements(folder, (file) => file === 'made.ts');
  } finally {
    await rm(folder, { recursive: true });
  }
}
