/** 休假与值班: who is on leave is not reminded and counts apart; who is on duty may be left alone that day. */
import type { Feature } from '../../feature.ts';
import { duties } from './duty-list.ts';
import * as handlers from './handlers.ts';
import { leaves } from './leave-list.ts';

export const leave: Feature = {
  name: 'leave',
  commands: {
    record: {
      words: ['登记请假', '登记休假', '请假'],
      help: { does: '登记某人休假，休假期间不提醒', example: handlers.RECORD_EXAMPLE },
      action: 'leave.record',
      handle: handlers.recordLeave,
    },
    end: {
      words: ['销假', '取消休假'],
      help: { does: '某人提前回来，休假到昨天为止', example: handlers.END_EXAMPLE },
      action: 'leave.record',
      handle: handlers.endLeaveOf,
    },
  },
  lists: { leaves, duties },
};
