/** From the question bank to the administrator's cards. */
import { card } from '../../../feature.ts';
import { AnyRef } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { bankTextForm, lawForm } from '../forms.ts';
import { QuestionId } from '../schema.ts';
import { findOwnOpen, ON_OWN_PAPER } from '../secrets.ts';
import { NEW_QUESTION } from './handlers.ts';
import { describeStatistics, findItemStatistics } from './item-statistics.ts';
import { type BankQuestion, countBank, findLaws, findNextToReview, findQuestion } from './queries.ts';
import { DIFFICULTIES, nameSource, TOPICS } from './question.ts';
import { writeBankText } from './text.ts';

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
export const bank = card({
  ref: AnyRef,
  action: 'quiz.review',
  matter: 'anywhere',
  form: lawForm,
  load: async (db) => ({
    ...(await countBank(db)),
    holds: {},
    options: { law: (await findLaws(db)).map((law) => ({ text: law, value: law })) },
    newQuestion: NEW_QUESTION,
  }),
});

/** One question with everything about it. */
export const question = card({
  ref: QuestionId,
  action: 'quiz.review',
  matter: 'anywhere',
  load: async (db, id, viewer) => {
    const found = await findQuestion(db, id);
    if (!found) return undefined;
    const isSecret = (await findOwnOpen(db, viewer.now, viewer.person)).has(id);
    return describe(db, isSecret ? withoutKey(found) : found);
  },
});

/** The next question that somebody should look at; done with one, the card shows the next. */
export const review = card({
  ref: AnyRef,
  action: 'quiz.review',
  matter: 'anywhere',
  templates: ['question'],
  load: async (db, _ref, viewer) => {
    const counts = await countBank(db);
    const left = counts.frozen + counts.uncompared;
    const next = await findNextToReview(db, [...(await findOwnOpen(db, viewer.now, viewer.person)).keys()]);
    const found = next ? await findQuestion(db, next) : undefined;
    return found
      ? { template: 'question', ...(await describe(db, found)), line: `还有${left}题待核对` }
      : { template: 'review' };
  },
});

/** The question as text, to be written over. */
export const questionForm = card({
  ref: QuestionId,
  action: 'quiz.review',
  matter: 'anywhere',
  form: bankTextForm,
  load: async (db, id, viewer) => {
    if ((await findOwnOpen(db, viewer.now, viewer.person)).has(id))
      return { isNew: false, holds: { text: ON_OWN_PAPER } };
    const found = await findQuestion(db, id);
    return { isNew: !found, holds: { text: found ? writeBankText(found) : EXAMPLE } };
  },
});

const STATES = {
  active: { is: 'open', word: '在用' },
  frozen: { is: 'warning', word: '待复核' },
  retired: { is: 'over', word: '已停用' },
};

/** The question as somebody sees it who has yet to answer it. */
function withoutKey(found: BankQuestion): BankQuestion {
  return { ...found, key: [], explanation: ON_OWN_PAPER, basis: '', law: '', edition: '', article: '' };
}

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
