/** The queue: BullMQ on PostgreSQL, or on Redis when there is one. It only drives; what it loses is found again in the database. */
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { StartError } from '../basics/errors.ts';
import { createSparingLog, type Logger } from '../basics/log.ts';
import { SteadyClient } from '../storage/steady-client.ts';

export type QueueName = 'deliveries' | 'jobs';
/** What travels on the queue: ids of rows, nothing else. */
export type Errand = { ids: string[] };

/** The open queues of this process. */
export type Queues = {
  /** Puts errands on a queue. Adding the same rows twice is harmless: whoever works claims them in the database. */
  add: (name: QueueName, errands: Errand[]) => Promise<void>;
  /**
   * Works errands until `close`, `concurrency` at a time; resolves when that has begun. `handle` keeps its own record of failures; a throw
   * is only logged.
   */
  work: (name: QueueName, concurrency: number, handle: (errand: Errand) => Promise<void>) => Promise<void>;
  /** Writes something where the queue is, if that is not the database; rejects when that is not possible, or waits until it is. */
  tryWrite: () => Promise<void>;
  /** The queues themselves, for the dashboard. */
  all: () => AnyQueue[];
  /** Waits for the errands at hand, then closes everything. */
  close: () => Promise<void>;
};

export type QueueSettings = { databaseUrl: string; redisUrl?: string | undefined; prefix?: string; log: Logger };

const NAMES: QueueName[] = ['deliveries', 'jobs'];
/** Nothing is kept and nothing retried here: the rows in the database say what is done and what is due. */
const JOB_OPTIONS = { removeOnComplete: true, removeOnFail: true, attempts: 1 };

/** Opens the queues; on PostgreSQL BullMQ keeps its tables in the schema `bullmq`, which it creates itself. Throws `StartError`. */
export async function openQueues(settings: QueueSettings): Promise<Queues> {
  const { log } = settings;
  const backend = settings.redisUrl
    ? onRedis(await connectRedis(settings.redisUrl), settings.prefix ?? 'jingxin')
    : onPostgres(settings.databaseUrl);
  const report = createSparingLog(log);
  const reportError = (error: Error) =>
    report('warn', codeOf(error), { err: error.message }, 'the queue reports an error');
  const queues = new Map<QueueName, AnyQueue>();
  const workers: AnyWorker[] = [];
  for (const name of NAMES) {
    const queue = backend.queue(name);
    queue.on('error', reportError);
    await queue.waitUntilReady();
    queues.set(name, queue);
  }
  const queueOf = (name: QueueName) => {
    const queue = queues.get(name);
    if (!queue) throw new Error(`there is no queue ${name}`);
    return queue;
  };
  return {
    add: async (name, errands) => {
      if (errands.length === 0) return;
      await queueOf(name).addBulk(errands.map((data) => ({ name, data, opts: JOB_OPTIONS })));
    },
    work: async (name, concurrency, handle) => {
      const worker = backend.worker(name, concurrency, handle);
      worker.on('error', reportError);
      worker.on('failed', (_job, error) => log.error({ queue: name, err: error.message }, 'an errand failed'));
      workers.push(worker);
      // On PostgreSQL a worker that runs before it is connected, and never gets connected, spins without giving way to anything else.
      await worker.waitUntilReady();
      worker.run().catch(reportError);
    },
    tryWrite: backend.tryWrite,
    all: () => [...queues.values()],
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await backend.close();
    },
  };
}

/** The queue and worker of either engine: BullMQ's types tell the two apart, we do not. */
export type AnyQueue = ReturnType<Backend['queue']>;
type AnyWorker = ReturnType<Backend['worker']>;
type Backend = ReturnType<typeof onPostgres> | ReturnType<typeof onRedis>;

function onPostgres(connectionString: string) {
  const settings = { connectionString, schema: 'bullmq', migrate: true, Client: SteadyClient };
  const connection = (max: number) => ({ ...settings, max });
  return {
    queue: (name: string) => new Queue(name, { connection: connection(2) }, createPostgresBackend),
    worker: (name: string, concurrency: number, handle: (errand: Errand) => Promise<void>) =>
      new Worker(
        name,
        (job) => handle(job.data),
        { connection: connection(3), concurrency, autorun: false },
        createPostgresBackend,
      ),
    tryWrite: async () => {},
    close: async () => {},
  };
}

/** BullMQ waits for Redis as long as it takes; at start an address that does not answer is a mistake. */
async function connectRedis(url: string): Promise<Redis> {
  const connection = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  const firstError = new Promise<never>((_, reject) => connection.once('error', reject));
  try {
    await Promise.race([connection.connect(), firstError]);
    return connection;
  } catch (cause) {
    connection.disconnect();
    throw new StartError('Redis does not answer. Check REDIS_URL and that Redis is running.', { cause });
  }
}

function onRedis(connection: Redis, prefix: string) {
  return {
    queue: (name: string) => new Queue(name, { connection, prefix }),
    worker: (name: string, concurrency: number, handle: (errand: Errand) => Promise<void>) =>
      new Worker(name, (job) => handle(job.data), { connection, prefix, concurrency, autorun: false }),
    tryWrite: async () => void (await connection.set(`${prefix}:ready`, '1', 'EX', 60)),
    close: async () => {
      await connection.quit();
    },
  };
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.name;
}
