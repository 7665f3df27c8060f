/** Runs a command by its word alone, for whoever chose it or pressed a button that bears it. */
import { z } from 'zod';
import { type Button, button, type Reply, type TurnOf } from '../../feature.ts';
import { may } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import type { Hearing } from '../hear.ts';
import { REFUSALS, refuse } from '../refusals.ts';
import { runHeard } from '../run-heard.ts';

/** A word as a card carries it; longer than any command's. */
const Word = z.object({ word: z.string().min(1).max(20) });

/** As if the person had written the word: permission is asked as ever. */
export async function runWord(
  { hear, turnOf }: { hear: Hearing; turnOf: TurnOf },
  { word, who, eventId, at }: { word: string; who: Person; eventId: string; at: Date },
): Promise<Reply | undefined> {
  const own = turnOf('inbox');
  const heard = await hear(own.db, { text: word }, who, at);
  if (heard.is !== 'one' || heard.meant.rest !== '')
    return refuse(own.log, eventId, REFUSALS.noSuchItem, 'a word names no command');
  const { feature, command, ...meant } = heard.meant;
  const turn = { ...turnOf(feature.name), who, eventId, saidAt: at, may: may.bind(null, who) };
  return runHeard(turn, command, { text: word, reading: heard.reading, ...meant });
}

/** A button that begins what its word says: `press: inbox/begin`, `value: { word }`. */
export function beginButton(hear: Hearing): Button {
  return button({
    value: Word,
    action: 'self',
    on: 'every card',
    handle: async ({ who, eventId, now: at }, { word }, turnOf) =>
      (await runWord({ hear, turnOf }, { word, who, eventId, at })) ?? { toast: '好的，请看新卡片。' },
  });
}
