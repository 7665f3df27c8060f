/** Study sessions: the ledger of what was held, what must be held, the month's plan, and what recurs. */
import { button, type Feature, job } from '../../feature.ts';
import { digest } from './digest.ts';
import * as ledgerCards from './ledger-cards.ts';
import * as ledger from './ledger-handlers.ts';
import * as minutesCards from './minutes-cards.ts';
import * as minutes from './minutes-handlers.ts';
import * as planCards from './plan-cards.ts';
import * as plan from './plan-handlers.ts';
import * as values from './schema.ts';
import * as seriesCards from './series-cards.ts';
import * as series from './series-handlers.ts';
import { looksLikeSeries } from './series-sentence.ts';
import * as sessionCards from './session-cards.ts';
import * as sessions from './session-handlers.ts';
import { sessionList } from './session-list.ts';
import { findTodayItems } from './today.ts';

const { NoValue, PageValue } = values;

export const studySessions: Feature = {
  name: 'study-sessions',
  commands: {
    record: {
      words: ['登记学习', '登记会议', '补登学习'],
      help: { does: '登记开展过的学习或会议', example: '登记学习' },
      action: 'sessions.record',
      handle: sessions.openNew,
    },
    ledger: {
      words: ['学习台账', '台账'],
      help: { does: '看今年开展了多少次学习，点开看每一次', example: '学习台账' },
      action: 'sessions.watch',
      handle: ledger.showLedger,
    },
    plan: {
      words: ['学习计划', '本月学习计划', '下月学习计划', '上月学习计划'],
      help: { does: '看本月计划、已开展和还差的学习', example: '学习计划' },
      action: 'sessions.watch',
      handle: plan.showPlan,
    },
    focus: {
      words: ['本月学习重点', '下月学习重点', '学习重点'],
      help: { does: '看本月学习重点；政治处在这里设定', example: '本月学习重点' },
      action: 'sessions.watch',
      handle: plan.openFocus,
    },
    'draft-series': {
      words: ['新建定期提醒'],
      recognises: looksLikeSeries,
      help: { does: '每月定期提醒支部开展一项学习', example: '每月10日提醒本支部开展主题党日' },
      action: 'sessions.plan',
      handle: series.draftSeries,
    },
    series: {
      words: ['定期提醒', '定期学习'],
      help: { does: '看定期提醒，跳过、修改或停止', example: '定期提醒' },
      action: 'sessions.plan',
      handle: series.showSeries,
    },
    requirements: {
      words: ['必开会议'],
      help: { does: '设定哪些会议每月、每季度、每年必开', example: '必开会议' },
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
    new: button({ value: values.NewSession, action: 'sessions.record', handle: sessions.openNewFor }),
    'record-occurrence': button({
      value: values.OccurrenceValue,
      action: 'sessions.record',
      handle: sessions.openNewForOccurrence,
    }),
    submit: button({ value: NoValue, action: 'sessions.record', handle: sessions.submitSession }),
    correct: button({ value: NoValue, action: 'sessions.record', handle: sessions.editSession }),
    'close-form': button({ value: NoValue, action: 'sessions.record', handle: sessions.closeForm }),
    delete: button({ value: NoValue, action: 'sessions.record', handle: sessions.deleteSession }),
    'keep-minutes': button({ value: NoValue, action: 'sessions.record', handle: minutes.keepMinutes }),
    'discard-minutes': button({ value: NoValue, action: 'self', handle: minutes.discardMinutes }),
    'send-minutes': button({ value: NoValue, action: 'sessions.watch', handle: minutes.sendMinutes }),
    'delete-minutes': button({ value: NoValue, action: 'sessions.record', handle: minutes.deleteMinutes }),
    open: button({ value: values.SessionValue, action: 'sessions.watch', handle: sessions.openSession }),
    'open-holder': button({ value: values.HolderValue, action: 'sessions.watch', handle: ledger.openHolder }),
    'open-rows': button({ value: values.RowsValue, action: 'sessions.watch', handle: ledger.openRows }),
    'rows-page': button({ value: PageValue, action: 'sessions.watch', handle: ledger.turnRowsPage }),
    'ledger-page': button({ value: PageValue, action: 'sessions.watch', handle: ledger.turnLedgerPage }),
    'open-plan': button({ value: values.PlanValue, action: 'sessions.watch', handle: plan.openPlan }),
    'plans-page': button({ value: PageValue, action: 'sessions.watch', handle: plan.turnPlansPage }),
    'set-focus': button({ value: NoValue, action: 'sessions.direct', handle: plan.submitFocus }),
    'set-requirements': button({ value: NoValue, action: 'sessions.direct', handle: plan.submitRequirements }),
    'fill-series': button({ value: NoValue, action: 'sessions.plan', handle: series.fillSeries }),
    'confirm-series': button({ value: NoValue, action: 'sessions.plan', handle: series.confirmSeries }),
    'edit-series': button({ value: NoValue, action: 'sessions.plan', handle: series.editSeries }),
    'cancel-series': button({ value: NoValue, action: 'sessions.plan', handle: series.cancelSeries }),
    'stop-series': button({ value: NoValue, action: 'sessions.plan', handle: series.stopSeries }),
    'skip-month': button({ value: values.MonthValue, action: 'sessions.plan', handle: series.skipMonth }),
  },
  jobs: {
    remind: job({ payload: values.RemindSeries, handle: series.remindOfSeries }),
    warn: job({ payload: values.Tick, handle: plan.warnBranches }),
    'forget-minutes': job({ payload: values.Tick, handle: minutes.forgetMinutes }),
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
};
