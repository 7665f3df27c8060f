/** What a model makes of a text that was not clear: one more button on the card of choices, a moment after it. It never acts by itself. */
import { z } from 'zod';
import type { Adviser } from '../../adviser/adviser.ts';
import type { Wish } from '../../adviser/question.ts';
import {
  type Button,
  button,
  type Command,
  type Feature,
  type Job,
  preparedJob,
  type Reply,
  type Turn,
} from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import { may, mayAnywhere } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import { type Advice, focus, type QuoteRole } from '../../reading/focus.ts';
import type { Database, Reader } from '../../storage/database.ts';
import { collectWishes, type Wishes } from '../../turn/registry.ts';
import type { Hearing } from '../hear.ts';
import { REFUSALS, refuse } from '../refusals.ts';
import { runHeard } from '../run-heard.ts';

type Advised = { text: string; personId: string; at: Date; advice: Advice | null };
type Answering = { feature: Feature; command: Command };

/** Sends the card of choices, or has it edited if it is out, or on its way. */
export async function deliverChoices(turn: Turn, eventId: string, person: string, ref: string): Promise<void> {
  await turn.deliver({ key: `choices:${eventId}`, to: { person }, card: 'choices', ref, push: 'answer' });
}

/** A model needs to see how a wish sounds, not all that is known of it. */
const EXAMPLES = 3;
const ROLES: Record<QuoteRole, string> = { topic: '内容', deadline: '截止', start: '开始', audience: '范围' };

/** Asks outside any transaction, and adds what comes back to the card; without a model it does nothing. */
export function adviseJob(features: Feature[], hear: Hearing, model: { db: Database; ask: Adviser } | undefined): Job {
  return preparedJob({
    payload: z.object({ heard: z.uuid(), event: z.string() }),
    prepare: async ({ heard }) => model && ask(features, hear, model, heard),
    handle: async (turn, { heard, event }, advice) => {
      if (!advice) return;
      const [kept] = await turn.db.sql<{ person: string }>`
        UPDATE heard_text SET advice = ${JSON.stringify(advice)}::jsonb WHERE id = ${heard}::uuid RETURNING "personId" AS person`;
      if (kept) await deliverChoices(turn, event, kept.person, heard);
    },
  });
}

async function ask(
  features: Feature[],
  hear: Hearing,
  { db, ask: askModel }: { db: Database; ask: Adviser },
  id: string,
): Promise<Advice | undefined> {
  const heard = await findAdvised(db, id);
  const who = heard && (await findPerson(db, heard.personId, heard.at));
  if (!heard || !who) return undefined;
  const { reading } = await hear(db, { text: heard.text }, who, heard.at);
  const people = await db.sql<{ name: string }>`
    SELECT DISTINCT name FROM person WHERE name <> '' AND position(name IN ${reading.plain.text}) > 0`;
  return askModel({ reading, names: people.map(({ name }) => name), wishes: wishesOf(features, who) });
}

/** The wishes that a person may have. */
function wishesOf(features: Feature[], who: Person): Wish[] {
  const answers = collectWishes(features);
  return features
    .flatMap(({ hears = [] }) => hears)
    .flatMap(({ name, examples }) => {
      const does = pick(answers.get(name) ?? [], who)?.command.help.does;
      return does ? [{ name, does, examples: examples.filter((one) => !/[Ⓐ-Ⓩ]/u.test(one)).slice(0, EXAMPLES) }] : [];
    });
}

function pick(answers: Answering[], who: Person): Answering | undefined {
  return answers.find(({ command }) => mayAnywhere(who, command.action));
}

/** What the card says of the advice: the command's words, and the quotes that it goes by; empty where there is none. */
export async function showAdvice(
  db: Reader,
  wishes: Wishes,
  id: string,
  who: Person | undefined,
): Promise<{ wish: string; does: string; quotes: string }> {
  const advice = (await findAdvised(db, id))?.advice;
  const answer = advice && who && pick(wishes.get(advice.wish) ?? [], who);
  if (!advice || !answer) return { wish: '', does: '', quotes: '' };
  const quotes = advice.quotes.map(({ role, text }) => `${ROLES[role]}“${text}”`);
  return { wish: advice.wish, does: answer.command.help.does, quotes: quotes.join('，') };
}

/** The press on it: the text is read again with the wish settled, by the bot's own grammar. */
export function takeAdvice(wishes: Wishes, hear: Hearing): Button {
  return button({
    action: 'self',
    on: ['choices'],
    handle: async (turn, _value, turnOf): Promise<Reply> => {
      const { who } = turn;
      const { advice, text, at } = (await findAdvised(turn.db, turn.pressed.ref)) ?? {};
      const answer = advice && pick(wishes.get(advice.wish) ?? [], who);
      if (!advice || !answer || !text || !at)
        return refuse(turn.log, turn.eventId, REFUSALS.outdated, 'advice was outdated');
      const { reading } = await hear(turn.db, { text }, who, at);
      const own = { who, eventId: turn.eventId, saidAt: at, may: may.bind(null, who) };
      const typed = { text, rest: '', reading: focus(reading, advice) };
      const reply = await runHeard({ ...turnOf(answer.feature.name), ...own }, answer.command, typed);
      return reply ?? { toast: '好的，请看新卡片。' };
    },
  });
}

async function findAdvised(db: Reader, id: string): Promise<Advised | undefined> {
  const [row] = await db.sql<Advised>`SELECT text, "personId", "at", advice FROM heard_text WHERE id = ${id}::uuid`;
  return row;
}
