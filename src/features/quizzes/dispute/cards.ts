/** From a dispute to its cards: the form and its outcome, and the reviewer's card. */
import { formatInstant } from '../../../calendar/format.ts';
import { card } from '../../../feature.ts';
import { Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { type BankQuestion, findQuestion } from '../bank/queries.ts';
import { nameSource, textsOf } from '../bank/question.ts';
import { disputeForm, keyForm } from '../forms.ts';
import { findOwnOpen, findSecretUntil, ON_OWN_PAPER } from '../secrets.ts';
import { findDispute } from './queries.ts';

const OUTCOMES = {
  written: '已收到，政治处正在核对。',
  kept: '已核对，维持原答案。',
  corrected: '已核对，答案已经改正，成绩随之更新。',
  retired: '已核对，这道题已停用。',
};

/** The form, and later what became of it, for whoever disputes. What is secret comes when it may be told. */
export const dispute = card({
  ref: Id,
  action: 'self',
  matter: async (db, id) => {
    const found = await findDispute(db, id);
    return found && { owner: found.personId };
  },
  form: disputeForm,
  load: async (db, id, viewer) => {
    const found = await findWithQuestion(db, id);
    if (!found) return undefined;
    const { outcome } = found.dispute;
    const until = await findSecretUntil(db, found.question.id, viewer.now, viewer.person);
    const line = outcome ? OUTCOMES[outcome] : '您认为这道题哪里有误？';
    if (!until) return { ...describe(found.question), outcome: outcome ?? '', line, holds: {} };
    const isDecided = outcome !== null && outcome !== 'written';
    const later = `这道题正在考试或答题中使用，${isDecided ? '结果、' : ''}答案和出处在${formatInstant(until, viewer)}以后告诉您。`;
    return {
      ...{ stem: found.question.stem, key: '', source: '', outcome: outcome ?? '', holds: {} },
      line: isDecided ? `已核对。${later}` : `${line}${later}`,
    };
  },
});

/** The reviewer's card: the reason without a name, and the key to correct. */
export const disputeReview = card({
  ref: Id,
  action: 'quiz.review',
  matter: 'anywhere',
  form: keyForm,
  load: async (db, id, viewer) => {
    const found = await findWithQuestion(db, id);
    if (!found || (!viewer.isSent && found.dispute.outcome !== 'written')) return undefined;
    const { question } = found;
    if ((await findOwnOpen(db, viewer.now, viewer.person)).has(question.id))
      return {
        ...{ stem: question.stem, key: '', source: '', basis: ON_OWN_PAPER, explanation: '' },
        ...{ reason: found.dispute.text ?? '', isOpen: false },
      };
    return {
      ...describe(question),
      reason: found.dispute.text ?? '',
      isOpen: found.dispute.outcome === 'written',
      holds: { key: question.key },
      options: { key: question.options.map(({ id: value, text }) => ({ value, text })) },
    };
  },
});

async function findWithQuestion(db: Reader, id: string) {
  const found = await findDispute(db, id);
  const question = found && (await findQuestion(db, found.questionId));
  return question ? { dispute: found, question } : undefined;
}

function describe(question: BankQuestion) {
  return {
    stem: question.stem,
    key: textsOf(question, question.key),
    source: nameSource(question),
    basis: question.basis,
    explanation: question.explanation,
  };
}
