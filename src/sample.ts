/** The bot without a Feishu account: the emulator stands in Feishu's place, with a sample detachment in it. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, type AppConfig, type AppTuning, startApp } from './app.ts';
import { now as clockNow } from './basics/clock.ts';
import { StartError } from './basics/errors.ts';
import type { Logger } from './basics/log.ts';
import { createStops, type Stops } from './basics/stops.ts';
import type { Config } from './config.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from './emulator/emulator.ts';
import { SAMPLE_PEOPLE, sampleRoles, sampleWorld } from './emulator/world/sample.ts';
import { BRANCH_FIELD, POLITICS_FIELD } from './emulator/world/world.ts';
import { startOwnDatabase } from './own-database.ts';
import { assignRole } from './people/assign-role.ts';
import type { Database } from './storage/database.ts';
import { EMULATOR_APP_ID } from './storage/tenant.ts';

const BOT_ANSWERS_WITHIN_MS = 3_000;
const PAGE = fileURLToPath(new URL('./emulator/page/dist', import.meta.url));

/** `credentials` are what the emulator signs and encrypts with: nobody outside this process knows them. */
export type Sample = {
  url: string;
  app: App;
  /** The settings the bot was started with. */
  appConfig: AppConfig;
  emulator: Emulator;
  credentials: Credentials;
  /** As `run` of `stops.ts`. */
  stop: Stops['run'];
};
type Credentials = { appId: string; appSecret: string; encryptKey: string; verificationToken: string };

/**
 * Starts emulator and bot together. The page is at `url`, on the configured port; the bot listens on the next one. Throws
 * `StartError` when a port is taken or another process uses the folder, after undoing what it began.
 */
export async function startSample(
  config: Config,
  log: Logger,
  options: SampleOptions = {},
  stops = createStops(log),
): Promise<Sample> {
  try {
    return { ...(await start(config, log, options, stops)), stop: stops.run };
  } catch (error) {
    await stops.run();
    throw error;
  }
}

type SampleOptions = { tuning?: AppTuning; emulator?: Partial<EmulatorOptions> };

async function start(config: Config, log: Logger, options: SampleOptions, stops: Stops): Promise<Omit<Sample, 'stop'>> {
  // The database's owner lock protects the whole folder, the emulator's world included: so it comes first and goes last.
  const postgres = config.DATABASE_URL
    ? undefined
    : await startOwnDatabase(config, log, stops, options.tuning?.onBroken);
  const credentials = {
    appId: EMULATOR_APP_ID,
    appSecret: randomBytes(16).toString('hex'),
    encryptKey: randomBytes(16).toString('hex'),
    verificationToken: randomBytes(16).toString('hex'),
  };
  let app: App | undefined;
  const emulator = await startEmulator({
    ...credentials,
    host: config.HOST,
    port: config.PORT,
    dataDir: join(config.DATA_DIR, 'emulator'),
    world: sampleWorld(),
    ...(existsSync(PAGE) && { pageDir: PAGE }),
    timetable: async () => app?.readTimetable(),
    isWorkday: (day) => app?.isWorkday(day) ?? true,
    cards: async () => (await app?.readGallery()) ?? [],
    askBot: (path) => askBot(app?.url, path),
    log: (line) => log.debug({ line }, 'emulator'),
    ...options.emulator,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new StartError(`Port ${config.PORT} is taken by another program. Stop it, or set PORT to another number.`);
  });
  stops.add('the emulator', emulator.stop);
  const appConfig: AppConfig = {
    ...config,
    ...(postgres && { DATABASE_URL: postgres.connectionString }),
    PORT: config.PORT === 0 ? 0 : config.PORT + 1,
    FEISHU_DOMAIN: emulator.url,
    FEISHU_APP_ID: credentials.appId,
    FEISHU_APP_SECRET: credentials.appSecret,
    FEISHU_ENCRYPT_KEY: credentials.encryptKey,
    FEISHU_VERIFICATION_TOKEN: credentials.verificationToken,
    FEISHU_BRANCH_FIELD: BRANCH_FIELD,
    FEISHU_POLITICS_FIELD: POLITICS_FIELD,
    ADMIN_IDS: config.ADMIN_IDS.length > 0 ? config.ADMIN_IDS : [SAMPLE_PEOPLE.administrator],
  };
  const appStops = createStops(log);
  stops.add('the bot', appStops.run);
  app = await startApp(appConfig, log, { worksAlone: postgres !== undefined, ...options.tuning }, appStops);
  await giveSampleRoles(app.db);
  if (config.FEISHU_EVENTS === 'webhook') emulator.pushTo(`${app.url}/webhook/event`);
  return { url: emulator.url, app, appConfig, emulator, credentials };
}

/** What the bot answers; 503 while it is not there, or silent for longer than whoever asks will wait. */
async function askBot(url: string | undefined, path: string): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(BOT_ANSWERS_WITHIN_MS) });
    return { status: response.status, body: await response.json() };
  } catch {
    return { status: 503, body: { ok: false } };
  }
}

/** Secretaries and discipline commissioners hold no office in the contacts: the sample appoints them once, as an administrator would. */
async function giveSampleRoles(db: Database): Promise<void> {
  const now = clockNow();
  await db.transaction(async (tx) => {
    const given = await tx.sql`SELECT 1 FROM role_assignment WHERE source = 'sample' LIMIT 1`;
    if (given.length > 0) return;
    const branches = await tx.sql<{ id: string; name: string }>`SELECT id::text, name FROM branch`;
    for (const { personId, role, scope } of sampleRoles()) {
      if (role === 'leader') continue; // the contacts say so already
      const branch = branches.find(({ name }) => name === scope.branchName);
      const scopeId = branch?.id ?? null;
      if (role === 'administrator' || branch)
        await assignRole(tx, { personId, role, scopeId, from: now, until: null }, 'sample', now);
    }
  });
}
