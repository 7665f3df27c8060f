/** The composition root: the only place where parts are put together. */
import { fileURLToPath } from 'node:url';
import { createAdviser } from './adviser/adviser.ts';
import { now as clockNow } from './basics/clock.ts';
import type { StartError } from './basics/errors.ts';
import { createSparingLog, type Logger } from './basics/log.ts';
import { createStops, type Stops } from './basics/stops.ts';
import { createCalendar } from './calendar/create-calendar.ts';
import { checkCard } from './card-json/check.ts';
import { renderCard, renderTemplate } from './cards/render.ts';
import { loadTemplates, readSamples } from './cards/templates.ts';
import { checkLoad } from './cards/variables.ts';
import type { Config } from './config.ts';
import type { Feature } from './feature.ts';
import { features } from './features/index.ts';
import { createMetrics } from './http/metrics.ts';
import { startWeb } from './http/server.ts';
import { createHearing } from './inbox/hear.ts';
import { inboxFeature } from './inbox/inbox-feature.ts';
import { createReceive } from './inbox/receive.ts';
import { createMessenger } from './messenger/client.ts';
import { startLongConnection } from './messenger/events/long-connection.ts';
import { createWebhook } from './messenger/events/webhook.ts';
import { createPolicy } from './outbox/forecast.ts';
import { createKeepOutcomes } from './outbox/keep-outcomes.ts';
import { type CallLimits, FEISHU_LIMITS } from './outbox/limits.ts';
import { DAILY_BUDGET } from './outbox/policy.ts';
import { relayDeliveries, relayMarks, takeBackDeliveries, thenRelay } from './outbox/relay.ts';
import { createMakeFile, createRender } from './outbox/render.ts';
import { outboxFeature } from './outbox/retire.ts';
import { createSender } from './outbox/send.ts';
import { startOwnDatabase } from './own-database.ts';
import { peopleFeature } from './people/people-feature.ts';
import { openQueues } from './queue/queues.ts';
import { createDrive, startBeat } from './schedule/beat.ts';
import { createCalendarRefresh } from './schedule/calendar-days.ts';
import { housekeeping } from './schedule/housekeeping.ts';
import { createJobRunner, hasMissedJobs, relayJobs, takeBackJobs } from './schedule/jobs.ts';
import { runDueEntries, writeTimetable } from './schedule/timetable.ts';
import { type Database, openDatabase } from './storage/database.ts';
import { migrate } from './storage/migrate.ts';
import { explainRefusedLogin } from './storage/refused-login.ts';
import { tryWrite } from './storage/try-write.ts';
import { createRegistry } from './turn/registry.ts';
import { createTurn, inTurn, type TurnContext } from './turn/turn.ts';

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
  /** A card whose `load` forgets what its samples give is not sent, and the log says what to mend: for whoever is changing one. */
  checksLoads?: boolean;
  /** Hears that the process will never work again as it is: it should end with these words. */
  onBroken?: (error: StartError) => void;
};
/** So long the database may turn the program away: a password is changed here and there in one go. */
const REFUSED_FOR_MS = 60_000;

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
  /** Stops in reverse: no new events, what is at hand is finished, then the database. As `run` of `stops.ts`. */
  stop: Stops['run'];
};

/**
 * Starts the roles that the configuration asks for. Throws `StartError` when something stands in the way, after undoing what it began;
 * `stops` run meanwhile do that too.
 */
export async function startApp(
  config: AppConfig,
  log: Logger,
  tuning: AppTuning = {},
  stops = createStops(log),
): Promise<App> {
  try {
    return { ...(await start(config, log, tuning, stops)), stop: stops.run };
  } catch (error) {
    await stops.run();
    throw error;
  }
}

