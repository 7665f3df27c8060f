/** The composition root: the only place where parts are put together. */
import { fileURLToPath } from 'node:url';
import { type CalendarOverride, createCalendar } from './calendar/create-calendar.ts';
import { checkCard } from './card-json/check.ts';
import { renderCard, renderTemplate } from './cards/render.ts';
import { loadTemplates, readSamples } from './cards/templates.ts';
import { now as clockNow } from './clock.ts';
import { type Config, weatherOf } from './config.ts';
import type { Feature, Settings } from './feature.ts';
import { features } from './features/index.ts';
import { createMetrics } from './http/metrics.ts';
import { startWeb } from './http/server.ts';
import { inboxFeature } from './inbox/inbox-feature.ts';
import { createReceive } from './inbox/receive.ts';
import { createRegistry } from './inbox/registry.ts';
import { createTurn, inTurn, type TurnContext } from './inbox/turn.ts';
import type { Logger } from './log.ts';
import { createMessenger } from './messenger/client.ts';
import { startLongConnection } from './messenger/long-connection.ts';
import { createWebhook } from './messenger/webhook.ts';
import { type CallLimits, FEISHU_LIMITS } from './outbox/limits.ts';
import { DAILY_BUDGET, nextQuietPush } from './outbox/policy.ts';
import { relayDeliveries, relayMarks, takeBackDeliveries } from './outbox/relay.ts';
import { createMakeFile, createRender } from './outbox/render.ts';
import { retireFeature } from './outbox/retire.ts';
import { createSender } from './outbox/send.ts';
import { peopleFeature } from './people/people-feature.ts';
import { openQueues } from './queue/queues.ts';
import { createDrive, startBeat } from './schedule/beat.ts';
import { housekeeping } from './schedule/housekeeping.ts';
import { createJobRunner, hasMissedJobs, relayJobs, takeBackJobs } from './schedule/jobs.ts';
import { runDueEntries, writeTimetable } from './schedule/timetable.ts';
import { type Database, openDatabase } from './storage/database.ts';
import { startEmbeddedPostgres } from './storage/embedded-postgres.ts';
import { migrate } from './storage/migrate.ts';

const CARDS = fileURLToPath(new URL('../cards', import.meta.url));

/** The settings with the app's credentials filled in: Feishu's, or the emulator's. */
export type AppConfig = Config & { FEISHU_APP_ID: string; FEISHU_APP_SECRET: string };
/** What the sample, tests and benchmarks may set. `worksAlone`: no other process works on this database, so a start takes all back. */
export type AppTuning = {
  worksAlone?: boolean;
  limits?: CallLimits;
  callTimeoutMs?: number;
  queuePrefix?: string;
  features?: Feature[];
};

export type App = {
  /** Where the webhook, health and metrics are. */
  url: string;
  db: Database;
  /** Does at once what the next beat would do, and resolves when it is on the queue. */
  beat: () => Promise<void>;
  /** Whether a day, `2026-11-27`, is worked. */
  isWorkday: (day: string) => boolean;
  /** The timetable as an operator reads it. */
  readTimetable: () => Promise<unknown>;
  /** Every card with its samples, and what breaks a rule of the platform. */
  readGallery: () => Promise<
    { feature: string; card: string; json: unknown; problems: ReturnType<typeof checkCard> }[]
  >;
  /** Stops in reverse: no new events, what is at hand is finished, then the database. */
  stop: () => Promise<void>;
};

