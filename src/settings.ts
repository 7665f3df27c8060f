/** What the owner has set, as far as features may know it: each brings a schema of its own environment variables. */
import type { z } from 'zod';

/** What the owner has set, by the schema that a feature declared: `turn.settings(HeatSettings).HEAT_SEASON`. */
export type Settings = <T>(of: z.ZodType<T>) => T;
