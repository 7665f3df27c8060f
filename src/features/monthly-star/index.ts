/** Star of the month (每月一星): nominate, check, advise, decide, publish, remember. The states are in `rules.ts`, the secrecy of the vote in `vote.ts`. */
import { z } from 'zod';
import { button, type Feature, job } from '../../feature.ts';
import { announceRound } from './announce.ts';
import * as checkingCards from './checking-cards.ts';
import * as checking from './checking-handlers.ts';
import { decision } from './decision-cards.ts';
import { decideRound } from './decision-handlers.ts';
import * as deeds from './deeds.ts';
import { digest } from './digest.ts';
import { lasting } from './lasting.ts';
import { deedList, honourList } from './lists.ts';
import * as nominationCards from './nomination-cards.ts';
import * as nominations from './nomination-handlers.ts';
import * as noticeCards from './notice-cards.ts';
import * as notices from './notice-handlers.ts';
import { openCard, openStatements } from './open-handlers.ts';
import * as pictures from './pictures.ts';
import { giveOpinion } from './review-handlers.ts';
import * as roll from './roll.ts';
import * as roundCards from './round-cards.ts';
import * as rounds from './round-handlers.ts';
import * as values from './schema.ts';
import { endStep, remindLate } from './steps.ts';
import { findTodayItems } from './today.ts';
import * as voteCards from './vote-cards.ts';
import { castVote } from './vote-handlers.ts';

const { NoValue } = values;

