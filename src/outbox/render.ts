/** Turns a delivery row into the finished card or file: the state as it is now, in the card's template. */
import type { Delivery } from '../delivery.ts';
import { CLOSED, type NamedFile, type Viewer } from '../feature.ts';
import type { CardJson } from '../messenger/port.ts';
import type { Person } from '../people/person.ts';
import { type Guard, type Look, look } from '../sight.ts';
import type { Reader } from '../storage/database.ts';
import { isTemplateOf, type Registry } from '../turn/registry.ts';

/** The part of a delivery row that decides what is shown; `card` is the name of a card or of a file. */
export type Shown = {
  id: string;
  feature: string;
  card: string;
  ref: string;
  recipient: string;
  isChat: boolean;
  /** Missing for what is on a screen. */
  push?: Delivery['push'];
  messageId: string | null;
  /** A message may be on the screen although its id was never heard. */
  mayBeOut: boolean;
  isRetired: boolean;
};

/**
 * Renders a delivery as of `now` for `who`, its recipient with the roles they hold now: undefined when there is nothing left to show, or
 * nothing that they may see; a card that is out closes then. Throws `UnreadableRef` for a ref that no card of this kind has.
 */
export type RenderDelivery = (
  db: Reader,
  shown: Shown,
  now: Date,
  who: Person | undefined,
) => Promise<CardJson | undefined>;

/** The ref of a delivery is none of its card's: no later try can make anything of it. */
export class UnreadableRef extends Error {
  constructor({ feature, card }: Pick<Shown, 'feature' | 'card'>) {
    super(`a delivery of ${feature}/${card} has a ref that is none of its own`);
  }
}

/** `fill` puts variables into the template `cards/<feature>/<card>.json`. */
export function createRender(
  registry: Pick<Registry, 'card'>,
  view: Pick<Viewer, 'calendar' | 'policy' | 'settings'>,
  fill: (feature: string, card: string, variables: Record<string, unknown>) => CardJson,
): RenderDelivery {
  return async (db, shown, now, who) => {
    const card = registry.card(shown.feature, shown.card);
    if (!card) return undefined;
    const viewer = viewerOf(shown, view, now, who);
    const is = await mayBeShown(db, card, shown, who, card.inGroups);
    const variables = is === 'open' ? await card.load(db, shown.ref, viewer) : is === 'closed' ? CLOSED : undefined;
    if (!variables) return undefined;
    if (variables === CLOSED)
      return viewer.isSent && !shown.isChat ? stampDelivery(fill('house', 'closed', {}), shown.id) : undefined;
    const template = variables.template ?? shown.card;
    if (!isTemplateOf(shown.card, card, template))
      throw new Error(`the card ${shown.feature}/${shown.card} does not declare the template ${template}`);
    return stampDelivery(fill(shown.feature, template, variables), shown.id);
  };
}

/** Makes the file of a delivery as of `now`, for `who`; undefined when there is nothing left to give, or nothing that they may see. */
export type MakeFile = (db: Reader, shown: Shown, now: Date, who: Person | undefined) => Promise<NamedFile | undefined>;

/** The counterpart of `createRender` for deliveries that are files. */
export function createMakeFile(
  registry: Pick<Registry, 'file'>,
  view: Pick<Viewer, 'calendar' | 'policy' | 'settings'>,
): MakeFile {
  return async (db, shown, now, who) => {
    const maker = registry.file(shown.feature, shown.card);
    if (!maker || (await mayBeShown(db, maker, shown, who, false)) !== 'open') return undefined;
    return maker.make(db, shown.ref, viewerOf(shown, view, now, who));
  };
}

/** A group's card is for everybody in it, so it is open only where its feature says so. */
async function mayBeShown(
  db: Reader,
  guarded: Guard,
  shown: Shown,
  who: Person | undefined,
  inGroups: boolean,
): Promise<Look['is']> {
  if (!guarded.reads(shown.ref)) throw new UnreadableRef(shown);
  if (shown.isChat) return inGroups ? 'open' : 'gone';
  return (await look(db, guarded, shown.ref, who)).is;
}

function viewerOf(
  shown: Shown,
  view: Pick<Viewer, 'calendar' | 'policy' | 'settings'>,
  now: Date,
  who: Person | undefined,
): Viewer {
  const isSent = shown.messageId !== null || shown.mayBeOut;
  return {
    ...view,
    now,
    isSent,
    isUnasked: !isSent && shown.push !== undefined && shown.push !== 'answer',
    isRetired: shown.isRetired,
    ...(shown.isChat ? { chat: shown.recipient } : { person: shown.recipient, ...(who && { who }) }),
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
