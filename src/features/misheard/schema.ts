/** What comes in from presses. */
import { z } from 'zod';

export const TextValue = z.object({ text: z.uuid() });
