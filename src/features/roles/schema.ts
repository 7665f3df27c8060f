/** What the refs of the feature's cards carry. */
import { z } from 'zod';
import { refOf } from '../../sight.ts';

/** `given:<role assignment>` or `ended:<role assignment>`. */
export const ToldRef = refOf({ what: z.enum(['given', 'ended']), role: z.uuid() });
