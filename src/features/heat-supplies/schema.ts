/** What comes in from outside: values of buttons, forms and job payloads. */
import { z } from 'zod';
import { refOf } from '../../sight.ts';

export const HandoutValue = z.object({ handout: z.uuid() });
export const PointValue = z.object({ point: z.uuid() });
export const PersonValue = z.object({ person: z.string().min(1).max(100), handout: z.uuid() });
/** `<handout>:<person>`: one person's part, on a card of somebody else. */
export const PartRef = refOf({ handout: z.uuid(), person: z.string().min(1) });

export const ReleasePayload = z.object({ handout: z.uuid(), after: z.string() });
