/** The real bot in a process of its own, as `npm start` runs it, with the limits of Feishu raised out of the way. */
import { startApp } from '../../src/app.ts';
import { createLog } from '../../src/basics/log.ts';
import { readConfig } from '../../src/config.ts';
import { BRANCH_FIELD, POLITICS_FIELD } from '../../src/emulator/world/world.ts';
import { features } from '../../src/features/index.ts';
import { readArgument, serveParent } from './child.ts';
import { CREDENTIALS, ISSUER } from './house.ts';

const { databaseUrl, emulatorUrl } = readArgument<{ databaseUrl: string; emulatorUrl: string }>();
const config = readConfig(features, {
  FEISHU_APP_ID: CREDENTIALS.appId,
  FEISHU_APP_SECRET: CREDENTIALS.appSecret,
  FEISHU_ENCRYPT_KEY: CREDENTIALS.encryptKey,
  FEISHU_VERIFICATION_TOKEN: CREDENTIALS.verificationToken,
  FEISHU_DOMAIN: emulatorUrl,
  FEISHU_BRANCH_FIELD: BRANCH_FIELD,
  FEISHU_POLITICS_FIELD: POLITICS_FIELD,
  DATABASE_URL: databaseUrl,
  ADMIN_IDS: ISSUER,
  PORT: '0',
  QUIET_HOURS: 'off',
  QUIET_DAYS: 'off',
});
const credentials = { FEISHU_APP_ID: CREDENTIALS.appId, FEISHU_APP_SECRET: CREDENTIALS.appSecret };
const app = await startApp({ ...config, ...credentials }, createLog('warn'), {
  limits: { perSecond: 1e9, perMinute: 1e9, perRecipient: 5 },
});
serveParent(app.url, { stop: app.stop });
