/** 登记实事: practical deeds for the public, logged on any day and offered as evidence at nomination. */
import { formatDay } from '../../calendar/format.ts';
import { type Card, type PersonTurn, type PressTurn, type Reply, sendCard } from '../../feature.ts';
import { countOwnDeeds, deleteDeed, findOwnDeeds, keepDeed } from './deed-queries.ts';
import { refuseLong } from './refuse-long.ts';
import { DeedForm } from './schema.ts';
import { cutText } from './statement.ts';

const MAX_SHOWN = 5;
const EXCERPT_CHARACTERS = 100;

/** 登记实事 with a text: kept at once, as done today. Alone: the form. */
export async function logDeed(turn: PersonTurn, { rest }: { rest: string }): Promise<Reply | undefined> {
  if (rest !== '') {
    const tooLong = refuseLong('一件实事', rest);
    if (tooLong) return tooLong;
    const doneOn = turn.calendar.dayOf(turn.saidAt);
    await keepDeed(turn.db, turn.who.id, rest, doneOn, turn.now);
  }
  await sendCard(turn, 'deed', turn.who.id);
  return undefined;
}

/** The form: a text and the day on which it was done. */
export async function submitDeed(turn: PressTurn): Promise<Reply> {
  const refuse = (toast: string): Reply => ({ toast, kind: 'warning', keepForm: true });
  const { text, doneOn } = DeedForm.parse(turn.form);
  if (text === '') return refuse('请写下做了什么，再按“登记”。');
  const tooLong = refuseLong('一件实事', text);
  if (tooLong) return tooLong;
  const today = turn.calendar.dayOf(turn.now);
  const day = doneOn?.slice(0, 10) ?? today;
  if (day > today) return refuse('这一天还没有到，请重新选择日期。');
  if (!(await keepDeed(turn.db, turn.who.id, text, day, turn.now))) return { toast: '这件实事已经登记过了。' };
  return { toast: `已登记：${formatDay(day, turn)}。`, kind: 'success' };
}

/** 删除: a deed of one's own that no nomination refers to yet. */
export async function removeDeed(turn: PressTurn, { deed: id }: { deed: string }): Promise<Reply> {
  const result = await deleteDeed(turn.db, turn.who.id, id);
  if (result === 'evidence') return { toast: '这件实事已作为提名的依据，不能删除。', kind: 'warning' };
  return { toast: result === 'deleted' ? '已删除。' : '这件实事已经删除，不用再按。' };
}

/** The form, with what was logged last; for the person alone. */
export const deed: Card = {
  load: async (db, person, viewer) => {
    const deeds = await findOwnDeeds(db, person, viewer.now);
    return {
      today: viewer.calendar.dayOf(viewer.now),
      count: await countOwnDeeds(db, person, viewer.now),
      deeds: deeds.slice(0, MAX_SHOWN).map(({ id, text, doneOn }) => ({
        id,
        day: formatDay(doneOn, viewer),
        text: cutText(text, EXCERPT_CHARACTERS),
      })),
    };
  },
};
