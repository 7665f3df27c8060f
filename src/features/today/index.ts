/** 今天: all that is open for a person, over all features, on one card. */
import { formatDeadline } from '../../calendar/format.ts';
import type { CardVariables, Feature, OpenItem, Viewer } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import type { Reader } from '../../storage/database.ts';

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
        load: async (db, id, viewer) => {
          const items = await findItems(others, db, id, viewer);
          return items && { ...listOf(items, viewer), why: '您发送了“今天”' };
        },
      },
      /** What the outbox sends in place of several cards (`outbox/gather-pushes.ts`); not sent when all is done by then. */
      gathered: {
        load: async (db, id, viewer) => {
          const items = await findItems(others, db, id, viewer);
          if (!items || (items.length === 0 && !viewer.isSent)) return undefined;
          return { template: 'list', ...listOf(items, viewer), why: '您有几件事待办，合并成一条提醒' };
        },
      },
    },
  };
}

/** All that is open for a person, the most urgent first; undefined for a stranger. */
async function findItems(others: Feature[], db: Reader, id: string, viewer: Viewer): Promise<OpenItem[] | undefined> {
  const person = await findPerson(db, id, viewer.now);
  if (!person) return undefined;
  const found: OpenItem[] = [];
  for (const feature of others) found.push(...((await feature.today?.(db, person, viewer.now)) ?? []));
  const due = (item: OpenItem) => item.due?.getTime() ?? Number.POSITIVE_INFINITY;
  return found.sort((a, b) => due(a) - due(b));
}

function listOf(items: OpenItem[], viewer: Viewer): CardVariables {
  return {
    count: items.length,
    more: Math.max(0, items.length - MAX_ITEMS),
    items: items.slice(0, MAX_ITEMS).map(({ title, due, open }) => ({
      title,
      due: due ? `${formatDeadline(due, viewer)}前${due <= viewer.now ? '（已逾期）' : ''}` : '',
      press: open.button,
      value: open.value,
    })),
  };
}
