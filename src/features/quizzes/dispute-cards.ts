/** From a dispute to its cards: the form and its outcome, the reviewer's card, the news of a changed grade. */
import type { Card } from '../../feature.ts';
import type { Reader } from '../../storage/database.ts';
import { type BankQuestion, findQuestion } from './bank-queries.ts';
import { findAnswersTo, findDispute } from './dispute-queries.ts';
import { nameSource } from './question.ts';
import { isRight } from './rules.ts';

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

/** To everybody whose grade has changed. */
export const regraded: Card = {
  load: async (db, id, viewer) => {
    const found = await findWithQuestion(db, id);
    if (!found) return undefined;
    const answers = await findAnswersTo(db, found.question.id);
    const isNowRight = answers.some(
      ({ personId, choice }) => personId === viewer.person && isRight(choice, found.question.key),
    );
    return {
      ...describe(found.question),
      line: isNowRight ? '这道题改判为答对，成绩已更新。' : '这道题改判为答错，成绩已更新。',
    };
  },
};

async function findWithQuestion(db: Reader, id: string) {
  const found = await findDispute(db, id);
  const question = found && (await findQuestion(db, found.questionId));
  return question ? { dispute: found, question } : undefined;
}

function describe(question: BankQuestion) {
  const key = question.options.filter(({ id }) => question.key.includes(id)).map(({ text }) => text);
  return {
    stem: question.stem,
    key: key.join('、'),
    source: nameSource(question),
    basis: question.basis,
    explanation: question.explanation,
  };
}
