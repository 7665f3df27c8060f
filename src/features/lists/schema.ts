/** What is kept and comes in: the report of an import, and the payloads and values that name one. */
import { z } from 'zod';

const Problem = z.object({
  sheet: z.string(),
  row: z.number().optional(),
  column: z.string().optional(),
  header: z.string().optional(),
  reason: z.string(),
});

/** What an import would do or did, list by list; `left` counts the rows that were left out, `problems` says why. */
export const Report = z.object({
  lists: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      added: z.number(),
      changed: z.number(),
      same: z.number(),
      left: z.number(),
    }),
  ),
  problems: z.array(Problem),
  notes: z.array(Problem),
});
export type Report = z.infer<typeof Report>;

export const ImportPayload = z.object({ import: z.uuid() });
export const ExportPayload = z.object({ export: z.uuid() });
