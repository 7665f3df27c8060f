/** 今天: all that is open for a person, over all features, on one card. */
import { formatDeadline } from '../../calendar/format.ts';
import type { Feature, OpenItem } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';

/** More would not be read on a phone; the rest is counted. */
const MAX_ITEMS = 10;

/** The inbox of a person over the open items of all `others`. */
export function today(others: Feature[]): Feature {
  return {
    name: 'today',
    commands: {
      today: {
        words: ['今天', '任务', '我的任务', '待办'],
        help: { does: '看自己要办的事', example: '今天' },
        action: 'self',
        handle: async (turn) => {
          await turn.deliver({
            key: turn.eventId,
            to: { person: turn.who.id },
            card: 'list',
            ref: turn.who.id,
            push: 'answer',
          });
          return undefined;
        },
      },
    },
    cards: {
      list: {
        load: async (db, personId, viewer) => {
          const person = await findPerson(db, personId, viewer.now);
          if (!person) return undefined;
          const found: OpenItem[] = [];
          for (const feature of others) found.push(...((await feature.today?.(db, person, viewer.now)) ?? []));
          found.sort(
            (a, b) => (a.due?.getTime() ?? Number.POSITIVE_INFINITY) - (b.due?.getTime() ?? Number.POSITIVE_INFINITY),
          );
          return {
            count: found.length,
            more: Math.max(0, found.length - MAX_ITEMS),
            items: found.slice(0, MAX_ITEMS).map(({ title, due, open }) => ({
              title,
              due: due ? `${formatDeadline(due, viewer)}前${due <= viewer.now ? '（已逾期）' : ''}` : '',
              press: open.button,
              value: open.value,
            })),
          };
        },
      },
    },
  };
}