export const monthlyStar: Feature = {
  name: 'monthly-star',
  commands: {
    show: {
      words: ['每月一星', '每月之星'],
      help: { does: '看每月一星办到哪一步', example: '每月一星' },
      action: 'self',
      handle: rounds.showRounds,
    },
    nominate: {
      words: ['提名'],
      help: { does: '提名每月一星，姓名、拼音、首字母都可以', example: '提名 程立山' },
      action: 'self',
      handle: nominations.beginNomination,
    },
    deed: {
      words: ['登记实事', '记实事'],
      help: { does: '记下为群众办的实事，提名时可作依据', example: '登记实事 雨天帮抛锚车辆推车到安全地带' },
      action: 'self',
      handle: deeds.logDeed,
    },
    roll: {
      words: ['光荣榜'],
      help: { does: '看历次每月一星', example: '光荣榜' },
      action: 'self',
      handle: roll.showRoll,
    },
    open: {
      words: ['发起每月一星'],
      help: { does: '发起一轮每月一星', example: '发起每月一星' },
      action: 'star.organise',
      handle: rounds.openRound,
    },
    'add-group': {
      words: ['光荣榜发到本群'],
      help: { does: '在群里@我：公示和表扬也发到这个群', example: '光荣榜发到本群' },
      action: 'star.organise',
      handle: roll.addGroup,
    },
    'remove-group': {
      words: ['光荣榜不发本群'],
      help: { does: '在群里@我：公示和表扬不再发到这个群', example: '光荣榜不发本群' },
      action: 'star.organise',
      handle: roll.removeGroup,
    },
  },
  buttons: {
    plan: button({ value: NoValue, action: 'star.organise', handle: rounds.planRound }),
    edit: button({ value: NoValue, action: 'star.organise', handle: rounds.editRound }),
    confirm: button({ value: NoValue, action: 'star.organise', handle: rounds.confirmRound }),
    'close-nomination': button({ value: NoValue, action: 'star.organise', handle: rounds.closeNomination }),
    'ask-reschedule': button({ value: NoValue, action: 'star.organise', handle: rounds.askReschedule }),
    reschedule: button({ value: NoValue, action: 'star.organise', handle: rounds.reschedule }),
    publish: button({ value: NoValue, action: 'star.organise', handle: rounds.publishRound }),
    cancel: button({ value: NoValue, action: 'star.organise', handle: rounds.cancelRound }),
    nominate: button({ value: NoValue, action: 'self', handle: nominations.pressNomination }),
    keep: button({ value: NoValue, action: 'self', handle: nominations.keepNomination }),
    submit: button({ value: NoValue, action: 'self', handle: nominations.submitNomination }),
    'add-picture': button({ value: NoValue, action: 'self', handle: pictures.askForPictures }),
    'remove-picture': button({ value: NoValue, action: 'self', handle: pictures.removePicture }),
    pictures: button({ value: values.PicturesValue, action: 'self', handle: pictures.sendPictures }),
    withdraw: button({ value: NoValue, action: 'self', handle: nominations.withdraw }),
    'log-deed': button({ value: NoValue, action: 'self', handle: deeds.submitDeed }),
    'delete-deed': button({ value: values.DeedValue, action: 'self', handle: deeds.removeDeed }),
    candidates: button({ value: values.PageValue, action: 'self', handle: checking.openCandidates }),
    candidate: button({ value: values.CandidateValue, action: 'self', handle: checking.openCandidate }),
    'edit-candidate': button({ value: NoValue, action: 'star.organise', handle: checking.editCandidate }),
    pass: button({ value: NoValue, action: 'star.organise', handle: checking.passCandidate }),
    return: button({ value: NoValue, action: 'star.organise', handle: checking.returnCandidate }),
    ask: button({ value: NoValue, action: 'star.organise', handle: checking.askNominators }),
    answer: button({ value: NoValue, action: 'self', handle: checking.answerQuestion }),
    'finish-checking': button({ value: NoValue, action: 'star.organise', handle: checking.finishChecking }),
    opinion: button({ value: values.OpinionValue, action: 'star.review', handle: giveOpinion }),
    vote: button({ value: NoValue, action: 'self', handle: castVote }),
    decide: button({ value: NoValue, action: 'star.decide', handle: decideRound }),
    object: button({ value: NoValue, action: 'self', handle: notices.openObjection }),
    'submit-objection': button({ value: NoValue, action: 'self', handle: notices.submitObjection }),
    'answer-objection': button({ value: values.VerdictValue, action: 'star.review', handle: notices.answerObjection }),
    statements: button({ value: values.PageValue, action: 'self', handle: openStatements }),
    roll: button({ value: values.PageValue, action: 'self', handle: roll.turnRoll }),
    open: button({ value: values.OpenValue, action: 'self', handle: openCard }),
  },
  uploads: { picture: pictures.pictureUpload },
  files: { picture: pictures.pictureFile },
  jobs: {
    'open-month': job({ payload: values.Tick, handle: rounds.openMonth }),
    'remind-late': job({ payload: z.object({}), handle: remindLate }),
    'end-step': job({ payload: values.EndOfStep, handle: endStep }),
    announce: job({ payload: values.Announcement, handle: announceRound }),
  },
  timetable: [
    // On the first workday of a month; the later days find the month's round there.
    { name: 'month', cron: '25 9 1-10 * *', job: 'open-month', onlyOnWorkdays: true },
    { name: 'late', cron: '35 9 * * *', job: 'remind-late', onlyOnWorkdays: true },
  ],
  cards: {
    round: lasting('round', roundCards.round.load),
    reschedule: roundCards.reschedule,
    nomination: nominationCards.nomination,
    picture: pictures.picture,
    deed: deeds.deed,
    candidates: lasting('candidates', checkingCards.candidates.load),
    candidate: lasting('candidate', checkingCards.candidate.load),
    question: lasting('question', checkingCards.question.load),
    returned: checkingCards.returned,
    vote: lasting('vote', voteCards.vote.load),
    statements: voteCards.statements,
    decision: lasting('decision', decision.load),
    notice: lasting('notice', noticeCards.notice.load),
    'objection-form': lasting('objection-form', noticeCards.objectionForm.load),
    objection: lasting('objection', noticeCards.objection.load),
    'objection-answer': noticeCards.objectionAnswer,
    commendation: noticeCards.commendation,
    roll: roll.roll,
  },
  digest,
  lists: { honours: honourList, deeds: deedList },
  today: findTodayItems,
};
