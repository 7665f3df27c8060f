/** A press by somebody the card was not for: refused politely, and nothing is shown or changed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { moveTo, now } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { SAMPLE_PEOPLE } from '../../src/emulator/sample.ts';
import { createLog } from '../../src/log.ts';
import { type Posted, post, seal, sign } from '../messenger/feishu-push.ts';
import { createTestDatabase } from '../storage/test-database.ts';
import { findPressable } from '../support/card-reader.ts';
import { MONDAY_MORNING } from '../support/house.ts';
import { confirm, draftForAll, KEYS, settingsFor, startDetachment } from './detachment.ts';

it('a second person who presses 确认发布 on the same preview is refused, and sees nothing of it', async () => {
  const { app, emulator } = await open();
  await draftForAll(emulator);
  const pressed = await pressAs(app, emulator, SAMPLE_PEOPLE.secretary);
  expect(pressed).toEqual({
    status: 200,
    body: { toast: { type: 'warning', content: '这张卡片不是发给您的，没有改动任何内容。' } },
  });
  expect(await app.db.sql`SELECT state FROM study_task`).toEqual([{ state: 'draft' }]);
  expect(await confirm(emulator)).toMatchObject({ ok: true, toast: { type: 'success' } });
});

it('both at once: the owner publishes, the other is refused', async () => {
  const { app, emulator } = await open();
  await draftForAll(emulator);
  const [owner, other] = await Promise.all([confirm(emulator), pressAs(app, emulator, SAMPLE_PEOPLE.secretary)]);
  expect(owner).toMatchObject({ ok: true, toast: { type: 'success' } });
  expect(other).toMatchObject({ status: 200, body: { toast: { type: 'warning' } } });
  expect(other.body).not.toHaveProperty('card');
  expect(await app.db.sql`SELECT state FROM study_task`).toEqual([{ state: 'published' }]);
});

it('somebody who is in no contacts is told whom to ask', async () => {
  const { app, emulator } = await open();
  await draftForAll(emulator);
  const pressed = await pressAs(app, emulator, 'ou_00000000000000000000000000000000');
  expect(JSON.stringify(pressed.body)).toContain('没有在通讯录里找到您');
  expect(pressed.body).not.toHaveProperty('card');
});

/** The bot in this process, both people being administrators, so that only the card's owner tells them apart. */
async function open(): Promise<{ app: App; emulator: Emulator }> {
  moveTo(MONDAY_MORNING);
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'jingxin-two-'));
  const emulator = await startDetachment();
  const config = readConfig({
    ...settingsFor(emulator),
    ADMIN_IDS: `${SAMPLE_PEOPLE.administrator},${SAMPLE_PEOPLE.secretary}`,
    DATABASE_URL: database.connectionString,
    DATA_DIR: dataDir,
  });
  const credentials = { FEISHU_APP_ID: KEYS.appId, FEISHU_APP_SECRET: KEYS.appSecret };
  const app = await startApp({ ...config, ...credentials }, createLog('silent'), { callTimeoutMs: 1000 });
  emulator.pushTo(`${app.url}/webhook/event`);
  onTestFinished(async () => {
    await app.stop();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });
  return { app, emulator };
}

/** A genuine press by `person` on the administrator's preview, as Feishu would push it. */
function pressAs(app: App, emulator: Emulator, person: string): Promise<Posted> {
  const preview = emulator.messagesOf(SAMPLE_PEOPLE.administrator).at(-1);
  const action = findPressable(preview?.content, '确认发布');
  const body = seal(
    JSON.stringify({
      schema: '2.0',
      header: {
        event_id: `by-${person}`,
        event_type: 'card.action.trigger',
        create_time: `${now().getTime()}000`,
        token: KEYS.verificationToken,
        app_id: KEYS.appId,
        tenant_key: 'tenant',
      },
      event: {
        operator: { open_id: person },
        action,
        context: { open_message_id: preview?.id, open_chat_id: preview?.chatId },
      },
    }),
    KEYS.encryptKey,
  );
  return post(`${app.url}/webhook/event`, body, sign(body, KEYS.encryptKey));
}
