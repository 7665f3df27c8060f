/** What people fill in about questions: an answer of several options, a dispute, a question of the bank. */
import { z } from 'zod';
import { option, text, ticks } from '../../cards/fields.ts';
import { form } from '../../cards/form.ts';

/** An option of a question, the name of its box to tick. */
export const OptionId = z.string().regex(/^[a-h]$/);

export const choiceForm = form({ choice: ticks('', { is: OptionId, ask: '请至少选一项再提交。' }) });

export const disputeForm = form({
  text: text('', { max: 500, lines: 5, example: '写明理由，最好写上条文', ask: '请写明理由再提交。' }),
});
export const ASK_KEY = '请勾选正确的选项再提交。';
export const keyForm = form({ key: ticks('正确的选项', { is: OptionId, ask: ASK_KEY }) });

export const ASK_ONE_QUESTION = '一次写一道题：从“法规：”写到“解析：”。';
export const bankTextForm = form({ text: text('', { max: 1000, lines: 12, ask: ASK_ONE_QUESTION }) });
export const lawForm = form({ law: option('', { is: z.string(), example: '选择法规', ask: '请先选择法规。' }) });
