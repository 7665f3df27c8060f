/** The sample detachment's messenger in the test process, for bots that come and go beside it. */
import { onTestFinished } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/emulator.ts';
import type { PressAnswer } from '../../../src/emulator/site/page-api.ts';
import { SAMPLE_PEOPLE, sampleWorld } from '../../../src/emulator/world/sample.ts';
import { BRANCH_FIELD, POLITICS_FIELD } from '../../../src/emulator/world/world.ts';
import { findPressable } from '../../support/card-reader.ts';

const KEYS = {
  appId: 'cli_00000000000000fa',
  appSecret: 'a secret of the tests',
  encryptKey: 'a key of the tests',
  verificationToken: 'a token of the tests',
};

const SENTENCE = '提醒全支队全体人员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神';

/** Everybody who can be written to: 400 people less those who are frozen or have not joined. */
export const REACHABLE = sampleWorld()
  .users.filter(({ status }) => status.is_activated && !status.is_frozen)
  .map(({ open_id }) => open_id);

/** Starts the emulator with known keys; it ends with the test. */
export async function startDetachment(options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  const emulator = await startEmulator({
    ...KEYS,
    ...{ host: '127.0.0.1', port: 0, world: sampleWorld(), limits: 'off', retryScale: 0.01 },
    ...options,
  });
  onTestFinished(() => emulator.stop());
  return emulator;
}

/** The settings with which a bot works for this emulator, at any hour of the day. */
export function settingsFor(emulator: Emulator): Record<string, string> {
  return {
    FEISHU_DOMAIN: emulator.url,
    FEISHU_APP_ID: KEYS.appId,
    FEISHU_APP_SECRET: KEYS.appSecret,
    FEISHU_ENCRYPT_KEY: KEYS.encryptKey,
    FEISHU_VERIFICATION_TOKEN: KEYS.verificationToken,
    FEISHU_BRANCH_FIELD: BRANCH_FIELD,
    FEISHU_POLITICS_FIELD: POLITICS_FIELD,
    ADMIN_IDS: SAMPLE_PEOPLE.administrator,
    QUIET_HOURS: 'off',
    QUIET_DAYS: 'off',
    PORT: '0',
  };
}

/** The administrator writes to all 400 and has the preview before the eyes. */
export async function draftForAll(emulator: Emulator): Promise<void> {
  emulator.say(SAMPLE_PEOPLE.administrator, SENTENCE);
  await emulator.waitFor(() => findConfirm(emulator), 60_000, 'the preview');
}

/** Presses 确认发布 on the preview; what the administrator sees then. */
export function confirm(emulator: Emulator): Promise<PressAnswer> {
  const found = findConfirm(emulator);
  if (!found) throw new Error('there is no preview to confirm');
  return emulator.press(SAMPLE_PEOPLE.administrator, found.messageId, found.press);
}

function findConfirm(emulator: Emulator) {
  for (const { id: messageId, content } of emulator.messagesOf(SAMPLE_PEOPLE.administrator)) {
    const press = findPressable(content, '确认发布');
    if (press) return { messageId, press };
  }
  return undefined;
}