/** Starts the roles that the configuration asks for. Throws `StartError` when something stands in the way, after undoing what it began. */
export async function startApp(config: AppConfig, log: Logger, tuning: AppTuning = {}): Promise<App> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    return { ...(await start(config, log, tuning, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  config: AppConfig,
  log: Logger,
  tuning: AppTuning,
  stops: (() => Promise<unknown>)[],
): Promise<Omit<App, 'stop'>> {
  const templates = loadTemplates(CARDS);
  const connectionString = config.DATABASE_URL ?? (await startDatabase(config, log, stops));
  await migrate(connectionString, log);
  const db = openDatabase(connectionString, (error) => log.warn({ err: error.message }, 'a database connection broke'));
  stops.push(() => db.close());

  const feishu = { appId: config.FEISHU_APP_ID, appSecret: config.FEISHU_APP_SECRET, domain: config.FEISHU_DOMAIN };
  const messenger = createMessenger(
    feishu,
    log,
    tuning.callTimeoutMs ? { timeoutMs: tuning.callTimeoutMs, pageRetryMs: 200 } : {},
  );
  stops.push(async () => messenger.close());

  const calendar = createCalendar({ timeZone: config.TIMEZONE, overrides: await readCalendarDays(db) });
  const pushSettings = { quietHours: config.QUIET_HOURS, quietDays: config.QUIET_DAYS, dailyBudget: DAILY_BUDGET };
  const policy = { nextQuietPush: (from: Date) => nextQuietPush(from, { ...pushSettings, calendar }) };
  const view = { calendar, policy, settings: settingsOf(config) };
  const contactFields = { branch: config.FEISHU_BRANCH_FIELD, politics: config.FEISHU_POLITICS_FIELD };
  const people = peopleFeature(messenger, contactFields, config.ADMIN_IDS);
  const everyday = [...features, ...(tuning.features ?? [])];
  const registry = createRegistry([
    ...everyday,
    inboxFeature(everyday, messenger),
    retireFeature(everyday),
    people,
    housekeeping,
  ]);
  const timetable = registry.timetable(view.settings);
  const queues = await openQueues({
    databaseUrl: connectionString,
    redisUrl: config.REDIS_URL,
    prefix: tuning.queuePrefix ?? 'jingxin',
    log,
  });
  stops.push(() => queues.close());

  const relay = createDrive(
    {
      jobs: () => relayJobs(db, queues),
      deliveries: async () => relayDeliveries(db, queues, await hasMissedJobs(db)),
    },
    log,
  );
  const beat = createDrive(
    {
      marks: () => relayMarks(db),
      timetable: () => runDueEntries(db, timetable, clockNow(), calendar),
      relay: relay.run,
    },
    log,
  );
  stops.push(relay.stop);
  const context: TurnContext = { ...view, log, drive: () => void relay.run() };
  const render = createRender(registry, view, (feature, card, variables) =>
    renderCard(templates, feature, card, variables),
  );
  await readContactsAtFirst(db, context, registry);

  const isWorker = config.ROLE !== 'web';
  if (isWorker) {
    const send = createSender({
      ...{
        db,
        render,
        makeFile: createMakeFile(registry, view),
        messenger,
        calendar,
        log,
        policy: pushSettings,
        limits: tuning.limits ?? FEISHU_LIMITS,
      },
      keepOutcomes: async (undeliverable, write) => {
        if (undeliverable.length === 0) return write(db);
        await inTurn(db, context, clockNow(), async (open) => {
          await write(open.db);
          for (const { key, feature, card, ref, recipient } of undeliverable.filter(({ isChat }) => !isChat)) {
            const tell = registry.features.find(({ name }) => name === feature)?.undeliverable;
            await tell?.(createTurn(context, feature, open), { key, card, ref, person: recipient });
          }
        });
      },
    });
    if (!config.DATABASE_URL || tuning.worksAlone) {
      await takeBackDeliveries(db);
      await takeBackJobs(db);
    }
    queues.work('deliveries', 4, send);
    queues.work('jobs', 4, createJobRunner({ db, registry, context }));
    await writeTimetable(db, timetable, clockNow(), calendar);
  }
  stops.push(startBeat(beat));

  const receive = createReceive({ db, registry, context, render });
  const isWeb = config.ROLE !== 'worker';
  const hears = isWeb ? config.FEISHU_EVENTS : undefined;
  const connection = hears === 'long-connection' ? startLongConnection(feishu, receive, log) : undefined;
  if (connection) stops.push(connection.stop);
  const secrets = {
    appId: feishu.appId,
    encryptKey: config.FEISHU_ENCRYPT_KEY ?? '',
    verificationToken: config.FEISHU_VERIFICATION_TOKEN ?? '',
  };
  const web = await startWeb({
    ...{
      host: config.HOST,
      port: config.PORT,
      opsToken: config.OPS_TOKEN,
      metrics: createMetrics(db),
      queues: queues.all(),
    },
    ...(hears === 'webhook' && { webhook: createWebhook(secrets, receive, log) }),
    checkReady: async () => {
      await db.sql`SELECT 1`;
      if (connection && !connection.isOpen()) throw new Error('the long connection is not open');
    },
  });
  stops.push(web.stop);
  return {
    url: web.url,
    db,
    beat: beat.run,
    isWorkday: calendar.isWorkday,
    readTimetable: () => readTimetable(db),
    readGallery: async () =>
      [...templates.values()].flatMap((template) =>
        readSamples(template).map((sample) => {
          const json = renderTemplate(template, sample);
          return { feature: template.feature, card: template.card, json, problems: checkCard(json) };
        }),
      ),
  };
}

/** What the owner has set for the features. */
export function settingsOf(config: Config): Settings {
  return {
    rankings: config.RANKINGS === 'on',
    leaderNoticeShare: config.LEADER_NOTICE_SHARE,
    digestAt: config.DIGEST_AT,
    weather: weatherOf(config),
  };
}

async function startDatabase(config: AppConfig, log: Logger, stops: (() => Promise<unknown>)[]): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: config.DATA_DIR, log });
  stops.push(() => postgres.stop());
  return postgres.connectionString;
}

function readCalendarDays(db: Database): Promise<CalendarOverride[]> {
  return db.sql<CalendarOverride>`SELECT day::text, "isWorkday", name FROM calendar_day`;
}

/** An empty house reads the contacts before anybody speaks to it; later the timetable and the contact events see to that. */
async function readContactsAtFirst(
  db: Database,
  context: TurnContext,
  registry: ReturnType<typeof createRegistry>,
): Promise<void> {
  const synchronise = registry.job('people', 'synchronise')?.found;
  const [known] = await db.sql<{ any: boolean }>`SELECT EXISTS (SELECT 1 FROM person) AS any`;
  const write = known?.any ? undefined : await synchronise?.prepare({}, context.settings);
  await inTurn(db, context, clockNow(), async (open) => {
    const turnOf = (feature: string) => createTurn(context, feature, open);
    if (write) await write(turnOf('people'), turnOf);
    else await turnOf('people').later('synchronise', {}, { key: 'synchronise' });
  });
}

async function readTimetable(db: Database): Promise<unknown> {
  return db.sql`
    SELECT name, cron, "nextRunAt", "lastRunAt" FROM timetable
    UNION ALL (SELECT feature || '/' || job, '', "dueAt", NULL FROM pending_job ORDER BY "dueAt" LIMIT 50)
    ORDER BY "nextRunAt"`;
}
