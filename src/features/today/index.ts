/** 今天: all that is open for a person, over all features, on one card. */
import { formatDeadline } from '../../calendar/format.ts';
import { type CardVariables, type Feature, type OpenItem, sendCard, type Viewer } from '../../feature.ts';
import { findPerson } from '../../people/find-person.ts';
import type { Person } from '../../people/person.ts';
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
          await sendCard(turn, 'list', 'asked');
          return undefined;
        },
      },
    },
    cards: {
      /** `why` is `asked` or `gathered`: what the outbox sends in place of several cards (`outbox/gather-pushes.ts`). */
      list: {
        load: async (db, why, viewer) => {
          const person = await findPerson(db, viewer.person ?? '', viewer.now);
          if (!person) return undefined;
          const items = await findItems(others, db, person, viewer.now);
          const isGathered = why === 'gathered';
          if (isGathered && items.length === 0 && !viewer.isSent) return undefined;
          return {
            count: items.length,
            more: Math.max(0, items.length - MAX_ITEMS),
            items: items.slice(0, MAX_ITEMS).map((item) => itemLine(item, viewer)),
            why: isGathered ? '您有几件事待办，合并成一条提醒' : '您发送了“今天”',
          };
        },
      },
    },
  };
}

/** All that is open for a person, the most urgent first. */
async function findItems(others: Feature[], db: Reader, person: Person, now: Date): Promise<OpenItem[]> {
  const found: OpenItem[] = [];
  for (const feature of others) found.push(...((await feature.today?.(db, person, now)) ?? []));
  const due = (item: OpenItem) => item.due?.getTime() ?? Number.POSITIVE_INFINITY;
  return found.sort((a, b) => due(a) - due(b));
}

function itemLine({ title, due, open }: OpenItem, viewer: Viewer): CardVariables {
  const isOverdue = due !== undefined && due <= viewer.now;
  return {
    title,
    due: due ? `${formatDeadline(due, viewer)}前${isOverdue ? '（已逾期）' : ''}` : '',
    press: open.button,
    value: open.value,
  };
}
