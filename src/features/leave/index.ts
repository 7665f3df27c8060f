/** 休假与值班: who is on leave is not reminded and counts apart; who is on duty may be left alone that day. */

import { button, type Feature } from '../../feature.ts';
import { actions } from './actions.ts';
import { away, form, outcome, preview, RequestValue } from './cards.ts';
import { duties } from './duty-list.ts';
import * as handlers from './handlers.ts';
import { hears } from './hearing.ts';
import { leaves } from './leave-list.ts';

export const leave: Feature = {
  name: 'leave',
  called: '请假',
  actions,
  hears,
  commands: {
    record: {
      listens: ['leave.record'],
      words: ['登记请假', '登记休假', '请假'],
      help: { does: '登记某人休假，休假期间不提醒', example: handlers.RECORD_EXAMPLE },
      action: 'self',
      handle: handlers.recordLeave,
    },
    query: {
      listens: ['leave.query'],
      words: ['谁在休假', '谁休假'],
      help: { under: 'look', does: '看某一天谁在休假', example: '明天谁休假' },
      action: 'leave.record',
      handle: handlers.showLeaves,
    },
    end: {
      listens: ['leave.end'],
      words: ['销假', '取消休假'],
      help: { does: '提前回来，休假到昨天为止', example: handlers.OWN_END_EXAMPLE },
      action: 'self',
      handle: handlers.endLeaveOf,
    },
  },
  buttons: {
    fill: button({ action: 'self', on: ['form'], handle: handlers.fillLeave }),
    confirm: button({ action: 'leave.record', on: ['preview'], handle: handlers.confirmLeave }),
    decline: button({ action: 'leave.record', on: ['preview'], handle: handlers.declineLeave }),
    'open-request': button({
      value: RequestValue,
      action: 'leave.record',
      on: ['today/list'],
      handle: handlers.openRequest,
    }),
  },
  cards: { preview, form, away, outcome },
  lists: { leaves, duties },
  today: handlers.findTodayItems,
};
