/** 告诉管理员这句没听懂, on the card of choices: the one way in which anybody but its writer gets to see a text. */
import { button } from '../../feature.ts';
import { isTold, tellText } from '../../misheard/told-texts.ts';
import { REFUSALS, refuse } from '../refusals.ts';

/** The text of the pressed card, without its writer, for the administrators' list. */
export const tellAdministrator = button({
  action: 'self',
  on: ['choices'],
  handle: async (turn) => {
    if (await tellText(turn.db, turn.pressed.ref, turn.now))
      return { toast: '已告诉政治处管理员：他们会看到这句话和日期，看不到是谁写的，30天后删除。', kind: 'success' };
    if (await isTold(turn.db, turn.pressed.ref)) return { toast: '这句话已经告诉管理员，不用再按。' };
    return refuse(turn.log, turn.eventId, REFUSALS.outdated, 'a text to be shown was forgotten');
  },
});
