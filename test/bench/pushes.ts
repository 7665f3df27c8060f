/** Feishu's side of the webhook: what officers and the issuer do, signed and encrypted. */
import { randomUUID } from 'node:crypto';
import { now } from '../../src/basics/clock.ts';
import { seal, sign } from '../messenger/feishu-push.ts';
import { CREDENTIALS } from './house.ts';

/** A request that is ready to be sent. */
export type Push = { eventId: string; body: string; headers: Record<string, string> };

/** A card in somebody's chat. */
export type DeliveredCard = { id: string; recipient: string; messageId: string };

/** Somebody writes to the bot. */
export function messagePush(person: string, text: string): Push {
  return pushOf('im.message.receive_v1', `${now().getTime()}`, {
    sender: { sender_id: { open_id: person }, sender_type: 'user' },
    message: {
      message_id: `om_${randomUUID()}`,
      create_time: `${now().getTime()}`,
      chat_id: `oc_${person}`,
      chat_type: 'p2p',
      message_type: 'text',
      content: JSON.stringify({ text }),
    },
  });
}

/** Somebody presses a button outside a form. */
export function buttonPush(card: DeliveredCard, button: string, value: Record<string, string> = {}): Push {
  return pressPush(card, { tag: 'button', value: { press: button, ...value, d: card.id } });
}

/** Somebody submits the form of a card. */
export function formPush(
  card: DeliveredCard,
  button: string,
  form: Record<string, string | boolean>,
  value: Record<string, string> = {},
): Push {
  const query = new URLSearchParams({ ...value, d: card.id });
  return pressPush(card, { tag: 'button', name: `${button}?${query}`, form_value: form });
}

function pressPush({ recipient, messageId }: DeliveredCard, action: Record<string, unknown>): Push {
  return pushOf('card.action.trigger', `${now().getTime()}000`, {
    operator: { tenant_key: 'tenant', open_id: recipient, union_id: `on_${recipient}` },
    token: `c-${randomUUID()}`,
    action,
    host: 'im_message',
    context: { open_message_id: messageId, open_chat_id: `oc_${recipient}` },
  });
}

function pushOf(type: string, created: string, event: unknown): Push {
  const { appId, encryptKey, verificationToken } = CREDENTIALS;
  const eventId = randomUUID();
  const header = {
    ...{ event_id: eventId, event_type: type, create_time: created },
    ...{ token: verificationToken, app_id: appId, tenant_key: 'tenant' },
  };
  const body = seal(JSON.stringify({ schema: '2.0', header, event }), encryptKey);
  return { eventId, body, headers: sign(body, encryptKey) };
}
