/** Cards of a round that may be needed for longer than the 14 days in which Feishu lets a message be pressed and edited. */
import type { Card, Turn } from '../../feature.ts';
import type { Reader } from '../../storage/database.ts';
import { actorsOf, organisersOf } from './actors.ts';
import { idOf } from './checking-handlers.ts';
import { findRound, type Round } from './round-queries.ts';
import type { State } from './rules.ts';

/** Where a card still has something to press or to change, and for which of these people a new one comes when it grows too old. */
type Lasting = {
  what: string;
  states: State[];
  findOpen: (db: Reader, round: Round, people: string[], now: Date) => Promise<string[]>;
};

const KINDS = {
  /** Everybody has it; a new one comes to those who have to move the round on, the others are told what to send. */
  round: {
    what: '进展',
    states: ['nominating', 'checking', 'reviewing', 'voting', 'deciding', 'noticing'],
    findOpen: async (db, round, people, now) => pick(people, await organisersOf(db, round, now)),
  },
  candidates: { what: '候选人名单', states: ['checking', 'reviewing'], findOpen: findActors },
  decision: { what: '集体研究', states: ['deciding'], findOpen: findActors },
  vote: {
    what: '参考投票',
    states: ['voting'],
    findOpen: async (db, round, people) => {
      const rows = await db.sql<{ id: string }>`
        SELECT "personId" AS id FROM star_voter WHERE "roundId" = ${round.id}::uuid AND NOT "hasVoted" AND "personId" = ANY (${people}::text[])`;
      return rows.map(({ id }) => id);
    },
  },
  /** Whoever may object can do so to the last day. */
  notice: {
    what: '公示',
    states: ['noticing'],
    findOpen: async (db, round, people) => {
      const rows = await db.sql<{ id: string }>`
        SELECT id FROM people_of(${round.audienceKind}, ${round.audienceId}, 'everyone') WHERE id = ANY (${people}::text[])`;
      return rows.map(({ id }) => id);
    },
  },
} satisfies Record<string, Lasting>;

/**
 * The card `name`, which says that it is of the past when it is about to become too old, and comes anew to whoever still needs it.
 * What the round has left behind stays as it is.
 */
export function lasting(name: keyof typeof KINDS, load: Card['load']): Card {
  const kind: Lasting = KINDS[name];
  return {
    load: async (db, ref, viewer) => {
      const shown = await load(db, ref, viewer);
      // A card that has changed its face for good, as after the vote, has nothing left to press.
      if (!shown || shown.template !== undefined || !viewer.isRetired) return shown;
      const round = await findRound(db, idOf(ref));
      if (!round || !kind.states.includes(round.state)) return shown;
      return { template: 'retired', title: round.title, what: kind.what };
    },
    renew: async (turn, retired) => {
      for (const ref of new Set(retired.map((one) => one.ref))) {
        const people = retired.filter((one) => one.ref === ref).map(({ person }) => person);
        await renew(turn, name, kind, ref, people);
      }
    },
  };
}

async function renew(turn: Turn, card: string, kind: Lasting, ref: string, people: string[]): Promise<void> {
  const round = await findRound(turn.db, ref);
  if (!round || !kind.states.includes(round.state)) return;
  const day = turn.calendar.dayOf(turn.now);
  await turn.deliver(
    ...(await kind.findOpen(turn.db, round, people, turn.now)).map((person) => ({
      ...{ key: `${card}:${ref}:${person}:renewed:${day}`, to: { person }, card, ref },
      ...{ push: 'quiet' as const, gathers: card !== 'round' && card !== 'notice' },
    })),
  );
}

async function findActors(db: Reader, round: Round, people: string[], now: Date): Promise<string[]> {
  return pick(people, await actorsOf(db, round, now));
}

function pick(people: string[], able: string[]): string[] {
  return people.filter((person) => able.includes(person));
}
