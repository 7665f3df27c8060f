/** The step at which both doors enter, the webhook and the long connection: from a genuine push to Feishu's answer. */
import { ZodError } from 'zod';
import type { Logger } from '../../basics/log.ts';
import { Id } from '../fields.ts';
import type { Answer, Event, Receive } from '../port.ts';
import { normalise, PRESS, Pushed } from './normalise.ts';

/** What a push is answered with. The body is never empty: whether Feishu takes that for a callback is not documented. */
export type PushAnswer = { toast?: Answer['toast']; card?: { type: 'raw'; data: unknown } };

/** Somebody looks at the card and waits. */
const UNREADABLE_PRESS: PushAnswer = {
  toast: { type: 'warning', content: '没有读懂这次操作，没有改动任何内容。发送“今天”可以看到最新的事项。' },
};

/**
 * The answer to a push, `{ header, event }` as it came, once it is durable. What cannot be read leaves a line in the log and nothing
 * else: it is answered like what was done, since it would come again for seven hours and be no more readable. What is none of the
 * bot's business is answered with `{}`. Throws what `receive` throws when it could not be kept; that is in the log by then.
 * Path: /uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication
 */
export async function takePush(body: unknown, receive: Receive, log: Logger): Promise<PushAnswer> {
  const { type, id } = namesOf(body);
  let event: Event | undefined;
  try {
    event = normalise(Pushed.parse(body));
  } catch (error) {
    const where = error instanceof ZodError ? error.issues.map((issue) => issue.path.join('.')) : [];
    log.warn({ type, id, where }, 'an event of an unknown shape');
    return type === PRESS ? UNREADABLE_PRESS : {};
  }
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

/** What the log calls a push, whatever else is wrong with it. */
function namesOf(body: unknown): { type?: string | undefined; id?: string | undefined } {
  const { header } = (body ?? {}) as { header?: { event_type?: unknown; event_id?: unknown } };
  return { type: Id.safeParse(header?.event_type).data, id: Id.safeParse(header?.event_id).data };
}
