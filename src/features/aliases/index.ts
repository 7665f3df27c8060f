/** 别名: what the office says for its units, branches and people besides their names. */
import { z } from 'zod';
import { button, type Feature } from '../../feature.ts';
import { PageValue } from '../../pager.ts';
import { actions } from './actions.ts';
import { list } from './cards.ts';
import * as handlers from './handlers.ts';
import { hears } from './hearing.ts';

/** Over what all `others` listen for: their words cannot be aliases. */
export function aliases(others: Feature[]): Feature {
  return {
    name: 'aliases',
    actions,
    hears,
    commands: {
      edit: {
        words: ['别名', '简称'],
        listens: ['alias'],
        help: { under: 'set', does: '看、加、删单位和人员的别名', example: '别名 机动 = 机动大队' },
        action: 'aliases.edit',
        handle: (turn, typed) => handlers.openOrAdd(others, turn, typed),
      },
    },
    buttons: {
      page: button({ value: PageValue, action: 'aliases.edit', on: ['list'], handle: handlers.turnListPage }),
      remove: button({
        value: z.object({ alias: z.uuid() }),
        action: 'aliases.edit',
        on: ['list'],
        handle: handlers.remove,
      }),
    },
    cards: { list },
  };
}
