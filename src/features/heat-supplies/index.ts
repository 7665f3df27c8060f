/** Heat supplies and other hand-outs: from a hot day to a confirmed pick-up, with a stock that never lies. */
import { button, type Feature, job, preparedJob } from '../../feature.ts';
import * as claimCards from './claim-cards.ts';
import * as claims from './claim-handlers.ts';
import { digest } from './digest.ts';
import { draft } from './draft-cards.ts';
import * as drafts from './draft-handlers.ts';
import * as handouts from './handout-handlers.ts';
import { heat } from './heat-words.ts';
import { entriesList, handoutList } from './lists.ts';
import * as points from './points.ts';
import { progress, unclaimed } from './progress-cards.ts';
import * as queue from './queue.ts';
import * as rounds from './rounds.ts';
import * as values from './schema.ts';
import { looksLikeHandout } from './sentence.ts';
import { stock } from './stock-cards.ts';
import { openStockForm, stockForm, submitStockForm } from './stock-form.ts';
import * as stocks from './stock-handlers.ts';
import { stockWarning, warnKeepers } from './stock-warnings.ts';
import { findTodayItems } from './today.ts';
import { askSource } from './weather.ts';
import * as weather from './weather-handlers.ts';
import { looksLikeTemperature } from './weather-rules.ts';

const { NoValue, NoPayload } = values;

