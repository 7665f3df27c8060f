/** 投诉建议: what stands at the foot of every card; it goes to the administrators and nobody else. */
import { z } from 'zod';
import { formatInstant } from '../../calendar/format.ts';
import { objectToLength } from '../../cards/form-values.ts';
import { button, type Feature, type PersonTurn, type PressTurn, type Reply } from '../../feature.ts';
import { findHolders } from '../../people/find-holders.ts';

const MAX_CHARACTERS = 1000;
const Form = z.object({ text: z.string().trim().default('') });

export const feedback: Feature = {
  name: 'feedback',
  commands: {
    open: {
      words: ['投诉建议', '反馈', '意见'],
      help: { does: '向政治处管理员反映问题、提建议', example: '投诉建议' },
      action: 'self',
      handle: async (turn) => {
        await sendForm(turn);
        return undefined;
      },
    },
  },
  buttons: {
    open: button({
      value: z.object({}),
      action: 'self',
      handle: async (turn) => {
        await sendForm(turn);
        return { toast: '请在新卡片上填写，只有政治处管理员能看到。', keepForm: true };
      },
    }),
    send: button({ value: z.object({}), action: 'self', handle: keepFeedback }),
  },
  cards: {
    form: {
      load: async (db, ref) => ({ isSent: (await db.models.feedback.count({ where: { id: ref } })) > 0 }),
    },
    notice: {
      load: async (db, id, viewer) => {
        const [row] = await db.sql<{ text: string; writtenAt: Date; name: string; unit: string | null }>`
          SELECT f.text, f."writtenAt", p.name, u.name AS unit FROM feedback f JOIN person p ON p.id = f."personId" LEFT JOIN unit u ON u.id = p."unitId"
          WHERE f.id = ${id}::uuid`;
        return (
          row && {
            text: row.text,
            from: [row.unit, row.name].filter(Boolean).join(' '),
            at: formatInstant(row.writtenAt, viewer),
          }
        );
      },
    },
  },
};

/** The form's ref is the id its feedback will have: so a form is good for one. */
async function sendForm(turn: PersonTurn): Promise<void> {
  const [id] = await turn.db.sql<{ id: string }>`SELECT gen_random_uuid()::text AS id`;
  if (id)
    await turn.deliver({ key: `form:${id.id}`, to: { person: turn.who.id }, card: 'form', ref: id.id, push: 'answer' });
}

async function keepFeedback(turn: PressTurn): Promise<Reply> {
  const { text } = Form.parse(turn.form);
  if (text === '') return { toast: '请写下要反映的内容再提交。', kind: 'warning', keepForm: true };
  const objection = objectToLength(text, MAX_CHARACTERS);
  if (objection) return { toast: objection, kind: 'warning', keepForm: true };
  const id = turn.pressed.ref;
  const kept = await turn.db.sql`
    INSERT INTO feedback (id, "personId", text, "writtenAt") VALUES (${id}::uuid, ${turn.who.id}, ${text}, ${turn.now}) ON CONFLICT DO NOTHING RETURNING id`;
  if (kept.length === 0) return { toast: '这份意见已经收到，不用再交。' };
  const administrators = await findHolders(turn.db, 'administrator', turn.now);
  await turn.deliver(
    ...administrators.map(
      (person) => ({ key: `notice:${id}:${person}`, to: { person }, card: 'notice', ref: id, push: 'quiet' }) as const,
    ),
  );
  return { toast: '已转给政治处管理员，谢谢。', kind: 'success' };
}
