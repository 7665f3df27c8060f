/** How answers of Feishu's Open API are read. */
import { z } from 'zod';
import { sortFailure } from './error-kinds.ts';
import { MessengerError } from './port.ts';

/** The parsed answer. One of another shape than documented throws `unreadable`; what stood in it is told to nobody. */
export function parseAnswer<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new MessengerError('unknown', 'unreadable');
  return parsed.data;
}

const Answer = z.object({ code: z.number(), data: z.unknown().optional() });

/** The `data` of a call's answer; a code that is not 0 throws what it means, since Feishu says some failures with HTTP 200. */
export function readData(answer: unknown): unknown {
  const { code, data } = parseAnswer(Answer, answer);
  if (code !== 0) throw sortFailure({ status: 200, code });
  return data;
}
