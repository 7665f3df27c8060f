/** What the owner sets for heat supplies: where the day's heat is read, a service or a file, or neither; and in which months. */
import { z } from 'zod';

export const HeatSettings = z
  .object({
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
    /** Both months included. */
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
  })
  .refine(({ WEATHER_URL, WEATHER_LOCATION }) => !WEATHER_URL || WEATHER_LOCATION, {
    path: ['WEATHER_LOCATION'],
    error: 'is needed together with WEATHER_URL',
  });
