/** Whose database this is: an app works on its own alone, since its contacts would take the place of the people of another. */
import type pg from 'pg';
import { StartError } from '../basics/errors.ts';

/** The app id under which the emulator is a tenant like any other; Feishu gives nobody this one. */
export const EMULATOR_APP_ID = 'cli_0000000000000000';

/** Throws `StartError` when the database belongs to another app. One that nobody has claimed yet, or without tables, is open. */
export async function refuseForeignDatabase(pool: pg.Pool, appId: string): Promise<void> {
  const { rows: tables } = await pool.query(`SELECT to_regclass('tenant') IS NOT NULL AS "isThere"`);
  if (!tables[0]?.isThere) return;
  const { rows } = await pool.query<{ appId: string }>('SELECT "appId" FROM tenant');
  const owner = rows[0]?.appId;
  if (owner === undefined || owner === appId) return;
  throw new StartError(
    `This database belongs to ${nameOf(owner)}, and this is a start of ${nameOf(appId)}. Nothing was changed. Check FEISHU_APP_ID, ` +
      'or give this start a DATABASE_URL (without one, a DATA_DIR) of its own.',
  );
}

/** Writes down whose the database is, at the first start. Call it in the transaction that has refused the others. */
export async function claimDatabase(pool: pg.Pool, appId: string): Promise<void> {
  await pool.query('INSERT INTO tenant ("appId") VALUES ($1) ON CONFLICT DO NOTHING', [appId]);
}

function nameOf(appId: string): string {
  return appId === EMULATOR_APP_ID ? 'the emulator' : `the app ${appId}`;
}
