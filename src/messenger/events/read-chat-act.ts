/** A person opens the talk with the bot, or chooses an item of its menu → who, and which item. */
import { z } from 'zod';
import { Id } from '../fields.ts';

const Who = z.object({ open_id: Id.nullish() });
const Entered = z.object({ operator_id: Who });
/** Path: /uAjLw4CM/ukTMukTMukTM/application-v6/bot/events/menu: a key has at most 30 characters. */
const Chosen = z.object({ operator: z.object({ operator_id: Who }), event_key: z.string().min(1).max(100) });

/** Who opened the talk; undefined for whoever has no open_id. Throws when the shape is not the documented one. */
export function readEntered(event: unknown): { person: string } | undefined {
  const { open_id } = Entered.parse(event).operator_id;
  return open_id ? { person: open_id } : undefined;
}

/** Who chose which item of the menu; undefined for whoever has no open_id. Throws when the shape is not the documented one. */
export function readChosen(event: unknown): { person: string; key: string } | undefined {
  const { operator, event_key: key } = Chosen.parse(event);
  const { open_id } = operator.operator_id;
  return open_id ? { person: open_id, key } : undefined;
}
