/** Quizzes that teach: contests and exams that a secretary issues, practice, and the question of the day. */

import { button, type Feature, job } from '../../feature.ts';
import { actions } from './actions.ts';
import * as bankCards from './bank/cards.ts';
import * as bank from './bank/handlers.ts';
import { draftContest, draftExam, endAttempt, issued } from './contest/handlers.ts';

import { listResults, results } from './contest/results.ts';
import { digest } from './digest.ts';
import * as disputeCards from './dispute/cards.ts';
import * as changedKey from './dispute/changed-key.ts';
import * as disputes from './dispute/handlers.ts';
import { hears, lends } from './hearing.ts';
import { lists } from './lists.ts';
import * as paperCards from './paper/cards.ts';
import * as daily from './paper/daily.ts';
import * as papers from './paper/handlers.ts';
import * as practice from './paper/practice.ts';
import { AnswerManyValue, AnswerValue, DisputeValue, PersonPayload, QuestionValue } from './schema.ts';
import { QuizSettings } from './settings.ts';
import { findTodayItems } from './today.ts';

export const quizzes: Feature = {
  name: 'quizzes',
  called: '答题',
  ...issued.parts,
  actions,
  settings: [...issued.parts.settings, QuizSettings],
  hears,
  lends,
  commands: {
    practice: {
      listens: ['quiz.practice'],
      words: ['练习', '做题', '刷题'],
      help: { does: '自己练几道题，只有自己看得到', example: '练习 廉洁纪律' },
      action: 'self',
      handle: practice.startPractice,
    },
    daily: {
      listens: ['quiz.daily'],
      words: ['每日一题'],
      help: { does: '接收或不再接收每日一题', example: '每日一题' },
      action: 'self',
      handle: daily.showDaily,
    },
    contest: {
      listens: ['quiz.contest'],
      words: ['发布答题', '发布比拼', '答题活动'],
      help: { under: 'send', does: '给支部发一次知识比拼', example: '给本支部发布10道党纪题，明天15:00到15:30' },
      action: 'quiz.publish',
      handle: draftContest,
    },
    exam: {
      listens: ['quiz.exam'],
      words: ['发布考试'],
      help: { under: 'send', does: '给支部发一次限时考试', example: '发布考试 本支部20道党纪题，明天15:00到17:00' },
      action: 'quiz.publish',
      handle: draftExam,
    },
    progress: {
      listens: ['quiz.progress'],
      words: ['答题情况'],
      help: { under: 'look', does: '看答题活动办到哪了', example: '答题情况' },
      action: 'quiz.watch',
      handle: issued.showProgress,
    },
    ...issued.followUps,
    results: {
      words: ['我的成绩', '我的答题'],
      listens: ['query.my-results'],
      help: { does: '看自己最近一次答题的结果', example: '我的成绩' },
      action: 'self',
      handle: papers.showOwnResult,
    },
    bank: {
      listens: ['quiz.bank'],
      words: ['题库'],
      help: { under: 'set', does: '核对、修改、停用题目', example: '题库' },
      action: 'quiz.review',
      handle: bank.showBank,
    },
  },
  buttons: {
    ...issued.parts.buttons,
    results: button({ action: 'quiz.watch', on: ['progress'], handle: listResults }),
    start: button({ action: 'self', on: ['paper'], handle: papers.startPaper }),
    answer: button({ value: AnswerValue, action: 'self', on: ['paper'], handle: papers.answerOne }),
    'answer-many': button({ value: AnswerManyValue, action: 'self', on: ['paper'], handle: papers.answerMany }),
    mistakes: button({ action: 'self', on: ['paper'], handle: papers.showMistakes }),
    more: button({ action: 'self', on: ['paper'], handle: practice.continuePractice }),
    'opt-out': button({ action: 'self', on: ['daily', 'paper'], handle: daily.optOut }),
    'opt-in': button({ action: 'self', on: ['daily'], handle: daily.optIn }),
    'switch-daily': button({ action: 'quiz.publish', on: ['daily'], handle: daily.switchDaily }),
    dispute: button({ value: QuestionValue, action: 'self', on: ['paper', 'mistakes'], handle: disputes.askDispute }),
    'send-dispute': button({ action: 'self', on: ['dispute'], handle: disputes.sendDispute }),
    'open-review': button({
      value: DisputeValue,
      action: 'quiz.review',
      on: ['today/list'],
      handle: disputes.openReview,
    }),
    'keep-key': button({ action: 'quiz.review', on: ['dispute-review'], handle: disputes.keepKey }),
    'correct-key': button({
      action: 'quiz.review',
      on: ['dispute-review'],
      handle: disputes.correctDisputed,
    }),
    'retire-disputed': button({
      action: 'quiz.review',
      on: ['dispute-review'],
      handle: disputes.retireDisputed,
    }),
    'review-bank': button({ action: 'quiz.review', on: ['bank'], handle: bank.reviewBank }),
    compare: button({
      value: QuestionValue,
      action: 'quiz.review',
      on: ['question', 'review'],
      handle: bank.compareQuestion,
    }),
    retire: button({
      value: QuestionValue,
      action: 'quiz.review',
      on: ['question', 'review'],
      handle: bank.retireQuestion,
    }),
    'edit-question': button({
      value: QuestionValue,
      action: 'quiz.review',
      on: ['bank', 'question', 'review'],
      handle: bank.editQuestion,
    }),
    'save-question': button({
      action: 'quiz.review',
      on: ['question-form'],
      handle: bank.saveQuestion,
    }),
    freeze: button({ action: 'quiz.review', on: ['bank'], handle: bank.freezeLaw }),
  },
  jobs: {
    ...issued.parts.jobs,
    regrade: job({ payload: changedKey.RegradePayload, handle: changedKey.regrade }),
    'time-up': job({ payload: PersonPayload, handle: endAttempt }),
    'ask-daily': job({ handle: daily.askDaily }),
  },
  timetable: [
    ...issued.parts.timetable,
    { name: 'daily-question', cron: '35 8 * * *', job: 'ask-daily', onlyOnWorkdays: true },
  ],
  cards: {
    ...issued.parts.cards,
    paper: issued.lasting(paperCards.paper),
    mistakes: paperCards.mistakes,
    results,
    daily: daily.daily,
    dispute: disputeCards.dispute,
    'dispute-review': disputeCards.disputeReview,
    regraded: changedKey.regraded,
    bank: bankCards.bank,
    question: bankCards.question,
    review: bankCards.review,
    'question-form': bankCards.questionForm,
  },
  lists,
  today: findTodayItems,
  digest,
};
