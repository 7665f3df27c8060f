/** Every setting the program reads, the features' included; all problems are reported at once. The only place that reads the environment. */
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { StartError } from './basics/errors.ts';
import type { Settings } from './settings.ts';

const TimeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

const Environment = z.object({
  FEISHU_APP_ID: z
    .string()
    .regex(/^cli_[0-9a-fA-F]{16}$/, 'must look like cli_ and 16 hexadecimal digits')
    .optional(),
  FEISHU_APP_SECRET: z.string().min(1).optional(),
  FEISHU_ENCRYPT_KEY: z.string().min(1).optional(),
  FEISHU_VERIFICATION_TOKEN: z.string().min(1).optional(),
  FEISHU_DOMAIN: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .transform((url) => url.replace(/\/+$/, ''))
    .default('https://open.feishu.cn'),
  FEISHU_EVENTS: z.enum(['webhook', 'long-connection']).default('webhook'),
  FEISHU_BRANCH_FIELD: z.string().min(1).optional(),
  FEISHU_POLITICS_FIELD: z.string().min(1).optional(),
  EMULATOR: z.literal('on', 'must be on, or not be set').optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// address' }).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  ROLE: z.enum(['all', 'web', 'worker']).default('all'),
  ADMIN_IDS: z
    .string()
    .default('')
    .transform((ids) =>
      ids
        .split(',')
        .map((id) => id.trim())
        .filter(Boolean),
    ),
  OPS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  HEARING_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  HEARING_KEY: z.string().min(1).optional(),
  HEARING_MODEL: z.string().min(1).optional(),
  QUIET_HOURS: z
    .string()
    .default('21:30-07:30')
    .transform((text, context) => {
      if (text === 'off') return null;
      const [from, until] = text.split('-');
      if (from && until && TimeOfDay.test(from) && TimeOfDay.test(until)) return { from, until };
      context.addIssue('must look like 21:30-07:30, or be off');
      return z.NEVER;
    }),
  QUIET_DAYS: z.enum(['non-workdays', 'off']).default('non-workdays'),
  TIMEZONE: z
    .string()
    .default('Asia/Shanghai')
    .refine((zone) => {
      try {
        return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
      } catch {
        return false;
      }
    }, 'must be a time zone such as Asia/Shanghai'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
});

type HouseConfig = z.infer<typeof Environment>;

/**
 * The settings, parsed: the house's own by name, those of the features by their schemas. Without `FEISHU_APP_ID` the emulator stands in
 * for Feishu; `readConfig` says where it may.
 */
export type Config = HouseConfig & { settings: Settings };

/** The variables that the house itself reads. */
export const HOUSE_VARIABLES = Object.keys(Environment.shape);

/**
 * Reads the settings of the house and of `features`. Throws `StartError` with one line per problem. An empty variable counts as not set.
 */
export function readConfig(
  features: readonly { settings?: z.ZodObject[] }[],
  environment: Record<string, string | undefined> = process.env,
): Config {
  const set = findSet(environment);
  const own = House.safeParse(set);
  const schemas = new Set(features.flatMap(({ settings = [] }) => settings));
  const others = [...schemas].map((schema) => [schema, schema.safeParse(set)] as const);
  const issues = [own, ...others.map(([, parsed]) => parsed)].flatMap(({ error }) => error?.issues ?? []);
  if (!own.success || issues.length > 0) throw new StartError(explain(issues));
  const values = new Map<z.ZodType, unknown>(others.map(([schema, { data }]) => [schema, data]));
  const settings: Settings = <T>(of: z.ZodType<T>) => {
    if (!values.has(of)) throw new Error('these settings are declared by no feature that was started');
    return values.get(of) as T;
  };
  return { ...own.data, settings };
}

/** Where the database is, and by which clock: for a tool beside a product, which needs no more of its settings. */
const Storage = Environment.pick({ DATABASE_URL: true, DATA_DIR: true, TIMEZONE: true });

/** Reads these alone. Throws `StartError` with one line per problem. */
export function readStorageConfig(environment: Record<string, string | undefined> = process.env) {
  const { data, error } = Storage.safeParse(findSet(environment));
  if (!data) throw new StartError(explain(error.issues));
  return data;
}

function findSet(environment: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

function explain(issues: { path: PropertyKey[]; message: string }[]): string {
  const lines = issues.map(({ path, message }) => `  ${path.join('.') || 'settings'} ${message}`);
  return `These settings cannot be used:\n${lines.join('\n')}`;
}

/** Which of the house's settings may stand together. */
const House = Environment.superRefine((settings, context) => {
  const need = (name: keyof HouseConfig, why: string) => {
    if (!settings[name]) context.addIssue({ code: 'custom', path: [name], message: `is needed ${why}` });
  };
  if (settings.HEARING_URL) need('HEARING_MODEL', 'together with HEARING_URL');
  if (settings.HEARING_KEY || settings.HEARING_MODEL)
    need('HEARING_URL', 'together with HEARING_KEY and HEARING_MODEL');
  if (settings.FEISHU_APP_SECRET) need('FEISHU_APP_ID', 'together with FEISHU_APP_SECRET');
  else if (!settings.FEISHU_APP_ID) refuseUnaskedEmulator(settings, need);
  if (!settings.FEISHU_APP_ID) return;
  need('FEISHU_APP_SECRET', 'together with FEISHU_APP_ID');
  if (settings.EMULATOR) {
    const message = 'and FEISHU_APP_ID exclude each other: take one of them away';
    context.addIssue({ code: 'custom', path: ['EMULATOR'], message });
  }
  if (settings.FEISHU_EVENTS === 'webhook') {
    need('FEISHU_ENCRYPT_KEY', 'to verify what arrives at the webhook');
    need('FEISHU_VERIFICATION_TOKEN', 'to verify what arrives at the webhook');
  }
});

/**
 * The emulator brings sample people, who would take the place of the real ones, and a page without a login. So it starts unasked only
 * where it can do no harm: on the embedded database, heard by this machine alone.
 */
function refuseUnaskedEmulator(
  { EMULATOR, DATABASE_URL, HOST }: HouseConfig,
  need: (name: 'FEISHU_APP_ID', why: string) => void,
): void {
  if (EMULATOR) return;
  const advice = 'Set EMULATOR=on if an emulated Feishu with sample people is wanted there';
  if (DATABASE_URL) need('FEISHU_APP_ID', `together with DATABASE_URL. ${advice}`);
  if (!isLoopback(HOST)) need('FEISHU_APP_ID', `where others can connect (HOST is ${HOST}). ${advice}`);
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** Whether only this machine reaches what listens there. A name other than localhost may be anything, and counts as open. */
function isLoopback(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return host.toLowerCase() === 'localhost';
  return loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
