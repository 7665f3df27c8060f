/** How an audience is kept: in one form, and as it was before there was one column for it. */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../src/basics/log.ts';
import { audience, audienceOf, wholeOf } from '../../src/people/audience/audience.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { createTestDatabase } from '../storage/test-database.ts';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const BRANCH = '00000000-0000-4000-8000-000000000001';

it('rows of every kind keep the audience they had', async () => {
  const database = await createTestDatabase({ template: 'template0' });
  const folder = await mkdtemp(join(tmpdir(), 'jingxin-migrations-'));
  const db = openDatabase(database.connectionString, () => {});
  onTestFinished(async () => {
    await db.close();
    await database.drop();
    await rm(folder, { recursive: true });
  });
  const names = (await readdir(MIGRATIONS)).filter((name) => /^\d/.test(name)).sort();
  const before = names.slice(
    0,
    names.findIndex((name) => name.endsWith('_audiences')),
  );
  for (const name of before) await cp(join(MIGRATIONS, name), join(folder, name), { recursive: true });
  await migrate(database.connectionString, createLog('silent'), { folder });
  await db.sql`
    INSERT INTO study_task (id, topic, "audienceKind", "audienceId", "audienceWho", "issuedById", "createdAt")
    SELECT gen_random_uuid(), t.topic, t.kind, t.id, t.who, 'x', now() FROM (VALUES
      ('1 branch', 'branch', ${BRANCH}, 'members'), ('2 unit', 'unit', 'od-1', 'everyone'), ('3 detachment', 'detachment', NULL, 'members'), ('4 none', NULL, NULL, 'members')
    ) AS t (topic, kind, id, who)`;
  await db.sql`
    INSERT INTO quiz (id, kind, topics, "audienceKind", "audienceId", "audienceWho", "createdAt") VALUES (gen_random_uuid(), 'contest', '{}', 'unit', 'od-1', 'members', now())`;
  await db.sql`
    INSERT INTO supply_handout (id, kind, "pointIds", "audienceKind", "issuedById", "createdAt") VALUES (gen_random_uuid(), 'heat', '{}', 'detachment', 'x', now())`;
  await db.sql`
    INSERT INTO star_round (id, title, "audienceKind", "audienceId", "nominateUntil", "checkUntil", "reviewUntil", "decideUntil", "orderSeed", "createdAt")
    VALUES (gen_random_uuid(), 't', 'branch', ${BRANCH}, now(), now(), now(), now(), '', now())`;
  await db.sql`INSERT INTO star_group ("chatId", "audienceKind", "addedById") VALUES ('oc_1', 'detachment', 'x')`;

  await migrate(database.connectionString, createLog('silent'));

  const branch = { kind: 'branch', id: BRANCH } as const;
  const unit = { kind: 'unit', id: 'od-1' } as const;
  const everybody = wholeOf({ kind: 'detachment', id: null }, 'everyone');
  const tasks = await db.sql<{
    audience: unknown;
  }>`SELECT audience FROM publication JOIN study_task USING (id) ORDER BY topic`;
  expect(tasks.map(audienceOf)).toEqual([
    wholeOf(branch, 'members'),
    wholeOf(unit, 'everyone'),
    wholeOf({ kind: 'detachment', id: null }, 'members'),
    null,
  ]);
  // As it is kept, not as it is read: rows are compared by it.
  expect(await db.sql`SELECT audience FROM publication JOIN quiz USING (id)`).toEqual([
    { audience: wholeOf(unit, 'members') },
  ]);
  expect(await db.sql`SELECT audience FROM publication JOIN supply_handout USING (id)`).toEqual([
    { audience: everybody },
  ]);
  expect(await db.sql`SELECT audience FROM star_round`).toEqual([{ audience: wholeOf(branch, 'everyone') }]);
  expect(await db.sql`SELECT audience FROM star_group`).toEqual([{ audience: everybody }]);
});

it('is always written the same way, and what is none is refused', () => {
  const unit = (id: string) => ({ kind: 'unit' as const, id });
  expect(audience({ places: [unit('b'), unit('a'), unit('b')], persons: ['2', '1', '2'] })).toEqual(
    audience({ places: [unit('a'), unit('b')], persons: ['1', '2'] }),
  );
  expect(audience({ kinds: ['auxiliary', 'officer'] }).kinds).toEqual([]);
  expect(audience({ politics: ['probationary', 'member'] }).politics).toEqual(['member', 'probationary']);
  expect(audience({ places: [unit('a'), { kind: 'detachment', id: null }] }).places).toEqual([
    { kind: 'detachment', id: null },
  ]);
  expect(() => audienceOf({ audience: { ...audience({}), places: [{ kind: 'branch', id: 'no uuid' }] } })).toThrow();
  expect(() => audienceOf({ audience: { places: [] } })).toThrow();
});
