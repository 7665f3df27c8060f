/** 设置角色 and 结束角色: administrators give and end roles in chat. */

import { z } from 'zod';
import { button, type Feature } from '../../feature.ts';
import { actions } from './actions.ts';
import * as cards from './cards.ts';
import * as handlers from './handlers.ts';
import { hears, lends } from './hearing.ts';

export const roles: Feature = {
  name: 'roles',
  called: '角色',
  actions,
  hears,
  lends,
  commands: {
    assign: {
      listens: ['roles.assign'],
      words: ['设置角色', '任命'],
      help: { under: 'set', does: '设支部书记、单位领导、保管员等角色', example: '设置角色' },
      action: 'roles.assign',
      handle: handlers.openForm,
    },
    end: {
      listens: ['roles.end'],
      words: ['结束角色', '查看角色', '免去'],
      help: { under: 'set', does: '看某人的角色，结束其中一项', example: '结束角色 程立山' },
      action: 'roles.assign',
      handle: handlers.openHeld,
    },
  },
  buttons: {
    assign: button({ value: z.object({}), action: 'roles.assign', on: ['form'], handle: handlers.assign }),
    end: button({ value: z.object({ role: z.uuid() }), action: 'roles.assign', on: ['held'], handle: handlers.end }),
  },
  cards: { form: cards.form, held: cards.held, told: cards.told },
};
