/** Where more than one thing may be meant, or nothing was understood: what the person may mean, one press each. */
import { z } from 'zod';
import {
  type Button,
  button,
  type Card,
  type Command,
  card,
  type Feature,
  type PersonTurn,
  type Reply,
  type Turn,
} from '../feature.ts';
import { countMisheard, forgetMisheard } from '../misheard/counts.ts';
import { isTold } from '../misheard/told-texts.ts';
import { may } from '../people/permissions.ts';
import type { Person } from '../people/person.ts';
import { Id } from '../sight.ts';
import type { Reader } from '../storage/database.ts';
import { collectWishes, pickPermitted, type Wishes } from '../turn/registry.ts';
import { answerTo, findAtHand } from './at-hand.ts';
import type { Hearing, Meant } from './hear.ts';
import { REFUSALS, refuse } from './refusals.ts';
import { runHeard } from './run-heard.ts';
import { deliverChoices, showAdvice, takeAdvice } from './unsure/advice.ts';
import { tellAdministrator } from './unsure/tell-administrator.ts';

const ChoiceValue = z.object({ wish: z.string().min(1).max(100), about: z.uuid().or(z.literal('')).default('') });

/** A button's words are cut off on a phone. */
const LONGEST_WORDS = 30;

/** `abouts` are the matters at hand that the wishes are about, one for each; empty for what is about none. */
type HeardText = { text: string; wishes: string[]; abouts: string[]; isUnknown: boolean };

/** Keeps what was written and what it may mean, and offers that; `turn` is the inbox's own. */
export async function offer(
  turn: PersonTurn,
  text: string,
  offered: Meant[],
  { isUnknown, isAdvised }: { isUnknown: boolean; isAdvised: boolean },
): Promise<undefined> {
  const wishes = offered.map(({ command }) => command.listens?.[0] ?? '');
  const abouts = offered.map(({ about = '' }) => about);
  const [row] = await turn.db.sql<{ id: string }>`
    INSERT INTO heard_text (id, "personId", text, wishes, abouts, "isUnknown", "at")
    VALUES (gen_random_uuid(), ${turn.who.id}, ${text}, ${wishes}, ${abouts}, ${isUnknown}, ${turn.now}) RETURNING id`;
  await countMisheard(turn, isUnknown ? 'nothing' : 'several', wishes);
  const ref = row?.id ?? '';
  if (isAdvised) await turn.later('advise', { heard: ref, event: turn.eventId });
  await deliverChoices(turn, turn.eventId, turn.who.id, ref);
  turn.log.info({ event: turn.eventId }, isUnknown ? 'a text was not understood' : 'a text can mean two things');
}

/** The card with what may be meant, whose buttons bear the commands' own words, and the button that runs one on what was written. */
export function choices(features: Feature[], hear: Hearing): Pick<Feature, 'cards' | 'buttons'> {
  const wishes = collectWishes(features);
  const pick: PickAnswer = async (db, { wish, about }, who, at) => {
    const answers = wishes.get(wish) ?? [];
    const usual = pickPermitted(answers, who);
    if (about === '') return usual && { ...usual, words: usual.command.help.does };
    const matter = (await findAtHand(features, db, who, at)).find(({ ref }) => ref === about);
    const answer = matter && answerTo(matter, answers);
    return answer && { ...answer, words: matter.title.slice(0, LONGEST_WORDS) };
  };
  return {
    cards: { choices: choicesCard(wishes, pick) },
    buttons: { choose: chooseButton(pick, hear), tell: tellAdministrator, 'take-advice': takeAdvice(wishes, hear) },
  };
}

/** The command that answers what is offered, with the words of its button: its own, or what the matter at hand is called. */
type PickAnswer = (
  db: Reader,
  offered: z.infer<typeof ChoiceValue>,
  who: Person,
  at: Date,
) => Promise<{ feature: Feature; command: Command; words: string } | undefined>;

function choicesCard(wishes: Wishes, pick: PickAnswer): Card {
  return card({
    ref: Id,
    action: 'self',
    matter: findOwner,
    load: async (db, id, { who }) => {
      const heard = await findHeard(db, id);
      if (!heard || !who) return undefined;
      const options = [];
      for (const offered of offersOf(heard)) {
        const meant = await pick(db, offered, who, heard.at);
        if (meant) options.push({ ...offered, does: meant.words });
      }
      const advice = await showAdvice(db, wishes, id, who);
      return { text: heard.text, options, isUnknown: heard.isUnknown, isTold: await isTold(db, id), advice };
    },
  });
}

function chooseButton(pick: PickAnswer, hear: Hearing): Button {
  return button({
    value: ChoiceValue,
    action: 'self',
    on: ['choices'],
    handle: async (turn, { wish, about }, turnOf): Promise<Reply> => {
      const { who } = turn;
      const heard = await findHeard(turn.db, turn.pressed.ref);
      const offered = heard && offersOf(heard).find((one) => one.wish === wish && one.about === about);
      const meant = offered && (await pick(turn.db, offered, who, heard.at));
      if (!heard || !meant) return refuse(turn.log, turn.eventId, REFUSALS.outdated, 'a choice was outdated');
      const { reading } = await hear(turn.db, { text: heard.text }, who, heard.at);
      const own = { who, eventId: turn.eventId, saidAt: heard.at, may: may.bind(null, who) };
      const typed = { text: heard.text, rest: '', reading, ...(about && { about }) };
      const reply = await runHeard({ ...turnOf(meant.feature.name), ...own }, meant.command, typed);
      return reply ?? { toast: '好的，请看新卡片。' };
    },
  });
}

function offersOf({ wishes, abouts }: HeardText): { wish: string; about: string }[] {
  return wishes.map((wish, at) => ({ wish, about: abouts[at] ?? '' }));
}

/** What was written is kept for a day; counts, and what was shown to the administrators, for longer. */
export async function forgetHeard(turn: Turn): Promise<void> {
  await forgetMisheard(turn.db, turn.now);
  await turn.db.sql`DELETE FROM heard_text WHERE "at" < ${turn.now}::timestamptz - interval '1 day'`;
}

async function findHeard(db: Reader, id: string): Promise<(HeardText & { at: Date }) | undefined> {
  const [row] = await db.sql<HeardText & { at: Date }>`
    SELECT text, wishes, abouts, "isUnknown", "at" FROM heard_text WHERE id = ${id}::uuid`;
  return row;
}

async function findOwner(db: Reader, id: string) {
  const [row] = await db.sql<{ owner: string }>`SELECT "personId" AS owner FROM heard_text WHERE id = ${id}::uuid`;
  return row;
}
