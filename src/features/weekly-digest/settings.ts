/** What the owner sets for the weekly digest. */
import { z } from 'zod';

export const DigestSettings = z.object({
  /** When it comes. Feishu advises against sending exactly on the hour or half hour (server-docs, IM FAQ, codes 11232 and 11233). */
  DIGEST_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must look like 17:07')
    .regex(/:(?!00|30)/, 'must not be on the hour or half hour')
    .default('17:07'),
});
