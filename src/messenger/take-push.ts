/** The step at which both doors enter, the webhook and the long connection: from a verified push to Feishu's answer. */
import { ZodError } from 'zod';
import type { Logger } from '../log.ts';
import { normalise, type Pushed } from './normalise.ts';
import type { Answer, Event, Receive } from './port.ts';

/** What a push is answered with. The body is never empty: whether Feishu takes that for a callback is not documented. */
export type PushAnswer = { toast?: Answer['toast']; card?: { type: 'raw'; data: unknown } };

/** A genuine push whose body has not the documented shape. */
export class UnreadablePush extends Error {
  override name = 'UnreadablePush';
}

/**
 * The answer to a push, once it is durable. Throws `UnreadablePush` before anything was kept, and whatever `receive` throws
 * when it could not be kept; either is in the log by then. What is none of the bot's business is answered with `{}`.
 * Path: /uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication
 */
export async function takePush(pushed: Pushed, receive: Receive, log: Logger): Promise<PushAnswer> {
  const { event_type: type, event_id: id } = pushed.header;
  const event = read(pushed, log);
  if (!event) {
    log.debug({ type, id }, 'an event that is not for the bot');
    return {};
  }
  const answer = await receive(event).catch((error: unknown) => {
    log.error({ type, id, error: error instanceof Error ? error.name : typeof error }, 'the event could not be kept');
    throw error;
  });
  return {
    ...(answer?.toast && { toast: answer.toast }),
    ...(answer?.card && { card: { type: 'raw', data: answer.card } }),
  };
}

function read(pushed: Pushed, log: Logger): Event | undefined {
  const { event_type: type, event_id: id } = pushed.header;
  try {
    return normalise(pushed);
  } catch (cause) {
    const where = cause instanceof ZodError ? cause.issues.map((issue) => issue.path.join('.')) : [];
    log.warn({ type, id, where }, 'an event of an unknown shape');
    throw new UnreadablePush(`unreadable ${type}`, { cause });
  }
}
