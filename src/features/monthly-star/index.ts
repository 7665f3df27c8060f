/** Star of the month (每月一星): nominate, check, advise, decide, publish, remember. The states are in `rules.ts`, the secrecy of the vote in `vote.ts`. */

import { z } from 'zod';
import { button, type Feature, job } from '../../feature.ts';
import { actions } from './actions.ts';
import * as checkingCards from './checking/cards.ts';
import * as checking from './checking/handlers.ts';
import { giveOpinion } from './checking/review.ts';
import * as deeds from './deeds/handlers.ts';
import { digest } from './digest.ts';
import { hears } from './hearing.ts';
import { deedList, honourList } from './lists.ts';
import * as nominationCards from './nomination/cards.ts';
import * as nominations from './nomination/handlers.ts';
import * as pictures from './nomination/pictures.ts';
import * as noticeCards from './notice/cards.ts';
import * as notices from './notice/handlers.ts';
import * as roll from './notice/roll.ts';
import { announceRound } from './round/announce.ts';
import * as roundCards from './round/cards.ts';
import * as rounds from './round/handlers.ts';
import { lasting } from './round/lasting.ts';
import { openCard, openStatements } from './round/open.ts';
import { findSentOut } from './round/sent-out.ts';
import { endStep, remindLate } from './round/steps.ts';
import * as values from './schema.ts';
import { findTodayItems } from './today.ts';
import * as voteCards from './vote/cards.ts';
import { decision } from './vote/decision-cards.ts';
import { decideRound } from './vote/decision-handlers.ts';
import { castVote } from './vote/handlers.ts';

