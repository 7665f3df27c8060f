/** 登记实事: practical deeds for the public, logged on any day and offered as evidence at nomination. */
import type { Day } from '../../calendar/calendar.ts';
import { formatDay } from '../../calendar/format.ts';
import type { Card, PersonTurn, PressTurn, Reply } from '../../feature.ts';
import type { Reader, Transaction } from '../../storage/database.ts';
import { DeedForm, MAX_TEXT_CHARACTERS } from './schema.ts';

/** So far back a deed is offered at nomination, and so many of them. */
const OFFERED_DAYS = 92;
const MAX_OFFERED = 20;
const MAX_SHOWN = 5;
const EXCERPT_CHARACTERS = 100;
const DAY_MS = 86_400_000;

export type Deed = { id: string; text: string; doneOn: Day };

/** The deeds a person logged within the last quarter, the newest first. */
export async function findOwnDeeds(db: Reader, person: string, now: Date): Promise<Deed[]> {
  return db.sql<Deed>`
    SELECT id, text, to_char("doneOn", 'YYYY-MM-DD') AS "doneOn" FROM star_deed
    WHERE "personId" = ${person} AND "loggedAt" > ${new Date(now.getTime() - OFFERED_DAYS * DAY_MS)} ORDER BY "doneOn" DESC, "loggedAt" DESC, id LIMIT ${MAX_OFFERED}`;
}

/** 登记实事 with a text: kept at once, as done today. Alone: the form. */
export async function logDeed(turn: PersonTurn, { rest }: { rest: string }): Promise<Reply | undefined> {
  if (rest !== '') {
    if (rest.length > MAX_TEXT_CHARACTERS) return { toast: tooLong(rest), kind: 'warning' };
    const doneOn = turn.calendar.dayOf(turn.saidAt);
    await keepDeed(turn.db, turn.who.id, rest, doneOn, turn.now);
  }
  await turn.deliver({
    key: `deed:${turn.eventId}`,
    to: { person: turn.who.id },
    card: 'deed',
    ref: turn.who.id,
    push: 'answer',
  });
  return undefined;
}

/** The form: a text and the day on which it was done. */
export async function submitDeed(turn: PressTurn): Promise<Reply> {
  const refuse = (toast: string): Reply => ({ toast, kind: 'warning', keepForm: true });
  const { text, doneOn } = DeedForm.parse(turn.form);
  if (text === '') return refuse('请写下做了什么，再按“登记”。');
  if (text.length > MAX_TEXT_CHARACTERS) return refuse(tooLong(text));
  const today = turn.calendar.dayOf(turn.now);
  const day = doneOn?.slice(0, 10) ?? today;
  if (day > today) return refuse('这一天还没有到，请重新选择日期。');
  if (!(await keepDeed(turn.db, turn.who.id, text, day, turn.now))) return { toast: '这件实事已经登记过了。' };
  return { toast: `已登记：${formatDay(day, turn)}。`, kind: 'success' };
}

/** The form, with what was logged last; for the person alone. */
export const deed: Card = {
  load: async (db, person, viewer) => {
    const deeds = await findOwnDeeds(db, person, viewer.now);
    return {
      today: viewer.calendar.dayOf(viewer.now),
      count: deeds.length,
      deeds: deeds.slice(0, MAX_SHOWN).map(({ text, doneOn }) => ({
        day: formatDay(doneOn, viewer),
        text: text.length > EXCERPT_CHARACTERS ? `${text.slice(0, EXCERPT_CHARACTERS)}…` : text,
      })),
    };
  },
};

/** The same deed on the same day is kept once: a form may be sent twice. */
async function keepDeed(db: Transaction, person: string, text: string, doneOn: Day, now: Date): Promise<boolean> {
  const rows = await db.sql`
    INSERT INTO star_deed (id, "personId", text, "doneOn", "loggedAt") SELECT gen_random_uuid(), ${person}, ${text}, ${doneOn}::date, ${now}
    WHERE NOT EXISTS (SELECT 1 FROM star_deed WHERE "personId" = ${person} AND text = ${text} AND "doneOn" = ${doneOn}::date) RETURNING id`;
  return rows.length === 1;
}

function tooLong(text: string): string {
  return `一件实事最多${MAX_TEXT_CHARACTERS}字，现在有${text.length}字，请缩短后再提交。`;
}
