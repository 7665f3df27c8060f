/** The rounds that a person has opened, each by the card that was last sent to everybody of it. */
import type { SentOut } from '../../../feature.ts';
import type { Person } from '../../../people/person.ts';
import type { Reader } from '../../../storage/database.ts';
import { STATE_WORDS } from '../actors.ts';
import type { Announcement } from '../schema.ts';

/** In which state which card goes to everybody. */
const CARD_OF = {
  nominating: 'round',
  voting: 'vote',
  noticing: 'notice',
  published: 'commendation',
} as const satisfies Record<string, Announcement['card']>;

/** The newest first. What a step without a card of its own was preceded by is asked about in that step too. */
export async function findSentOut(db: Reader, { id: person }: Person): Promise<SentOut[]> {
  const rows = await db.sql<{ id: string; title: string; at: Date; announced: string; isOver: boolean }>`
    SELECT DISTINCT ON (r.id) r.id::text AS id, r.title, s."enteredAt" AS at, s.state AS announced, r.state = 'published' AS "isOver"
    FROM star_round r JOIN star_step s ON s."roundId" = r.id AND s.state = ANY (${Object.keys(CARD_OF)}::text[])
    WHERE r."openedById" = ${person} AND r.state NOT IN ('draft', 'cancelled') ORDER BY r.id, s."enteredAt" DESC LIMIT 20`;
  return rows.map(({ announced, title, ...row }) => {
    const step = announced as keyof typeof CARD_OF;
    return { ...row, title: `${title}：${STATE_WORDS[step]}`, card: CARD_OF[step], refs: [row.id] };
  });
}
