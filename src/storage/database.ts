/** The database as everybody sees it: SQL for what a crowd presses at once, Prisma for the rest, both in one transaction. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import { SteadyClient } from './steady-client.ts';

/** The models without the switches of a whole client: nobody ends a transaction from inside it. */
export type Models = Omit<PrismaClient, `$${string}`>;

/**
 * Runs one SQL statement, prepared once per connection, with every `${value}` sent as a parameter.
 * Rows come as objects; `Row` is the caller's word for what the statement selects. Times are `Date`, bigints are strings.
 */
export type Sql = <Row = Record<string, never>>(text: TemplateStringsArray, ...values: unknown[]) => Promise<Row[]>;

/** What a card or a query may use: it reads what is committed. */
export type Reader = { sql: Sql; models: Models };

/**
 * One transaction. `sql` and `models` share its connection, so both see what the other wrote. Operations of Prisma that open
 * a transaction of their own (nested writes) are refused: write the rows one after the other.
 */
export type Transaction = Reader & { readonly isTransaction: true };

/** The open database of this process. */
export type Database = Reader & {
  connectionString: string;
  /**
   * Commits what `work` did, or nothing of it when `work` throws. `seal` is the last statement, which travels together with the
   * commit: a failure of it undoes everything too.
   */
  transaction: <T>(
    work: (db: Transaction) => Promise<T>,
    seal?: (db: Transaction, result: T) => Promise<unknown>,
  ) => Promise<T>;
  /** Ends all connections, after those in use are given back. */
  close: () => Promise<void>;
};

/** Statements by their text: the template is the same object each time its line of code runs. */
type Statement = { name: string; text: string };
const statements = new WeakMap<TemplateStringsArray, Statement>();
let statementCount = 0;

/** Opens the database; `onError` hears of connections that break while nobody uses them. */
export function openDatabase(connectionString: string, onError: (error: Error) => void, max = 12): Database {
  // Statements that do not wait for one another share a round trip; connections stay, with what they have prepared.
  const pool = new pg.Pool({
    connectionString,
    max,
    Client: SteadyClient,
    application_name: 'jingxin',
    pipeline: true,
    idleTimeoutMillis: 0,
  });
  pool.on('error', onError);
  pool.setMaxListeners(max + 10);
  const models = new PrismaClient({ adapter: new PrismaPg(pool) });
  const bound = new WeakMap<pg.PoolClient, Transaction>();

  const transaction: Database['transaction'] = async (work, seal) => {
    const client = await pool.connect();
    const db = bound.get(client) ?? bindToConnection(pool, client);
    bound.set(client, db);
    try {
      const [, result] = await Promise.all([client.query('BEGIN'), work(db)]);
      // After a failed statement PostgreSQL takes a COMMIT for a ROLLBACK.
      await Promise.all([seal?.(db, result), client.query('COMMIT')]);
      client.release();
      return result;
    } catch (error) {
      // A connection that cannot even roll back is thrown away, and the transaction with it.
      const broken = await client.query('ROLLBACK').then(
        () => undefined,
        (failure: Error) => failure,
      );
      client.release(broken);
      throw error;
    }
  };

  return {
    connectionString,
    sql: sqlOver(pool),
    models,
    transaction,
    close: async () => {
      await models.$disconnect();
      await pool.end();
    },
  };
}

function sqlOver(target: { query: (query: pg.QueryConfig) => Promise<pg.QueryResult> }): Sql {
  return async <Row>(strings: TemplateStringsArray, ...values: unknown[]) => {
    const result = await target.query({ ...statementOf(strings), values });
    return result.rows as Row[];
  };
}

function statementOf(strings: TemplateStringsArray): Statement {
  const known = statements.get(strings);
  if (known) return known;
  statementCount += 1;
  const statement = {
    name: `s${statementCount}`,
    text: strings.reduce((left, right, index) => `${left}$${index}${right}`),
  };
  statements.set(strings, statement);
  return statement;
}

/** A Prisma client of its own for each connection of the pool, made once: that is how models join our transaction. */
function bindToConnection(pool: pg.Pool, client: pg.PoolClient): Transaction {
  const oneConnection: pg.Pool = Object.create(pool, {
    query: { value: client.query.bind(client) },
    connect: {
      value: () => Promise.reject(new Error('a transaction is open already: write the rows one after the other')),
    },
  });
  let models: PrismaClient | undefined;
  return {
    sql: sqlOver(client),
    get models() {
      models ??= new PrismaClient({ adapter: new PrismaPg(oneConnection) });
      return models;
    },
    isTransaction: true,
  };
}
