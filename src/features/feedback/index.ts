/** 投诉建议: what stands at the foot of every card; it goes to the administrators and nobody else. */

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DAY_MS } from '../../basics/durations.ts';
import { formatInstant } from '../../calendar/format.ts';
import { text } from '../../cards/fields.ts';
import { form } from '../../cards/form.ts';
import {
  button,
  card,
  type Feature,
  job,
  type OpenItem,
  type PersonTurn,
  type PressTurn,
  type Reply,
  sendCard,
  type Turn,
  type Typed,
  type Viewpoint,
} from '../../feature.ts';
import { findHolders } from '../../people/find-holders.ts';
import { mayAnywhere } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import { Id } from '../../sight.ts';
import type { Reader } from '../../storage/database.ts';
import { actions } from './actions.ts';
import { hears } from './hearing.ts';

const MAX_CHARACTERS = 1000;
/** 我想反映一个问题: so long a sentence only opens the form. */
const LONGEST_OPENING = 9;

const feedbackForm = form({
  text: text('', {
    ...{ max: MAX_CHARACTERS, lines: 4, example: '要反映的问题或建议，最多1000字' },
    ask: '请写下要反映的内容再提交。',
  }),
});

export const feedback: Feature = {
  name: 'feedback',
  called: '投诉建议',
  actions,
  hears,
  commands: {
    open: {
      listens: ['feedback'],
      words: ['投诉建议', '反馈', '意见'],
      help: { does: '向政治处管理员反映问题、提建议', example: '投诉建议' },
      action: 'self',
      handle: async (turn, typed) => {
        await sendForm(turn, saidIn(typed));
        return undefined;
      },
    },
  },
  buttons: {
    open: button({
      value: z.object({}),
      action: 'self',
      on: 'every card',
      handle: async (turn) => {
        await sendForm(turn);
        return { toast: '请在新卡片上填写，只有政治处管理员能看到。', keepForm: true };
      },
    }),
    send: button({ value: z.object({}), action: 'self', on: ['form'], handle: keepFeedback }),
    'open-notice': button({
      value: z.object({ id: z.uuid() }),
      action: 'feedback.read',
      on: ['today/list'],
      handle: openNotice,
    }),
    handled: button({ action: 'feedback.read', on: ['notice'], handle: noteHandled }),
  },
  cards: {
    form: card({
      ref: Id,
      action: 'self',
      form: feedbackForm,
      load: async (db, ref) => ({
        isSent: (await db.models.feedback.count({ where: { id: ref } })) > 0,
        holds: { text: (await db.models.feedbackForm.findUnique({ where: { id: ref } }))?.said ?? '' },
      }),
    }),
    notice: card({
      ref: Id,
      action: 'feedback.read',
      matter: 'anywhere',
      load: async (db, id, viewer) => {
        const [row] = await db.sql<{
          text: string;
          writtenAt: Date;
          handledAt: Date | null;
          name: string;
          unit: string | null;
        }>`
          SELECT f.text, f."writtenAt", f."handledAt", p.name, u.name AS unit FROM feedback f JOIN person p ON p.id = f."personId" LEFT JOIN unit u ON u.id = p."unitId"
          WHERE f.id = ${id}::uuid`;
        if (!row || (viewer.isUnasked && row.handledAt)) return undefined;
        return {
          text: row.text,
          from: [row.unit, row.name].filter(Boolean).join(' '),
          at: formatInstant(row.writtenAt, viewer),
          isOpen: row.handledAt === null,
        };
      },
    }),
  },
  jobs: { forget: job({ handle: forgetForms }) },
  timetable: [{ name: 'forget', cron: '19 4 * * *', job: 'forget' }],
  today: findTodayItems,
};

/** What an administrator has yet to look after, the oldest first. */
async function findTodayItems(db: Reader, who: Person, view: Viewpoint): Promise<OpenItem[]> {
  if (!mayAnywhere(who, 'feedback.read')) return [];
  const open = await db.models.feedback.findMany({ where: { handledAt: null }, orderBy: { writtenAt: 'asc' } });
  return open.map(({ id, writtenAt }) => ({
    title: `办理${formatInstant(writtenAt, view)}的投诉建议`,
    open: { button: 'feedback/open-notice', value: { id } },
  }));
}

async function openNotice(turn: PressTurn, { id }: { id: string }): Promise<Reply> {
  await sendCard(turn, 'notice', id);
  return { toast: '这条意见已发给您。' };
}

/** 已办理, by one for all administrators. */
async function noteHandled(turn: PressTurn): Promise<Reply> {
  const where = { id: turn.pressed.ref, handledAt: null };
  const { count } = await turn.db.models.feedback.updateMany({ where, data: { handledAt: turn.now } });
  if (count === 0) return { toast: '这条意见已经办理过了。' };
  await turn.refresh({ card: 'notice', ref: turn.pressed.ref });
  return { toast: '已记为办理，不再显示在“今天”里。', kind: 'success' };
}

/** What a sentence says besides that somebody has something to say: 我要提个意见 says nothing yet. */
function saidIn({ text, rest, reading }: Typed): string {
  const isMore = rest !== '' || reading.plain.text.length > LONGEST_OPENING;
  return isMore ? (rest || text).slice(0, MAX_CHARACTERS) : '';
}

/** The form's ref is the id its feedback will have: so a form is good for one. */
async function sendForm(turn: PersonTurn, said = ''): Promise<void> {
  const id = randomUUID();
  if (said) await turn.db.models.feedbackForm.create({ data: { id, said, openedAt: turn.now } });
  await turn.deliver({ key: `form:${id}`, to: { person: turn.who.id }, card: 'form', ref: id, push: 'answer' });
}

/** What stood in forms that nobody sent. */
async function forgetForms(turn: Turn): Promise<void> {
  await turn.db.models.feedbackForm.deleteMany({ where: { openedAt: { lt: new Date(turn.now.getTime() - DAY_MS) } } });
}

async function keepFeedback(turn: PressTurn): Promise<Reply> {
  const { text: said } = feedbackForm.read(turn.form);
  const id = turn.pressed.ref;
  const kept = await turn.db.sql`
    INSERT INTO feedback (id, "personId", text, "writtenAt") VALUES (${id}::uuid, ${turn.who.id}, ${said}, ${turn.now}) ON CONFLICT DO NOTHING RETURNING id`;
  if (kept.length === 0) return { toast: '这份意见已经收到，不用再交。' };
  await turn.db.models.feedbackForm.deleteMany({ where: { id } });
  const administrators = await findHolders(turn.db, 'administrator', turn.now);
  await turn.deliver(
    ...administrators.map(
      (person) =>
        ({
          key: `notice:${id}:${person}`,
          to: { person },
          card: 'notice',
          ref: id,
          push: 'work',
          gathers: true,
        }) as const,
    ),
  );
  return { toast: '已转给政治处管理员，谢谢。', kind: 'success' };
}
