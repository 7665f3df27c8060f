/** 没听懂: how often and why people were not understood, and the texts that they showed to the administrators. */
import { button, type Feature } from '../../feature.ts';
import { PageValue } from '../../pager.ts';
import { actions } from './actions.ts';
import { listCard } from './cards.ts';
import * as handlers from './handlers.ts';
import { hears } from './hearing.ts';
import { TextValue } from './schema.ts';

/** Over what all `others` are asked for. */
export function misheard(others: Feature[]): Feature {
  return {
    name: 'misheard',
    actions,
    hears,
    commands: {
      list: {
        words: ['没听懂'],
        listens: ['misheard.list'],
        help: { under: 'set', does: '看大家的哪些话没有听懂', example: '没听懂' },
        action: 'misheard.read',
        handle: handlers.showList,
      },
    },
    buttons: {
      page: button({ value: PageValue, action: 'misheard.read', on: ['list'], handle: handlers.turnListPage }),
      done: button({ value: TextValue, action: 'misheard.read', on: ['list'], handle: handlers.dealWith }),
    },
    cards: { list: listCard(others) },
  };
}
