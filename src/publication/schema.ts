/** What comes in from outside: values of buttons, and payloads of jobs. `id` is a publication's. */
import { z } from 'zod';

export const IdValue = z.object({ id: z.uuid() });
/** Why a publication may not wait for the notification policy. */
export const UrgentForm = z.object({ reason: z.string().trim().max(200).default('') });

export const UrgentValue = z.object({ urgent: z.literal('yes').optional() });

export const RoundPayload = z.object({ id: z.uuid(), after: z.string() });
export const RemindPayload = RoundPayload.extend({ moment: z.enum(['workday-before', 'morning']) });
export const NudgePayload = z.object({ id: z.uuid(), day: z.iso.date(), people: z.array(z.string()) });
export const WakePayload = z.object({ id: z.uuid(), person: z.string(), at: z.iso.datetime() });

/** When a person wants to see the card again. */
export const Snooze = z.enum(['one-hour', 'after-work', 'tomorrow']);
export type Snooze = z.infer<typeof Snooze>;
export const SnoozeValue = z.object({ until: Snooze });

/** What the issuer may undo for a while. */
export const UndoableAct = z.enum(['publish', 'extend', 'withdraw']);
export type UndoableAct = z.infer<typeof UndoableAct>;
export const UndoValue = z.object({ act: UndoableAct });
