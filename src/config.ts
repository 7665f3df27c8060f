/** Every setting the program reads, in one schema; all problems are reported at once. The only place that reads the environment. */
import { z } from 'zod';
import { StartError } from './errors.ts';

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
  LEADER_NOTICE_SHARE: z.coerce.number().min(0).max(1).default(0.3),
  WEATHER_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  WEATHER_KEY: z.string().min(1).optional(),
  WEATHER_LOCATION: z
    .string()
    .regex(/^-?\d{1,3}(\.\d{1,2})?,-?\d{1,2}(\.\d{1,2})?$/, 'must be longitude and latitude, such as 116.41,39.92')
    .optional(),
  WEATHER_FILE: z.string().min(1).optional(),
  HEAT_SEASON: z
    .string()
    .default('6-9')
    .transform((text, context) => {
      const [, from, until] = /^(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
      const months = { from: Number(from), until: Number(until) };
      if ([months.from, months.until].every((month) => month >= 1 && month <= 12)) return months;
      context.addIssue('must be two months such as 6-9');
      return z.NEVER;
    }),
  RANKINGS: z.enum(['off', 'on']).default('off'),
  // Feishu advises against sending exactly on the hour or half hour (server-docs, IM FAQ, codes 11232 and 11233).
  DIGEST_AT: z
    .string()
    .regex(TimeOfDay, 'must look like 17:07')
    .regex(/:(?!00|30)/, 'must not be on the hour or half hour')
    .default('17:07'),
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

/** The settings, parsed. Without `FEISHU_APP_ID` the emulator stands in for Feishu. */
export type Config = z.infer<typeof Environment>;

/** Reads the settings. Throws `StartError` with one line per problem. An empty variable counts as not set. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.superRefine((settings, context) => {
    const need = (name: keyof typeof settings, why: string) => {
      if (!settings[name]) context.addIssue({ code: 'custom', path: [name], message: `is needed ${why}` });
    };
    if (settings.WEATHER_URL) need('WEATHER_LOCATION', 'together with WEATHER_URL');
    if (!settings.FEISHU_APP_ID) return;
    need('FEISHU_APP_SECRET', 'together with FEISHU_APP_ID');
    if (settings.FEISHU_EVENTS === 'webhook') {
      need('FEISHU_ENCRYPT_KEY', 'to verify what arrives at the webhook');
      need('FEISHU_VERIFICATION_TOKEN', 'to verify what arrives at the webhook');
    }
  }).safeParse(set);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.') || 'settings'} ${issue.message}`);
  throw new StartError(`These settings cannot be used:\n${lines.join('\n')}`);
}

/** The settings of the weather, as features see them. */
export function weatherOf(config: Config) {
  return {
    url: config.WEATHER_URL,
    key: config.WEATHER_KEY,
    location: config.WEATHER_LOCATION ?? '',
    file: config.WEATHER_FILE,
    season: config.HEAT_SEASON,
  };
}
