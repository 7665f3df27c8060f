/** What a monitor hears: /healthz while the process lives, /readyz while it can write, and the page the same as the bot. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { now } from '../src/basics/clock.ts';
import { createReadiness } from '../src/http/readiness.ts';
import { type House, openHouse } from './support/house.ts';

describe('the page and the bot', () => {
  it('are well, and the page says of the bot what the bot says', async () => {
    const house = await openHouse();
    expect(await askAll(house)).toEqual({ bot: [200, 200], page: [200, 200] });
    await house.app.stop();
    expect(await ask(house.url)).toEqual([503, 503]);
  });

  it('are not ready while the database is read-only, and are again afterwards', async () => {
    const house = await openHouse();
    await setReadOnly(house, 'on');
    await expect.poll(() => askAll(house), { timeout: 10_000 }).toEqual({ bot: [200, 503], page: [200, 503] });
    await setReadOnly(house, 'off');
    await expect.poll(() => askAll(house), { timeout: 10_000 }).toEqual({ bot: [200, 200], page: [200, 200] });
  });

  it('are not ready while a write hangs, and say so in time', async () => {
    const house = await openHouse();
    const blocker = await connect(house);
    await blocker.query('BEGIN; UPDATE tenant SET "writtenAt" = now()');
    const began = performance.now();
    expect(await ask(house.app.url)).toEqual([200, 503]);
    expect(performance.now() - began).toBeLessThan(4_000);
    await blocker.query('ROLLBACK');
    await expect.poll(() => ask(house.app.url), { timeout: 10_000 }).toEqual([200, 200]);
  });
});

describe('metrics', () => {
  it('count what waits, and what has come to rest within a day: no reading grows dearer with the years', async () => {
    const house = await openHouse({ environment: { OPS_TOKEN: 'a-token-of-the-tests' } });
    await house.app.db.sql`
      INSERT INTO delivery (id, key, feature, card, ref, recipient, push, state, "dueAt")
      SELECT gen_random_uuid(), 'x:' || state || n || days, 'x', 'x', 'x', 'x', 'quiet', state, ${now()}::timestamptz + days * interval '1 day'
      FROM (VALUES ('pending', 3, 2), ('failed', 2, -0.5), ('failed', 5, -2), ('sent', 7, -400)) AS row (state, many, days), generate_series(1, many) AS n`;
    const headers = { authorization: 'Bearer a-token-of-the-tests' };
    const told = await (await fetch(`${house.app.url}/metrics`, { headers })).text();
    expect(told.match(/^jingxin_deliveries\{.*$/gm)?.sort()).toEqual([
      'jingxin_deliveries{state="failed"} 2',
      'jingxin_deliveries{state="pending"} 3',
    ]);
  });
});

describe('readiness', () => {
  it('is found out once for many who ask, and not again beside a check that hangs', async () => {
    let checks = 0;
    let end = () => {};
    const isReady = createReadiness(() => {
      checks++;
      return new Promise((resolve) => {
        end = resolve;
      });
    });
    expect(await Promise.all([isReady(), isReady(), isReady()])).toEqual([false, false, false]);
    expect(await isReady()).toBe(false);
    expect(checks).toBe(1);
    end();
    await expect
      .poll(
        async () => {
          void isReady();
          return checks;
        },
        { timeout: 5_000 },
      )
      .toBe(2);
    end();
    await expect.poll(isReady, { timeout: 5_000 }).toBe(true);
  });
});

describe("the image's HEALTHCHECK", () => {
  it.each([
    ['the port that PORT says', 0],
    ['a port where nobody listens', 1],
  ])('asks %s', async (_name, code) => {
    const house = await openHouse();
    const port = code === 0 ? new URL(house.app.url).port : '1';
    const dockerfile = readFileSync(fileURLToPath(new URL('../Dockerfile', import.meta.url)), 'utf8');
    const script = /^HEALTHCHECK CMD node -e "(.*)"$/m.exec(dockerfile)?.[1] ?? '';
    expect(script).toContain('fetch');
    const check = spawn(execPath, ['-e', script], { env: { PATH: env.PATH, PORT: port } });
    expect(await once(check, 'exit')).toEqual([code, null]);
  });
});

async function askAll(house: House) {
  const [bot, page] = await Promise.all([ask(house.app.url), ask(house.url)]);
  return { bot, page };
}

function ask(url: string): Promise<number[]> {
  return Promise.all(['healthz', 'readyz'].map(async (path) => (await fetch(`${url}/${path}`)).status));
}

async function connect({ app }: House): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: app.db.connectionString });
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

/** For everybody who connects from now on; the bot's connections break, as after a failover. */
async function setReadOnly(house: House, state: 'on' | 'off'): Promise<void> {
  const client = await connect(house);
  await client.query('SET default_transaction_read_only = off');
  await client.query(`ALTER DATABASE ${client.database} SET default_transaction_read_only = ${state}`);
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
}