export const heatSupplies: Feature = {
  name: 'heat-supplies',
  commands: {
    draft: {
      words: ['发放防暑物资', '发放物资', '发物资'],
      recognises: looksLikeHandout,
      help: { does: '通知大家领取物资', example: '给一大队每人发藿香正气水2盒、矿泉水1箱，明天起到政治处领' },
      action: 'supplies.hand-out',
      handle: drafts.draftHandout,
    },
    progress: {
      words: ['领取进度', '发放进度'],
      help: { does: '看物资领到哪了', example: '领取进度' },
      action: 'supplies.watch',
      handle: handouts.showProgress,
    },
    temperature: {
      words: ['今日最高', '今天最高', '最高气温'],
      recognises: looksLikeTemperature,
      help: { does: '填写今天的最高气温，够热就起草发放通知', example: '今日最高38度' },
      action: 'supplies.hand-out',
      handle: weather.takeTyped,
    },
    heat: {
      words: ['高温', '今日气温'],
      help: { does: '看今天的气温、防暑要求和物资够用几天', example: '高温' },
      action: 'supplies.hand-out',
      handle: weather.showHeat,
    },
    queue: {
      words: ['待领名单', '发放窗口'],
      help: { does: '看谁在等着领，替人确认', example: '待领名单' },
      action: 'supplies.keep',
      handle: queue.showQueue,
    },
    stock: {
      words: ['库存'],
      help: { does: '看领取点的库存和流水', example: '库存' },
      action: 'supplies.keep',
      handle: stocks.showStock,
    },
    receive: {
      words: ['入库'],
      help: { does: '登记进货', example: '入库 藿香正气水 200盒 批号A1 有效期2027-05-31' },
      action: 'supplies.keep',
      handle: stocks.bookTyped('入库'),
    },
    return: {
      words: ['退库'],
      help: { does: '登记退回', example: '退库 藿香正气水 5盒 多领退回' },
      action: 'supplies.keep',
      handle: stocks.bookTyped('退库'),
    },
    count: {
      words: ['盘点'],
      help: { does: '按实际数量记账', example: '盘点 藿香正气水 195盒' },
      action: 'supplies.keep',
      handle: stocks.bookTyped('盘点'),
    },
    'write-off': {
      words: ['报损'],
      help: { does: '登记损坏、过期', example: '报损 藿香正气水 3盒 包装破损' },
      action: 'supplies.keep',
      handle: stocks.bookTyped('报损'),
    },
    transfer: {
      words: ['调拨'],
      help: { does: '从一个领取点调到另一个', example: '调拨 藿香正气水 20盒 从政治处到一大队' },
      action: 'supplies.keep',
      handle: stocks.bookTyped('调拨'),
    },
    correct: {
      words: ['更正'],
      help: { does: '冲回记错的一笔流水', example: '更正 12 数量写错' },
      action: 'supplies.keep',
      handle: stocks.correctEntry,
    },
    low: {
      words: ['低库存'],
      help: { does: '设定剩多少时提醒保管员', example: '低库存 藿香正气水 50盒' },
      action: 'supplies.points',
      handle: stocks.setLow,
    },
    points: {
      words: ['设置领取点', '领取点'],
      help: { does: '设领取点、领取时间和保管员', example: '设置领取点' },
      action: 'supplies.points',
      handle: points.openPoints,
    },
  },
  buttons: {
    'open-stock-form': button({ value: values.PointValue, action: 'supplies.keep', handle: openStockForm }),
    'book-stock': button({ value: NoValue, action: 'supplies.keep', handle: submitStockForm }),
    'save-point': button({ value: NoValue, action: 'supplies.points', handle: points.savePoint }),
    fill: button({ value: NoValue, action: 'supplies.hand-out', handle: drafts.fillDraft }),
    'set-end': button({ value: NoValue, action: 'supplies.hand-out', handle: drafts.setEnd }),
    edit: button({ value: NoValue, action: 'supplies.hand-out', handle: drafts.editDraft }),
    cancel: button({ value: NoValue, action: 'supplies.hand-out', handle: drafts.cancelDraft }),
    publish: button({ value: NoValue, action: 'supplies.hand-out', handle: drafts.publishHandout }),
    claim: button({ value: NoValue, action: 'self', handle: claims.claimShare }),
    collected: button({ value: NoValue, action: 'self', handle: claims.confirmCollected }),
    'ask-shortfall': button({ value: NoValue, action: 'self', handle: claims.askShortfall }),
    shortfall: button({ value: NoValue, action: 'self', handle: claims.reportShortfall }),
    'ask-proxy': button({ value: NoValue, action: 'self', handle: claims.askProxy }),
    proxy: button({ value: NoValue, action: 'self', handle: claims.nameProxy }),
    'collected-for': button({ value: NoValue, action: 'self', handle: claims.confirmAsProxy }),
    object: button({ value: NoValue, action: 'self', handle: claims.object }),
    'accept-objection': button({ value: NoValue, action: 'self', handle: claims.acceptObjection }),
    'reject-objection': button({ value: NoValue, action: 'self', handle: claims.rejectObjection }),
    open: button({ value: values.HandoutValue, action: 'self', handle: claims.openClaim }),
    'open-proxy': button({ value: values.PersonValue, action: 'self', handle: claims.openProxy }),
    'open-objection': button({ value: values.PersonValue, action: 'self', handle: claims.openObjection }),
    confirm: button({ value: values.PersonValue, action: 'supplies.keep', handle: queue.confirmFor }),
    'confirm-name': button({ value: NoValue, action: 'supplies.keep', handle: queue.confirmByName }),
    'open-progress': button({ value: values.HandoutValue, action: 'supplies.watch', handle: handouts.openProgress }),
    unclaimed: button({ value: NoValue, action: 'supplies.hand-out', handle: handouts.listUnclaimed }),
    nudge: button({ value: NoValue, action: 'supplies.hand-out', handle: handouts.nudgeOpen }),
    close: button({ value: NoValue, action: 'supplies.hand-out', handle: handouts.closeNow }),
    withdraw: button({ value: NoValue, action: 'supplies.hand-out', handle: handouts.withdrawHandout }),
  },
  jobs: {
    announce: job({ payload: values.RoundPayload, handle: rounds.announceHandout }),
    close: job({ payload: values.HandoutPayload, handle: handouts.closeHandout }),
    remind: job({ payload: values.RoundPayload, handle: rounds.remindOpen }),
    nudge: job({ payload: values.NudgePayload, handle: rounds.nudgeRound }),
    release: job({ payload: values.RoundPayload, handle: handouts.releaseRound }),
    'warn-keepers': job({ payload: NoPayload, handle: warnKeepers }),
    'watch-heat': job({ payload: NoPayload, handle: weather.watchHeat }),
    'read-weather': preparedJob({
      payload: NoPayload,
      prepare: (_payload, settings) => askSource(settings),
      handle: weather.takeWeather,
    }),
  },
  timetable: [
    { name: 'stock', cron: '40 8 * * *', job: 'warn-keepers', onlyOnWorkdays: true },
    { name: 'heat', cron: '35 7,11,14 * * *', job: 'watch-heat' },
  ],
  cards: {
    draft,
    points: points.points,
    stock,
    'stock-form': stockForm,
    'stock-warning': stockWarning,
    claim: claimCards.claim,
    'claim-done': claimCards.claimDone,
    proxy: claimCards.proxy,
    shortfall: claimCards.shortfall,
    'ask-proxy': claimCards.askProxy,
    objection: claimCards.objection,
    queue: queue.queue,
    progress,
    unclaimed,
    heat,
  },
  lists: { entries: entriesList, handouts: handoutList },
  digest,
  today: findTodayItems,
  undeliverable: handouts.noteUndeliverable,
};
