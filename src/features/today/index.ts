/** 今天: all that is open for a person, over all features, on one card. */

import { z } from 'zod';
import { formatDeadline } from '../../calendar/format.ts';
import {
  button,
  type CardVariables,
  card,
  type Feature,
  type OpenItem,
  type PressTurn,
  type Reply,
  sendCard,
  type Viewer,
  type Viewpoint,
} from '../../feature.ts';
import { Page, PageValue, turnPage } from '../../pager.ts';
import type { Person } from '../../people/person.ts';
import { refOf } from '../../sight.ts';
import type { Reader } from '../../storage/database.ts';
import { hears } from './hearing.ts';

/** More would not be read on a phone; the rest is on further pages. */
const MAX_ITEMS = 10;

/**
 * `why` is `asked` or `gathered`: what the outbox sends in place of several cards (`outbox/gather-pushes.ts`). A further page names the
 * message that asked for it.
 */
const TodayRef = refOf({ why: z.enum(['asked', 'gathered']), page: Page.optional(), key: z.string().optional() });

/** The inbox of a person over the open items of all `others`. */
export function today(others: Feature[]): Feature {
  return {
    name: 'today',
    called: '今天的待办',
    hears,
    commands: {
      today: {
        words: ['今天', '任务', '我的任务', '待办'],
        listens: ['query.today'],
        help: { does: '看自己要办的事', example: '今天' },
        action: 'self',
        handle: async (turn) => {
          await sendCard(turn, 'list', 'asked');
          return undefined;
        },
      },
    },
    buttons: { page: button({ value: PageValue, action: 'self', on: ['list'], handle: turnTodayPage }) },
    cards: {
      list: card({
        ref: TodayRef,
        action: 'self',
        load: async (db, { why, page = 0 }, viewer) => {
          if (!viewer.who) return undefined;
          const items = await findItems(others, db, viewer.who, viewer);
          const isGathered = why === 'gathered';
          if (isGathered && items.length === 0 && !viewer.isSent) return undefined;
          const last = Math.max(0, Math.ceil(items.length / MAX_ITEMS) - 1);
          // What was done meanwhile may have emptied the last page.
          const at = Math.min(page, last);
          return {
            count: items.length,
            items: items.slice(at * MAX_ITEMS, (at + 1) * MAX_ITEMS).map((item) => itemLine(item, viewer)),
            previous: at > 0 ? at - 1 : -1,
            next: at < last ? at + 1 : -1,
            pages: last > 0 ? `第${at + 1}页，共${last + 1}页` : '',
            why: isGathered ? '您有几件事待办，合并成一条提醒' : '您发送了“今天”',
          };
        },
      }),
    },
  };
}

/** Another page: on the same card, once one was asked for. What was sent by itself, or opened with the first page, stays as it is. */
async function turnTodayPage(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  const key = TodayRef.parse(turn.pressed.ref).key ?? turn.eventId;
  return turnPage(turn, `page:${key}`, 'list', TodayRef.write({ why: 'asked', page, key }), page);
}

/** All that is open for a person, the most urgent first. */
async function findItems(others: Feature[], db: Reader, person: Person, view: Viewpoint): Promise<OpenItem[]> {
  const found: OpenItem[] = [];
  for (const feature of others) found.push(...((await feature.today?.(db, person, view)) ?? []));
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