export const monthlyStar: Feature = {
  name: 'monthly-star',
  called: '每月一星',
  actions,
  hears,
  commands: {
    show: {
      listens: ['star.show'],
      words: ['每月一星', '每月之星'],
      help: { under: 'look', does: '看每月一星办到哪一步', example: '每月一星' },
      action: 'self',
      handle: rounds.showRounds,
    },
    nominate: {
      listens: ['star.nominate'],
      words: ['提名'],
      help: { does: '提名每月一星，姓名、拼音、首字母都可以', example: '提名 程立山' },
      action: 'self',
      handle: nominations.beginNomination,
    },
    deed: {
      listens: ['star.deed', 'star.deed-list'],
      words: ['登记实事', '记实事'],
      help: { does: '记下为群众办的实事，提名时可作依据', example: '登记实事 雨天帮抛锚车辆推车到安全地带' },
      action: 'self',
      handle: deeds.logDeed,
    },
    roll: {
      listens: ['star.roll'],
      words: ['光荣榜'],
      help: { under: 'look', does: '看历次每月一星', example: '光荣榜' },
      action: 'self',
      handle: roll.showRoll,
    },
    open: {
      listens: ['star.open'],
      words: ['发起每月一星'],
      help: { under: 'send', does: '发起一轮每月一星', example: '发起每月一星' },
      action: 'star.organise',
      handle: rounds.openRound,
    },
    'add-group': {
      words: ['光荣榜发到本群'],
      help: { isForGroups: true, under: 'send', does: '在群里@我：公示和表扬也发到这个群', example: '光荣榜发到本群' },
      action: 'star.organise',
      handle: roll.addGroup,
    },
    'remove-group': {
      words: ['光荣榜不发本群'],
      help: {
        isForGroups: true,
        under: 'send',
        does: '在群里@我：公示和表扬不再发到这个群',
        example: '光荣榜不发本群',
      },
      action: 'star.organise',
      handle: roll.removeGroup,
    },
  },
  buttons: {
    plan: button({ action: 'star.organise', on: ['round'], handle: rounds.planRound }),
    edit: button({ action: 'star.organise', on: ['round'], handle: rounds.editRound }),
    confirm: button({ action: 'star.organise', on: ['round'], handle: rounds.confirmRound }),
    'close-nomination': button({
      action: 'star.organise',
      on: ['round'],
      handle: rounds.closeNomination,
    }),
    'ask-reschedule': button({ action: 'star.organise', on: ['round'], handle: rounds.askReschedule }),
    reschedule: button({ action: 'star.organise', on: ['reschedule'], handle: rounds.reschedule }),
    publish: button({ action: 'star.organise', on: ['round'], handle: rounds.publishRound }),
    cancel: button({ action: 'star.organise', on: ['round'], handle: rounds.cancelRound }),
    nominate: button({ action: 'self', on: ['round'], handle: nominations.pressNomination }),
    keep: button({ action: 'self', on: ['nomination'], handle: nominations.keepNomination }),
    submit: button({ action: 'self', on: ['nomination'], handle: nominations.submitNomination }),
    'add-picture': button({ action: 'self', on: ['nomination'], handle: pictures.askForPictures }),
    'remove-picture': button({ action: 'self', on: ['picture'], handle: pictures.removePicture }),
    pictures: button({ value: values.PicturesValue, action: 'self', on: ['candidate'], handle: pictures.sendPictures }),
    withdraw: button({ action: 'self', on: ['nomination'], handle: nominations.withdraw }),
    'log-deed': button({ action: 'self', on: ['deed'], handle: deeds.submitDeed }),
    'delete-deed': button({ value: values.DeedValue, action: 'self', on: ['deed'], handle: deeds.removeDeed }),
    candidates: button({
      value: values.PageValue,
      action: 'self',
      on: ['round', 'candidates', 'decision'],
      handle: checking.openCandidates,
    }),
    candidate: button({
      value: values.CandidateValue,
      action: 'self',
      on: ['candidates', 'candidate'],
      handle: checking.openCandidate,
    }),
    'edit-candidate': button({
      action: 'star.organise',
      on: ['candidate'],
      handle: checking.editCandidate,
    }),
    pass: button({ action: 'star.organise', on: ['candidate'], handle: checking.passCandidate }),
    return: button({ action: 'star.organise', on: ['candidate'], handle: checking.returnCandidate }),
    ask: button({ action: 'star.organise', on: ['candidate'], handle: checking.askNominators }),
    answer: button({ action: 'self', on: ['question'], handle: checking.answerQuestion }),
    'finish-checking': button({
      action: 'star.organise',
      on: ['candidates'],
      handle: checking.finishChecking,
    }),
    opinion: button({ value: values.OpinionValue, action: 'star.review', on: ['candidate'], handle: giveOpinion }),
    vote: button({ action: 'self', on: ['vote'], handle: castVote }),
    decide: button({ action: 'star.decide', on: ['decision'], handle: decideRound }),
    object: button({ action: 'self', on: ['notice'], handle: notices.openObjection }),
    'submit-objection': button({
      action: 'self',
      on: ['objection-form'],
      handle: notices.submitObjection,
    }),
    'answer-objection': button({
      value: values.VerdictValue,
      action: 'star.review',
      on: ['objection'],
      handle: notices.answerObjection,
    }),
    statements: button({
      value: values.PageValue,
      action: 'self',
      on: ['vote', 'decision', 'notice', 'statements'],
      handle: openStatements,
    }),
    roll: button({ value: values.PageValue, action: 'self', on: ['commendation', 'roll'], handle: roll.turnRoll }),
    open: button({
      value: values.OpenValue,
      action: 'self',
      on: ['today/list', 'weekly-digest/digest'],
      handle: openCard,
    }),
  },
  uploads: { picture: pictures.pictureUpload },
  files: { picture: pictures.pictureFile },
  jobs: {
    'open-month': job({ handle: rounds.openMonth }),
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
    round: lasting('round', roundCards.round),
    reschedule: roundCards.reschedule,
    nomination: nominationCards.nomination,
    picture: pictures.picture,
    deed: deeds.deed,
    candidates: lasting('candidates', checkingCards.candidates),
    candidate: lasting('candidate', checkingCards.candidate),
    question: lasting('question', checkingCards.question),
    returned: checkingCards.returned,
    vote: lasting('vote', voteCards.vote),
    statements: voteCards.statements,
    decision: lasting('decision', decision),
    notice: lasting('notice', noticeCards.notice),
    'objection-form': lasting('objection-form', noticeCards.objectionForm),
    objection: lasting('objection', noticeCards.objection),
    'objection-answer': noticeCards.objectionAnswer,
    commendation: noticeCards.commendation,
    roll: roll.roll,
  },
  digest,
  lists: { honours: honourList, deeds: deedList },
  today: findTodayItems,
  sentOut: findSentOut,
};
