/** Cards of a round, and of one matter in it, that may be needed for longer than the 14 days in which Feishu lets a message be pressed and edited. */
import { type Card, CLOSED, type Turn } from '../../../feature.ts';
import type { Reader } from '../../../storage/database.ts';
import { actorsOf, organisersOf } from '../actors.ts';
import { idOf } from '../card-ref.ts';
import type { State } from '../rules.ts';
import { ObjectionFormRef } from '../schema.ts';
import { findRound, type Round } from './queries.ts';

/** Where a card still has something to press or to change, and for which of these people a new one comes when it grows too old. */
type Lasting = {
  what: string;
  states: State[];
  /** The round, unless what this one card asks for has been done; where it is missing, the card is about the round itself. */
  findRound?: (db: Reader, ref: string) => Promise<Round | undefined>;
  /** Missing: nobody, since the card came by a press and comes by it again; `how` says by which. */
  findOpen?: (db: Reader, round: Round, people: string[], now: Date) => Promise<string[]>;
  how?: string;
};

const USUAL_HOW = '还需要您办理的，新卡片会发给您；也可以发送“每月一星”看进展。';

const KINDS = {
  /** Everybody has it; a new one comes to those who have to move the round on, the others are told what to send. */
  round: {
    what: '进展',
    states: ['nominating', 'checking', 'reviewing', 'voting', 'deciding', 'noticing'],
    findOpen: async (db, round, people, now) => pick(people, await organisersOf(db, round, now)),
  },
  candidates: {
    what: '候选人名单',
    states: ['checking', 'reviewing'],
    findRound: (db, ref) => findRound(db, idOf(ref)),
    findOpen: findActors,
  },
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
        SELECT id FROM people_of(${JSON.stringify(round.audience)}::jsonb, now()) WHERE id = ANY (${people}::text[])`;
      return rows.map(({ id }) => id);
    },
  },
  candidate: {
    what: '候选人事迹',
    states: ['checking', 'reviewing'],
    findRound: async (db, ref) => {
      const [round] = await db.sql<Round>`
        SELECT r.* FROM star_round r JOIN star_candidacy c ON c."roundId" = r.id WHERE c.id = ${idOf(ref)}::uuid`;
      return round;
    },
    how: '还要看的话，请在“候选人”卡片上再按“查看”。',
  },
  question: {
    what: '核实问题',
    states: ['checking'],
    findRound: async (db, id) => {
      const [round] = await db.sql<Round>`
        SELECT r.* FROM star_round r JOIN star_candidacy c ON c."roundId" = r.id JOIN star_question q ON q."candidacyId" = c.id
        WHERE q.id = ${id}::uuid AND q.answer IS NULL`;
      return round;
    },
    findOpen: findHolders,
  },
  /** May be open for longer than the notice, which then waits for it. */
  objection: {
    what: '公示异议',
    states: ['noticing'],
    findRound: async (db, id) => {
      const [round] = await db.sql<Round>`
        SELECT r.* FROM star_round r JOIN star_objection o ON o."roundId" = r.id WHERE o.id = ${id}::uuid AND o.state = 'open'`;
      return round;
    },
    findOpen: findHolders,
  },
  'objection-form': {
    what: '提出异议',
    states: ['noticing'],
    findRound: async (db, ref) => {
      const { round, id } = ObjectionFormRef.parse(ref);
      const isSent = (await db.models.starObjection.count({ where: { id } })) > 0;
      return isSent ? undefined : findRound(db, round);
    },
    how: '这份异议没有提交。要提出的话，请在“公示”卡片上再按“提出异议”。',
  },
} satisfies Record<string, Lasting>;

/**
 * The card `name`, which says that it is of the past when it is about to become too old, and comes anew to whoever still needs it.
 * What the round has left behind stays as it is.
 */
export function lasting(name: keyof typeof KINDS, card: Card): Card {
  const kind: Lasting = KINDS[name];
  return {
    ...card,
    templates: [...card.templates, 'retired'],
    load: async (db, ref, viewer) => {
      const shown = await card.load(db, ref, viewer);
      // A card that has changed its face for good, as after the vote, has nothing left to press.
      if (!shown || shown === CLOSED || shown.template !== undefined || !viewer.isRetired) return shown;
      const round = await findOpenRound(db, kind, ref);
      return round ? { template: 'retired', title: round.title, what: kind.what, how: kind.how ?? USUAL_HOW } : shown;
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
  const round = await findOpenRound(turn.db, kind, ref);
  if (!round || !kind.findOpen) return;
  const day = turn.calendar.dayOf(turn.now);
  await turn.deliver(
    ...(await kind.findOpen(turn.db, round, people, turn.now)).map((person) => ({
      ...{ key: `${card}:${ref}:${person}:renewed:${day}`, to: { person }, card, ref },
      ...{ push: 'quiet' as const, gathers: card !== 'round' && card !== 'notice' },
    })),
  );
}

/** The round of a card that still has something to press. */
async function findOpenRound(db: Reader, kind: Lasting, ref: string): Promise<Round | undefined> {
  const round = await (kind.findRound ?? findRound)(db, ref);
  return round && kind.states.includes(round.state) ? round : undefined;
}

/** Whoever has such a card: it is for one person, or decides itself who may still see it. */
async function findHolders(_db: Reader, _round: Round, people: string[]): Promise<string[]> {
  return people;
}

async function findActors(db: Reader, round: Round, people: string[], now: Date): Promise<string[]> {
  return pick(people, await actorsOf(db, round, now));
}

function pick(people: string[], able: string[]): string[] {
  return people.filter((person) => able.includes(person));
}
