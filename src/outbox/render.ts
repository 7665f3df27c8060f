/** Turns a delivery row into the finished card or file: the state as it is now, in the card's template. */
import type { NamedFile, Viewer } from '../feature.ts';
import type { Registry } from '../inbox/registry.ts';
import type { CardJson } from '../messenger/port.ts';
import type { Reader } from '../storage/database.ts';

/** The part of a delivery row that decides what is shown; `card` is the name of a card or of a file. */
export type Shown = {
  id: string;
  feature: string;
  card: string;
  ref: string;
  recipient: string;
  isChat: boolean;
  messageId: string | null;
  /** A message may be on the screen although its id was never heard. */
  mayBeOut: boolean;
  isRetired: boolean;
};

/** Renders a delivery as of `now`; undefined when there is nothing left to show. */
export type RenderDelivery = (db: Reader, shown: Shown, now: Date) => Promise<CardJson | undefined>;

/** `fill` puts variables into the template `cards/<feature>/<card>.json`. */
export function createRender(
  registry: Pick<Registry, 'card'>,
  view: Pick<Viewer, 'calendar' | 'policy' | 'settings'>,
  fill: (feature: string, card: string, variables: Record<string, unknown>) => CardJson,
): RenderDelivery {
  return async (db, shown, now) => {
    const card = registry.card(shown.feature, shown.card);
    if (!card) return undefined;
    const variables = await card.load(db, shown.ref, viewerOf(shown, view, now));
    return variables && stampDelivery(fill(shown.feature, variables.template ?? shown.card, variables), shown.id);
  };
}

/** Makes the file of a delivery as of `now`; undefined when there is nothing left to give. */
export type MakeFile = (db: Reader, shown: Shown, now: Date) => Promise<NamedFile | undefined>;

/** The counterpart of `createRender` for deliveries that are files. */
export function createMakeFile(
  registry: Pick<Registry, 'file'>,
  view: Pick<Viewer, 'calendar' | 'policy' | 'settings'>,
): MakeFile {
  return async (db, shown, now) =>
    registry.file(shown.feature, shown.card)?.make(db, shown.ref, viewerOf(shown, view, now));
}

function viewerOf(shown: Shown, view: Pick<Viewer, 'calendar' | 'policy' | 'settings'>, now: Date): Viewer {
  return {
    ...view,
    now,
    isSent: shown.messageId !== null || shown.mayBeOut,
    isRetired: shown.isRetired,
    ...(shown.isChat ? { chat: shown.recipient } : { person: shown.recipient }),
  };
}

/**
 * Writes the delivery's id into everything that can be pressed, as `d`: so a press leads back to its row even when the worker died
 * before it could keep the message's id. Outside forms it joins the callback value, inside forms the submit button's name,
 * which is all that Feishu reports of it (card-callback-communication).
 */
function stampDelivery(card: CardJson, id: string): CardJson {
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const child of node) visit(child);
    } else if (typeof node === 'object' && node !== null) {
      const part = node as Record<string, unknown>;
      if (part.type === 'callback' && typeof part.value === 'object' && part.value !== null)
        part.value = { ...part.value, d: id };
      if (part.form_action_type === 'submit')
        part.name = `${part.name}${String(part.name).includes('?') ? '&' : '?'}d=${id}`;
      for (const child of Object.values(part)) visit(child);
    }
  };
  visit(card.body);
  return card;
}