async function start(config: AppConfig, log: Logger, tuning: AppTuning, stops: Stops): Promise<Omit<App, 'stop'>> {
  const connectionString =
    config.DATABASE_URL ?? (await startOwnDatabase(config, log, stops, tuning.onBroken)).connectionString;
  await migrate(connectionString, log, { appId: config.FEISHU_APP_ID });
  const report = createSparingLog(log);
  const db = openDatabase(connectionString, (error) =>
    report('warn', error.name, { err: error.message }, 'a database connection broke'),
  );
  stops.add('the database', db.close);

  const feishu = { appId: config.FEISHU_APP_ID, appSecret: config.FEISHU_APP_SECRET, domain: config.FEISHU_DOMAIN };
  const { callTimeoutMs } = tuning;
  const messenger = createMessenger(
    feishu,
    log,
    callTimeoutMs ? { timeoutMs: callTimeoutMs, fileTimeoutMs: callTimeoutMs, pageRetryMs: 200 } : {},
  );
  stops.add('the messenger', async () => messenger.close());

  const calendar = createCalendar({ timeZone: config.TIMEZONE });
  const refreshCalendar = createCalendarRefresh(db, calendar);
  await refreshCalendar();
  const pushSettings = { quietHours: config.QUIET_HOURS, quietDays: config.QUIET_DAYS, dailyBudget: DAILY_BUDGET };
  const policy = createPolicy({ ...pushSettings, calendar });
  const view = { calendar, policy, settings: config.settings };
  const contactFields = { branch: config.FEISHU_BRANCH_FIELD, politics: config.FEISHU_POLITICS_FIELD };
  const people = peopleFeature(messenger, contactFields, config.ADMIN_IDS);
  const everyday = [...features, ...(tuning.features ?? [])];
  const ask = await createAdviser(config, log, callTimeoutMs);
  const outbox = outboxFeature(everyday);
  const registry = createRegistry([
    ...everyday,
    inboxFeature(everyday, messenger, (...said) => hear(...said), ask && { db, ask }),
    outbox,
    people,
    housekeeping([...everyday, outbox]),
  ]);
  const hear = createHearing(registry, calendar);
  const templates = loadTemplates(CARDS, registry.form);
  const timetable = registry.timetable(view.settings);
  const queues = await openQueues({
    databaseUrl: connectionString,
    redisUrl: config.REDIS_URL,
    prefix: tuning.queuePrefix ?? 'jingxin',
    log,
  });
  stops.add('the queues', queues.close);

  const limits = tuning.limits ?? FEISHU_LIMITS;
  const relay = createDrive(
    {
      calendar: refreshCalendar,
      jobs: () => relayJobs(db, queues),
      deliveries: async () => relayDeliveries(db, queues, await hasMissedJobs(db), limits),
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
    (error, failingMs) => {
      const refusal = failingMs > REFUSED_FOR_MS ? explainRefusedLogin(error) : undefined;
      if (refusal) tuning.onBroken?.(refusal);
    },
  );
  stops.add('the relay', relay.stop);
  const context: TurnContext = { ...view, log, drive: () => void relay.run() };
  const fill = (feature: string, card: string, variables: Record<string, unknown>) => {
    if (tuning.checksLoads) checkLoad(templates, feature, card, variables);
    return renderCard(templates, feature, card, variables);
  };
  const render = createRender(registry, view, fill);
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
        limits,
      },
      fillNotice: (situation) => fill('outbox', 'notice', situation),
      keepOutcomes: createKeepOutcomes(db, registry, context),
    });
    if (!config.DATABASE_URL || tuning.worksAlone) {
      await takeBackDeliveries(db);
      await takeBackJobs(db);
    }
    await queues.work('deliveries', 4, thenRelay(send, context.drive));
    await queues.work('jobs', 4, createJobRunner({ db, registry, context }));
    await writeTimetable(db, timetable, clockNow(), calendar);
  }
  stops.add('the beat', startBeat(beat));

  const receive = createReceive({ db, registry, context, render, hear, isAdvised: ask !== undefined });
  const isWeb = config.ROLE !== 'worker';
  const hears = isWeb ? config.FEISHU_EVENTS : undefined;
  const connection = hears === 'long-connection' ? startLongConnection(feishu, receive, log) : undefined;
  if (connection) stops.add('the long connection', connection.stop);
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
      await Promise.all([tryWrite(db), queues.tryWrite()]);
      if (connection && !connection.isOpen()) throw new Error('the long connection is not open');
    },
  });
  stops.add('the web server', web.stop);
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
