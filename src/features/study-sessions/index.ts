/** Study sessions: the ledger of what was held, what must be held, the month's plan, and what recurs. */

import { button, type Feature, job } from '../../feature.ts';
import { PageValue } from '../../pager.ts';
import { actions } from './actions.ts';
import { digest } from './digest.ts';
import { hears, lends } from './hearing.ts';
import * as sessionCards from './ledger/cards.ts';
import * as sessions from './ledger/handlers.ts';
import * as ledgerCards from './ledger/ledger-cards.ts';
import * as ledger from './ledger/ledger-handlers.ts';
import { sessionList } from './ledger/list.ts';
import * as minutesCards from './minutes/cards.ts';
import * as minutes from './minutes/handlers.ts';
import * as planCards from './plan/cards.ts';
import * as plan from './plan/handlers.ts';
import * as values from './schema.ts';
import { findSentOut } from './sent-out.ts';
import * as seriesCards from './series/cards.ts';
import * as series from './series/handlers.ts';
import { findTodayItems } from './today.ts';

export const studySessions: Feature = {
  name: 'study-sessions',
  called: '学习会议',
  actions,
  hears,
  lends,
  commands: {
    record: {
      listens: ['session.record'],
      words: ['登记学习', '登记会议', '补登学习'],
      help: { under: 'record', does: '登记开展过的学习或会议', example: '登记学习' },
      action: 'sessions.record',
      handle: sessions.openNew,
    },
    ledger: {
      listens: ['session.ledger'],
      words: ['学习台账', '台账'],
      help: { under: 'look', does: '看今年开展了多少次学习，点开看每一次', example: '学习台账' },
      action: 'sessions.watch',
      handle: ledger.showLedger,
    },
    plan: {
      listens: ['session.plan'],
      words: ['学习计划', '本月学习计划', '下月学习计划', '上月学习计划'],
      help: { under: 'look', does: '看本月计划、已开展和还差的学习', example: '学习计划' },
      action: 'sessions.watch',
      handle: plan.showPlan,
    },
    focus: {
      listens: ['session.focus'],
      words: ['本月学习重点', '下月学习重点', '学习重点'],
      help: { under: 'look', does: '看本月学习重点；政治处在这里设定', example: '本月学习重点' },
      action: 'sessions.watch',
      handle: plan.openFocus,
    },
    'draft-series': {
      listens: ['series.draft'],
      words: ['新建定期提醒'],
      help: { under: 'send', does: '每月定期提醒支部开展一项学习', example: '每月10日提醒本支部开展主题党日' },
      action: 'sessions.plan',
      handle: series.draftSeries,
    },
    series: {
      listens: ['series.query'],
      words: ['定期提醒', '定期学习'],
      help: { under: 'look', does: '看定期提醒，跳过、修改或停止', example: '定期提醒' },
      action: 'sessions.plan',
      handle: series.showSeries,
    },
    requirements: {
      listens: ['session.required'],
      words: ['必开会议'],
      help: { under: 'set', does: '设定哪些会议每月、每季度、每年必开', example: '必开会议' },
      action: 'sessions.direct',
      handle: plan.openRequirements,
    },
  },
  uploads: {
    minutes: {
      accepts: ({ name }) => minutes.MINUTES_NAME.test(name),
      help: 'Word、PDF、文本或图片文件（存为某次学习的纪要）',
      action: 'sessions.record',
      handle: minutes.receiveMinutes,
    },
  },
  files: { minutes: minutes.minutesFile },
  buttons: {
    new: button({
      value: values.NewSession,
      action: 'sessions.record',
      on: ['plan', 'warning'],
      handle: sessions.openNewFor,
    }),
    'record-occurrence': button({
      value: values.OccurrenceValue,
      action: 'sessions.record',
      on: ['occurrence', 'today/list'],
      handle: sessions.openNewForOccurrence,
    }),
    submit: button({ action: 'sessions.record', on: ['session'], handle: sessions.submitSession }),
    correct: button({ action: 'sessions.record', on: ['session'], handle: sessions.editSession }),
    'close-form': button({ action: 'sessions.record', on: ['session'], handle: sessions.closeForm }),
    delete: button({ action: 'sessions.record', on: ['session'], handle: sessions.deleteSession }),
    'keep-minutes': button({ action: 'sessions.record', on: ['minutes'], handle: minutes.keepMinutes }),
    'open-minutes': button({
      value: values.MinutesValue,
      action: 'sessions.record',
      on: ['today/list'],
      handle: minutes.openMinutes,
    }),
    'open-warning': button({
      value: values.WarningValue,
      action: 'sessions.watch',
      on: ['today/list'],
      handle: plan.openWarning,
    }),
    'discard-minutes': button({
      action: 'sessions.record',
      on: ['minutes'],
      handle: minutes.discardMinutes,
    }),
    'send-minutes': button({ action: 'sessions.watch', on: ['session'], handle: minutes.sendMinutes }),
    'delete-minutes': button({
      action: 'sessions.record',
      on: ['session'],
      handle: minutes.deleteMinutes,
    }),
    open: button({
      value: values.SessionValue,
      action: 'sessions.watch',
      on: ['minutes', 'rows'],
      handle: sessions.openSession,
    }),
    'open-holder': button({
      value: values.HolderValue,
      action: 'sessions.watch',
      on: ['ledger', 'plan'],
      handle: ledger.openHolder,
    }),
    'open-rows': button({ value: values.RowsValue, action: 'sessions.watch', on: ['holder'], handle: ledger.openRows }),
    'rows-page': button({ value: PageValue, action: 'sessions.watch', on: ['rows'], handle: ledger.turnRowsPage }),
    'ledger-page': button({
      value: PageValue,
      action: 'sessions.watch',
      on: ['ledger'],
      handle: ledger.turnLedgerPage,
    }),
    'open-plan': button({
      value: values.PlanValue,
      action: 'sessions.watch',
      on: ['plans', 'weekly-digest/digest'],
      handle: plan.openPlan,
    }),
    'plans-page': button({ value: PageValue, action: 'sessions.watch', on: ['plans'], handle: plan.turnPlansPage }),
    'set-focus': button({ action: 'sessions.direct', on: ['focus'], handle: plan.submitFocus }),
    'set-requirements': button({
      action: 'sessions.direct',
      on: ['requirements'],
      handle: plan.submitRequirements,
    }),
    'fill-series': button({ action: 'sessions.plan', on: ['series'], handle: series.fillSeries }),
    'confirm-series': button({ action: 'sessions.plan', on: ['series'], handle: series.confirmSeries }),
    'edit-series': button({ action: 'sessions.plan', on: ['series'], handle: series.editSeries }),
    'cancel-series': button({ action: 'sessions.plan', on: ['series'], handle: series.cancelSeries }),
    'stop-series': button({ action: 'sessions.plan', on: ['series'], handle: series.stopSeries }),
    'skip-month': button({
      value: values.MonthValue,
      action: 'sessions.plan',
      on: ['series'],
      handle: series.skipMonth,
    }),
  },
  jobs: {
    remind: job({ payload: values.RemindSeries, handle: series.remindOfSeries }),
    warn: job({ handle: plan.warnBranches }),
    'forget-minutes': job({ handle: minutes.forgetMinutes }),
  },
  timetable: [
    { name: 'warn', cron: '50 9 * * *', job: 'warn', onlyOnWorkdays: true },
    { name: 'forget-minutes', cron: '27 4 * * *', job: 'forget-minutes' },
  ],
  cards: {
    session: sessionCards.session,
    minutes: minutesCards.minutes,
    ledger: ledgerCards.ledger,
    holder: ledgerCards.holder,
    rows: ledgerCards.rows,
    focus: planCards.focus,
    plan: planCards.plan,
    plans: planCards.plans,
    warning: planCards.warning,
    requirements: planCards.requirements,
    series: seriesCards.series,
    occurrence: seriesCards.occurrence,
  },
  lists: { sessions: sessionList },
  digest,
  today: findTodayItems,
  sentOut: findSentOut,
};
