/** Quizzes that teach: contests and exams that a secretary issues, practice, and the question of the day. */
import { button, type Feature, job } from '../../feature.ts';
import * as bankCards from './bank-cards.ts';
import * as bank from './bank-handlers.ts';
import * as changedKey from './changed-key.ts';
import * as daily from './daily.ts';
import { digest } from './digest.ts';
import * as disputeCards from './dispute-cards.ts';
import * as disputes from './disputes.ts';
import * as draftCards from './draft-cards.ts';
import * as drafts from './draft-handlers.ts';
import { lists } from './lists.ts';
import * as paperCards from './paper-cards.ts';
import * as papers from './paper-handlers.ts';
import * as practice from './practice.ts';
import { findOpenQuizzes } from './queries.ts';
import * as quizzesAsWhole from './quiz-jobs.ts';
import {
  AnswerManyValue,
  AnswerValue,
  AnyPayload,
  NoValue,
  nameQuiz,
  PersonPayload,
  QuestionValue,
  QuizValue,
  RemindPayload,
  RoundPayload,
} from './schema.ts';
import { looksLikeQuiz } from './sentence.ts';
import * as standings from './standings.ts';

export const quizzes: Feature = {
  name: 'quizzes',
  commands: {
    practice: {
      words: ['练习', '做题', '刷题'],
      help: { does: '自己练几道题，只有自己看得到', example: '练习 廉洁纪律' },
      action: 'self',
      handle: practice.startPractice,
    },
    daily: {
      words: ['每日一题'],
      help: { does: '接收或不再接收每日一题', example: '每日一题' },
      action: 'self',
      handle: daily.showDaily,
    },
    contest: {
      words: ['发布答题', '发布比拼', '答题活动'],
      recognises: looksLikeQuiz,
      help: { does: '给支部发一次知识比拼', example: '给本支部发布10道党纪题，明天15:00到15:30' },
      action: 'quiz.publish',
      handle: drafts.draftContest,
    },
    exam: {
      words: ['发布考试'],
      help: { does: '给支部发一次限时考试', example: '发布考试 本支部20道党纪题，明天15:00到17:00' },
      action: 'quiz.publish',
      handle: drafts.draftExam,
    },
    progress: {
      words: ['答题情况'],
      help: { does: '看答题活动办到哪了', example: '答题情况' },
      action: 'quiz.watch',
      handle: quizzesAsWhole.showProgress,
    },
    bank: {
      words: ['题库'],
      help: { does: '核对、修改、停用题目', example: '题库' },
      action: 'quiz.review',
      handle: bank.showBank,
    },
  },
  buttons: {
    fill: button({ value: NoValue, action: 'quiz.publish', handle: drafts.fillDraft }),
    edit: button({ value: NoValue, action: 'quiz.publish', handle: drafts.editDraft }),
    cancel: button({ value: NoValue, action: 'quiz.publish', handle: drafts.cancelDraft }),
    publish: button({ value: NoValue, action: 'quiz.publish', handle: drafts.publishQuiz }),
    withdraw: button({ value: NoValue, action: 'quiz.publish', handle: quizzesAsWhole.withdrawQuiz }),
    results: button({ value: NoValue, action: 'quiz.watch', handle: quizzesAsWhole.listResults }),
    absent: button({ value: NoValue, action: 'quiz.watch', handle: quizzesAsWhole.listAbsent }),
    remind: button({ value: NoValue, action: 'quiz.publish', handle: quizzesAsWhole.remindAbsent }),
    start: button({ value: NoValue, action: 'self', handle: papers.startPaper }),
    answer: button({ value: AnswerValue, action: 'self', handle: papers.answerOne }),
    'answer-many': button({ value: AnswerManyValue, action: 'self', handle: papers.answerMany }),
    open: button({ value: QuizValue, action: 'self', handle: papers.openPaper }),
    mistakes: button({ value: NoValue, action: 'self', handle: papers.showMistakes }),
    more: button({ value: NoValue, action: 'self', handle: practice.continuePractice }),
    'opt-out': button({ value: NoValue, action: 'self', handle: daily.optOut }),
    'opt-in': button({ value: NoValue, action: 'self', handle: daily.optIn }),
    'switch-daily': button({ value: NoValue, action: 'quiz.publish', handle: daily.switchDaily }),
    dispute: button({ value: QuestionValue, action: 'self', handle: disputes.askDispute }),
    'send-dispute': button({ value: NoValue, action: 'self', handle: disputes.sendDispute }),
    'keep-key': button({ value: NoValue, action: 'quiz.review', handle: disputes.keepKey }),
    'correct-key': button({ value: NoValue, action: 'quiz.review', handle: disputes.correctDisputed }),
    'retire-disputed': button({ value: NoValue, action: 'quiz.review', handle: disputes.retireDisputed }),
    'review-bank': button({ value: NoValue, action: 'quiz.review', handle: bank.reviewBank }),
    compare: button({ value: QuestionValue, action: 'quiz.review', handle: bank.compareQuestion }),
    retire: button({ value: QuestionValue, action: 'quiz.review', handle: bank.retireQuestion }),
    'edit-question': button({ value: QuestionValue, action: 'quiz.review', handle: bank.editQuestion }),
    'save-question': button({ value: NoValue, action: 'quiz.review', handle: bank.saveQuestion }),
    freeze: button({ value: NoValue, action: 'quiz.review', handle: bank.freezeLaw }),
  },
  jobs: {
    regrade: job({ payload: changedKey.RegradePayload, handle: changedKey.regrade }),
    announce: job({ payload: RoundPayload, handle: quizzesAsWhole.announceQuiz }),
    remind: job({ payload: RemindPayload, handle: quizzesAsWhole.remindRound }),
    close: job({ payload: QuizValue, handle: quizzesAsWhole.closeQuiz }),
    'time-up': job({ payload: PersonPayload, handle: quizzesAsWhole.endAttempt }),
    'ask-daily': job({ payload: AnyPayload, handle: daily.askDaily }),
  },
  timetable: [{ name: 'daily-question', cron: '35 8 * * *', job: 'ask-daily', onlyOnWorkdays: true }],
  cards: {
    draft: draftCards.draft,
    paper: paperCards.paper,
    mistakes: paperCards.mistakes,
    progress: standings.progress,
    results: standings.results,
    absent: standings.absent,
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
  today: async (db, who, now) =>
    (await findOpenQuizzes(db, who.id, now)).map(({ id, kind, topics, closesAt }) => ({
      title: nameQuiz(kind, topics),
      due: closesAt,
      open: { button: 'quizzes/open', value: { quiz: id } },
    })),
  digest,
  undeliverable: quizzesAsWhole.noteUndeliverable,
};
