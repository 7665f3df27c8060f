/** How answers of Feishu's Open API are read. */
import type { z } from 'zod';
import { MessengerError } from './port.ts';

/** The parsed answer. One of another shape than documented throws `unreadable`; what stood in it is told to nobody. */
export function parseAnswer<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new MessengerError('unknown', 'unreadable');
  return parsed.data;
}
