/** 日历: which days are worked, as everybody may look it up and an administrator brings it in. */
import { z } from 'zod';
import { button, type Feature } from '../../feature.ts';
import { actions } from './actions.ts';
import { notice, Year, year } from './cards.ts';
import * as handlers from './handlers.ts';
import { hears } from './hearing.ts';

export const holidays: Feature = {
  name: 'holidays',
  called: '日历',
  actions,
  hears,
  commands: {
    show: {
      words: ['日历', '放假日历'],
      listens: ['calendar.show'],
      help: { under: 'look', does: '看今年哪几天放假、哪几天调休上班', example: '日历' },
      action: 'self',
      handle: handlers.showYear,
    },
    notice: {
      words: ['放假安排'],
      listens: ['calendar.notice'],
      help: { under: 'set', does: '粘贴国务院办公厅的放假通知，核对后采用', example: '放假安排' },
      action: 'holidays.edit',
      handle: handlers.readNotice,
    },
  },
  buttons: {
    'turn-year': button({ value: z.object({ year: Year }), action: 'self', on: ['year'], handle: handlers.turnYear }),
    confirm: button({ action: 'holidays.edit', on: ['notice'], handle: handlers.confirmNotice }),
  },
  cards: { year, notice },
};
