/** From the question bank to the administrator's cards. */
import type { Card } from '../../feature.ts';
import type { Reader } from '../../storage/database.ts';
import { NEW_QUESTION } from './bank-handlers.ts';
import { type BankQuestion, countBank, findLaws, findNextToReview, findQuestion } from './bank-queries.ts';
import { writeBankText } from './bank-text.ts';
import { describeStatistics, findItemStatistics } from './item-statistics.ts';
import { DIFFICULTIES, nameSource, TOPICS } from './question.ts';

/** What a new question is written over. */
const EXAMPLE = `法规：
版本：
施行：2024-01-01
条文：第条
依据：
题目：new 政治纪律 易
题干写在这里
+ 正确选项
- 其他选项
解析：`;

/** How the bank stands as a whole. */
export const bank: Card = {
  load: async (db) => ({
    ...(await countBank(db)),
    laws: (await findLaws(db)).map((law) => ({ text: law, value: law })),
    newQuestion: NEW_QUESTION,
  }),
};

/** One question with everything about it. */
export const question: Card = {
  load: async (db, id) => {
    const found = await findQuestion(db, id);
    return found && describe(db, found);
  },
};

/** The next question that somebody should look at; done with one, the card shows the next. */
export const review: Card = {
  load: async (db) => {
    const counts = await countBank(db);
    const left = counts.frozen + counts.uncompared;
    const next = await findNextToReview(db);
    const found = next ? await findQuestion(db, next) : undefined;
    return found
      ? { template: 'question', ...(await describe(db, found)), line: `还有${left}题待核对` }
      : { template: 'review' };
  },
};

/** The question as text, to be written over. */
export const questionForm: Card = {
  load: async (db, id) => {
    const found = await findQuestion(db, id);
    return { isNew: !found, text: found ? writeBankText(found) : EXAMPLE };
  },
};

const STATES = {
  active: { is: 'open', word: '在用' },
  frozen: { is: 'warning', word: '待复核' },
  retired: { is: 'over', word: '已停用' },
};

async function describe(db: Reader, found: BankQuestion) {
  const {
    id,
    topic,
    difficulty,
    state,
    stem,
    options,
    key,
    explanation,
    basis,
    effectiveFrom,
    repealedOn,
    comparedAt,
  } = found;
  const statistics = (await findItemStatistics(db, [id])).get(id);
  return {
    id,
    statistics: statistics ? describeStatistics(statistics) : '',
    state: comparedAt && state === 'active' ? { is: 'done', word: '已核对' } : STATES[state],
    line: `${TOPICS[topic]} · ${DIFFICULTIES[difficulty - 1] ?? ''} · ${id}`,
    stem,
    options: options.map((option) => `${key.includes(option.id) ? '✓' : '　'} ${option.text}`).join('\n'),
    explanation,
    source: `${nameSource(found)}，${effectiveFrom}起施行${repealedOn ? `，${repealedOn}废止` : ''}`,
    basis,
    isRetired: state === 'retired',
    isCompared: comparedAt !== null,
  };
}
