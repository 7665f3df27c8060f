/** Runs the command that was heard, and counts where that was refused or left a part of the text over. */
import type { Command, PersonTurn, Reply, Typed } from '../feature.ts';
import { countMisheard } from '../misheard/counts.ts';
import { mayAnywhere } from '../people/permissions.ts';
import { REFUSALS, refuse } from './refusals.ts';

/** `turn` is the command's feature's. */
export async function runHeard(turn: PersonTurn, command: Command, typed: Typed): Promise<Reply | undefined> {
  const wishes = command.listens?.slice(0, 1) ?? [];
  if (!mayAnywhere(turn.who, command.action)) {
    await countMisheard(turn, 'not-permitted', wishes);
    return refuse(turn.log, turn.eventId, REFUSALS.notAllowed, 'a command was not permitted');
  }
  let isLeft = false;
  const { reading } = typed;
  const unused: typeof reading.unused = (used) => {
    const left = reading.unused(used);
    isLeft ||= left.length > 0;
    return left;
  };
  const reply = await command.handle(turn, { ...typed, reading: { ...reading, unused } });
  if (isLeft) await countMisheard(turn, 'left-over', wishes);
  return reply;
}
