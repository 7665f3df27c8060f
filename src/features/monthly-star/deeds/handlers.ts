/** 登记实事: practical deeds for the public, logged on any day and offered as evidence at nomination. */
import { formatDay } from '../../../calendar/format.ts';
import { card, type PersonTurn, type PressTurn, type Reply, refuse, sendCard, type Typed } from '../../../feature.ts';
import { pickDayHeld } from '../../../reading/pick/pick-when.ts';
import { pickPerson } from '../../../reading/pick/pick-who.ts';
import { AnyRef } from '../../../sight.ts';
import { cutText } from '../checking/statement.ts';
import { deedForm } from '../forms.ts';
import { countOwnDeeds, deleteDeed, findOwnDeeds, keepDeed } from './queries.ts';

const KNOWN = '这件实事已经登记过了。';
const MAX_SHOWN = 5;
const EXCERPT_CHARACTERS = 100;
/** Fewer characters tell no deed. */
const SHORTEST_TOLD = 6;

/** Words that ask for it to be logged, and tell nothing of it. */
const ASKS =
  /(?:请|麻烦)?(?:帮我)?(?:登记|记录?)(?:一下|一件|[个件上])*(?:为民|为群众办)?(?:实事|好人好事|好事)?|(?:我)?做(?:了)?(?:一?件)?(?:实事|好人好事|好事)(?:登记)?/gu;

/**
 * 登记实事 with a text, or a deed told in one's own words: kept at once, as done on the day that is said, today where none is; it can be
 * deleted on the card. Alone: the form. A deed of somebody else is theirs to log.
 */
export async function logDeed(turn: PersonTurn, { text: whole, rest, reading }: Typed): Promise<Reply | undefined> {
  const person = pickPerson(reading);
  if (rest === '' && person.is !== 'none' && !(person.is === 'one' && person.value.id === turn.who.id)) {
    await sendCard(turn, 'deed', turn.who.id);
    return refuse(`实事由做的人自己登记，没有登记：${cutText(whole, 200)}`);
  }
  const told = rest || trimMarks(whole.replace(ASKS, ''));
  const isTold = rest !== '' || (told.length >= SHORTEST_TOLD && reading.intents.ranked[0]?.name === 'star.deed');
  if (isTold) {
    const { text } = deedForm.read({ text: told });
    const today = turn.calendar.dayOf(turn.saidAt);
    const said = pickDayHeld(reading, today);
    if (said.is === 'unclear' || (said.is === 'one' && said.value > today)) {
      await sendCard(turn, 'deed', turn.who.id);
      return refuse(`没有登记，不清楚是哪一天做的。请在卡片上写好、选好日期：${cutText(told, 200)}`);
    }
    const doneOn = said.is === 'one' ? said.value : today;
    if (!(await keepDeed(turn.db, turn.who.id, text, doneOn, turn.now))) return { toast: KNOWN };
  }
  await sendCard(turn, 'deed', turn.who.id);
  return undefined;
}

function trimMarks(text: string): string {
  return text.replace(/^[\s,，:：。、]+|[\s,，:：、]+$/gu, '');
}

/** The form: a text and the day on which it was done. */
export async function submitDeed(turn: PressTurn): Promise<Reply> {
  const today = turn.calendar.dayOf(turn.now);
  const { text, doneOn: day = today } = deedForm.read(turn.form);
  if (day > today) return refuse('这一天还没有到，请重新选择日期。');
  if (!(await keepDeed(turn.db, turn.who.id, text, day, turn.now))) return { toast: KNOWN };
  return { toast: `已登记：${formatDay(day, turn)}。`, kind: 'success' };
}

/** 删除: a deed of one's own that no nomination refers to yet. */
export async function removeDeed(turn: PressTurn, { deed: id }: { deed: string }): Promise<Reply> {
  const result = await deleteDeed(turn.db, turn.who.id, id);
  if (result === 'evidence') return { toast: '这件实事已作为提名的依据，不能删除。', kind: 'warning' };
  return { toast: result === 'deleted' ? '已删除。' : '这件实事已经删除，不用再按。' };
}

/** The form, with what was logged last; for the person alone. */
export const deed = card({
  ref: AnyRef,
  action: 'self',
  matter: async (_db, owner) => ({ owner }),
  form: deedForm,
  load: async (db, person, viewer) => {
    const deeds = await findOwnDeeds(db, person, viewer.now);
    return {
      holds: {},
      count: await countOwnDeeds(db, person, viewer.now),
      deeds: deeds.slice(0, MAX_SHOWN).map(({ id, text, doneOn }) => ({
        id,
        day: formatDay(doneOn, viewer),
        text: cutText(text, EXCERPT_CHARACTERS),
      })),
    };
  },
});
