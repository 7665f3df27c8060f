/** Heat supplies and other hand-outs: from a hot day to a confirmed pick-up, with a stock that never lies. */

import { button, type Feature, job, preparedJob } from '../../feature.ts';
import { actions } from './actions.ts';
import * as claimCards from './claim/cards.ts';
import * as claims from './claim/handlers.ts';
import * as queue from './claim/queue.ts';
import { digest } from './digest.ts';
import { draftHandout, handouts, openProgress, releaseRound } from './handout/handlers.ts';
import { hears, lends } from './hearing.ts';
import { entriesList, handoutList } from './lists.ts';
import * as values from './schema.ts';
import { HeatSettings } from './settings.ts';
import { stock } from './stock/cards.ts';
import { openStockForm, stockFormCard, submitStockForm } from './stock/form.ts';
import * as stocks from './stock/handlers.ts';
import * as points from './stock/points.ts';
import { openWarning, stockWarning, warnKeepers } from './stock/warnings.ts';
import { findTodayItems } from './today.ts';
import * as weather from './weather/handlers.ts';
import { heat } from './weather/heat-words.ts';
import { askSource } from './weather/weather.ts';

export const heatSupplies: Feature = {
  name: 'heat-supplies',
  called: '物资发放',
  ...handouts.parts,
  actions,
  settings: [...handouts.parts.settings, HeatSettings],
  hears,
  lends,
  commands: {
    draft: {
      listens: ['supplies.hand-out'],
      words: ['发放防暑物资', '发放物资', '发物资'],
      help: {
        under: 'send',
        does: '通知大家领取物资',
        example: '给一大队每人发藿香正气水2盒、矿泉水1箱，明天起到政治处领',
      },
      action: 'supplies.hand-out',
      handle: draftHandout,
    },
    progress: {
      listens: ['supplies.progress'],
      words: ['领取进度', '发放进度'],
      help: { under: 'look', does: '看物资领到哪了', example: '领取进度' },
      action: 'supplies.watch',
      handle: handouts.showProgress,
    },
    ...handouts.followUps,
    mine: {
      listens: ['supplies.mine'],
      words: ['我的物资'],
      help: { does: '看自己有什么可领、在哪领', example: '我的防暑药在哪领' },
      action: 'self',
      handle: claims.showOwn,
    },
    temperature: {
      listens: ['heat.record'],
      words: ['今日最高', '今天最高', '最高气温'],
      help: { under: 'send', does: '填写今天的最高气温，够热就起草发放通知', example: '今日最高38度' },
      action: 'supplies.hand-out',
      handle: weather.takeTyped,
    },
    heat: {
      listens: ['heat.query'],
      words: ['高温', '今日气温'],
      help: { under: 'look', does: '看今天的气温、防暑要求和物资够用几天', example: '高温' },
      action: 'supplies.hand-out',
      handle: weather.showHeat,
    },
    queue: {
      words: ['待领名单', '发放窗口'],
      listens: ['supplies.progress'],
      help: { under: 'goods', does: '看谁在等着领，替人确认', example: '待领名单' },
      action: 'supplies.keep',
      handle: queue.showQueue,
    },
    stock: {
      listens: ['stock.query'],
      words: ['库存'],
      help: { under: 'goods', does: '看领取点的库存', example: '库存' },
      action: 'supplies.see',
      handle: stocks.showStock,
    },
    receive: {
      listens: ['stock.in'],
      words: ['入库'],
      help: { under: 'goods', does: '登记进货', example: '入库 藿香正气水 200盒 批号A1 有效期2027-05-31' },
      action: 'supplies.keep',
      handle: stocks.bookTyped('入库'),
    },
    return: {
      listens: ['stock.return'],
      words: ['退库'],
      help: { under: 'goods', does: '登记退回', example: '退库 藿香正气水 5盒 多领退回' },
      action: 'supplies.keep',
      handle: stocks.bookTyped('退库'),
    },
    count: {
      listens: ['stock.count'],
      words: ['盘点'],
      help: { under: 'goods', does: '按实际数量记账', example: '盘点 藿香正气水 195盒' },
      action: 'supplies.keep',
      handle: stocks.bookTyped('盘点'),
    },
    'write-off': {
      listens: ['stock.write-off'],
      words: ['报损'],
      help: { under: 'goods', does: '登记损坏、过期', example: '报损 藿香正气水 3盒 包装破损' },
      action: 'supplies.keep',
      handle: stocks.bookTyped('报损'),
    },
    transfer: {
      listens: ['stock.transfer'],
      words: ['调拨'],
      help: { under: 'goods', does: '从一个领取点调到另一个', example: '调拨 藿香正气水 20盒 从政治处到一大队' },
      action: 'supplies.keep',
      handle: stocks.bookTyped('调拨'),
    },
    correct: {
      listens: ['stock.correct'],
      words: ['更正'],
      help: { under: 'goods', does: '冲回记错的一笔流水', example: '更正 12 数量写错' },
      action: 'supplies.keep',
      handle: stocks.correctEntry,
    },
    low: {
      listens: ['stock.low'],
      words: ['低库存'],
      help: { under: 'set', does: '设定剩多少时提醒保管员', example: '低库存 藿香正气水 50盒' },
      action: 'supplies.points',
      handle: stocks.setLow,
    },
    points: {
      listens: ['points.set'],
      words: ['设置领取点', '领取点'],
      help: { under: 'set', does: '设领取点、领取时间和保管员', example: '设置领取点' },
      action: 'supplies.points',
      handle: points.openPoints,
    },
  },
  buttons: {
    ...handouts.parts.buttons,
    'open-stock-form': button({
      value: values.PointValue,
      action: 'supplies.keep',
      on: ['stock', 'stock-form'],
      handle: openStockForm,
    }),
    'book-stock': button({ action: 'supplies.keep', on: ['stock-form'], handle: submitStockForm }),
    'save-point': button({ action: 'supplies.points', on: ['points'], handle: points.savePoint }),
    claim: button({ action: 'self', on: ['claim', 'claim-done'], handle: claims.claimShare }),
    collected: button({ action: 'self', on: ['claim', 'claim-done'], handle: claims.confirmCollected }),
    'ask-shortfall': button({
      action: 'self',
      on: ['claim', 'claim-done'],
      handle: claims.askShortfall,
    }),
    shortfall: button({ action: 'self', on: ['shortfall'], handle: claims.reportShortfall }),
    'ask-proxy': button({ action: 'self', on: ['claim', 'claim-done'], handle: claims.askProxy }),
    proxy: button({ action: 'self', on: ['ask-proxy'], handle: claims.nameProxy }),
    'collected-for': button({ action: 'self', on: ['proxy'], handle: claims.confirmAsProxy }),
    object: button({ action: 'self', on: ['claim', 'claim-done'], handle: claims.object }),
    'accept-objection': button({
      action: 'supplies.answer',
      on: ['objection'],
      handle: claims.acceptObjection,
    }),
    'reject-objection': button({
      action: 'supplies.answer',
      on: ['objection'],
      handle: claims.rejectObjection,
    }),
    open: button({ value: values.HandoutValue, action: 'self', on: ['today/list'], handle: claims.openClaim }),
    'open-proxy': button({ value: values.PersonValue, action: 'self', on: ['today/list'], handle: claims.openProxy }),
    'open-objection': button({
      value: values.PersonValue,
      action: 'self',
      on: ['today/list'],
      handle: claims.openObjection,
    }),
    'open-warning': button({
      value: values.PointValue,
      action: 'supplies.keep',
      on: ['today/list'],
      handle: openWarning,
    }),
    confirm: button({ value: values.PersonValue, action: 'supplies.keep', on: ['queue'], handle: queue.confirmFor }),
    'confirm-name': button({ action: 'supplies.keep', on: ['queue'], handle: queue.confirmByName }),
    'open-progress': button({
      value: values.HandoutValue,
      action: 'supplies.watch',
      on: ['weekly-digest/digest'],
      handle: openProgress,
    }),
  },
  jobs: {
    ...handouts.parts.jobs,
    release: job({ payload: values.ReleasePayload, handle: releaseRound }),
    'warn-keepers': job({ handle: warnKeepers }),
    'watch-heat': job({ handle: weather.watchHeat }),
    'read-weather': preparedJob({
      prepare: (_payload, settings) => askSource(settings),
      handle: weather.takeWeather,
    }),
  },
  timetable: [
    ...handouts.parts.timetable,
    { name: 'stock', cron: '40 8 * * *', job: 'warn-keepers', onlyOnWorkdays: true },
    { name: 'heat', cron: '35 7,11,14 * * *', job: 'watch-heat' },
  ],
  cards: {
    ...handouts.parts.cards,
    points: points.points,
    stock,
    'stock-form': stockFormCard,
    'stock-warning': stockWarning,
    claim: handouts.lasting(claimCards.claim),
    'claim-done': claimCards.claimDone,
    proxy: claimCards.proxy,
    shortfall: claimCards.shortfall,
    'ask-proxy': claimCards.askProxy,
    objection: claimCards.objection,
    queue: queue.queue,
    heat,
  },
  lists: { entries: entriesList, handouts: handoutList },
  digest,
  today: findTodayItems,
};
