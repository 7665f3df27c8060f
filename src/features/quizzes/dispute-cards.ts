/** From a dispute to its cards: the form and its outcome, and the reviewer's card. */
import type { Card } from '../../feature.ts';
import type { Reader } from '../../storage/database.ts';
import { type BankQuestion, findQuestion } from './bank-queries.ts';
import { findDispute } from './dispute-queries.ts';
import { nameSource, textsOf } from './question.ts';

const OUTCOMES = {
  written: '已收到，政治处正在核对。',
  kept: '已核对，维持原答案。',
  corrected: '已核对，答案已经改正，成绩随之更新。',
  retired: '已核对，这道题已停用。',
};

/** The form, and later what became of it, for whoever disputes. */
export const dispute: Card = {
  load: async (db, id) => {
    const found = await findWithQuestion(db, id);
    if (!found) return undefined;
    const { outcome } = found.dispute;
    return {
      ...describe(found.question),
      outcome: outcome ?? '',
      line: outcome ? OUTCOMES[outcome] : '您认为这道题哪里有误？',
    };
  },
};

/** The reviewer's card: the reason without a name, and the key to correct. */
export const disputeReview: Card = {
  load: async (db, id, viewer) => {
    const found = await findWithQuestion(db, id);
    if (!found || (!viewer.isSent && found.dispute.outcome !== 'written')) return undefined;
    const { question } = found;
    const options = question.options.map(({ id: option, text }) => ({
      id: option,
      text,
      isKey: question.key.includes(option),
    }));
    return {
      ...describe(question),
      reason: found.dispute.text ?? '',
      isOpen: found.dispute.outcome === 'written',
      options,
    };
  },
};

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
