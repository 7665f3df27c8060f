/** A hand-out as something that is published: its words, its form, its preview with the stock, its progress by the ledger, its end. */
import { formatDeadline, formatInstant } from '../../../calendar/format.ts';
import type { Turn, Viewer } from '../../../feature.ts';
import { nameAudience } from '../../../people/audience/audience-words.ts';
import type { Kind, Published } from '../../../publication/contract.ts';
import { joinNames } from '../../../publication/issuer/progress.ts';
import { countedOn } from '../../../publication/rules.ts';
import type { Reader } from '../../../storage/database.ts';
import { draftFields } from '../forms.ts';
import { nameKind } from '../kinds.ts';
import { type Content, type Draft, EMPTY, findObjection, foldSmallUnits, usualEnd } from '../rules.ts';
import { readItems } from '../stock/item-text.ts';
import { describePoint, findKeepers, findPoints } from '../stock/points.ts';
import { describeAlert } from '../weather/heat-words.ts';
import { hearHandout } from './from-sentence.ts';
import { compareNeeds, resolveShare } from './needs.ts';
import { describeItems, describeUnit, tallyWords } from './progress-words.ts';
import * as queries from './queries.ts';

export const handout: Kind<Content> = {
  feature: 'heat-supplies',
  actions: {
    publish: 'supplies.hand-out',
    watch: 'supplies.watch',
    names: 'supplies.hand-out',
    nudge: 'supplies.hand-out',
  },
  card: 'claim',
  alike: ['claim-done'],
  said: /领|发放|物资/u,
  wish: () => 'supplies.hand-out',
  progressWish: 'supplies.progress',
  hear: hearHandout,
  endsByItself: true,
  reminders: { 'workday-before': '09:00' },
  words: {
    ...{ matter: '物资发放', it: '这次发放', noun: '发放', publish: '发放', confirmed: '确认' },
    ...{ do: '领取', open: '未申领', due: '截止时间', nudge: '提醒', nudgeButton: '提醒未领取' },
    ...{
      withdraw: '撤回',
      relief: '无需领取',
      end: '结束并对账',
      begin: '发放防暑物资',
      progress: '领取进度',
      progressTitle: '领取进度',
    },
    published: (count) => `已通知${count}人领取，进展会显示在进度卡片上。`,
  },
  read: queries.findContents,
  write: queries.keepContent,
  name: ({ kind, itemsText }) => ({ name: nameKind(kind), about: itemsText }),
  draft: {
    fields: () => draftFields,
    read: (said, { now, calendar }, { alertId }) => {
      const dueAt = usualEnd(said.opensAt ?? now, calendar);
      return { ...EMPTY, kind: 'other', dueAt, ...said, alertId };
    },
    lead: async (db, draft, viewer) => {
      const points = await findPoints(db);
      return {
        ...(points.length === 0 && { hint: '还没有领取点，请管理员先发送“设置领取点”。' }),
        ...(await showAlert(db, draft, viewer)),
        options: { points: points.map(({ id, name }) => ({ value: id, text: name })) },
      };
    },
    object: async ({ now }, draft) => findObjection(draft, now),
    preview,
  },
  progress: async (db, published, viewer) => {
    const { audience, dueAt, endedAt, state } = published;
    const isOpen = state === 'published';
    const share = await queries.findShare(db, published.id);
    const units = await queries.findUnitCounts(db, published.id);
    const people = units.reduce((sum, unit) => sum + unit.people, 0);
    const counts = await queries.countStandings(db, published.id, countedOn(published, viewer));
    const objected = await queries.countObjections(db, published.id);
    const parts = foldSmallUnits(units).map((unit) => describeUnit(unit, share));
    return {
      counts: tallyWords(counts),
      tellsUnits: true,
      open: counts.open + counts.reserved,
      notes: [
        describeItems(share, units, people, isOpen),
        ...(objected > 0 ? [`${objected}人对领取记录有异议，保管员正在核实。`] : []),
        ...(isOpen ? [] : ['没领的预留已退回库存，请保管员盘点核对。']),
      ],
      rows: [
        { label: '发放范围', value: audience ? await nameAudience(db, audience) : '' },
        { label: '截止', value: isOpen && dueAt ? formatDeadline(dueAt, viewer) : '' },
        { label: '结束时间', value: endedAt ? formatInstant(endedAt, viewer) : '' },
      ],
      panels: parts.length > 0 ? [{ title: '分单位', text: parts.join('\n') }] : [],
    };
  },
  names: async (db, published, viewer) => {
    const { id, content } = published;
    const day = countedOn(published, viewer);
    const parts = await queries.findParticipants(db, id, day);
    const of = (...standings: string[]) => parts.filter(({ standing }) => standings.includes(standing));
    const names = (standing: string) => joinNames(of(standing).map(({ name }) => name));
    return {
      counts: tallyWords(await queries.countStandings(db, id, day)),
      rows: [
        { label: '未申领', value: names('open') },
        { label: '已预留', value: names('reserved') },
        {
          label: '没领全',
          value: joinNames(of('missed', 'partial').map(({ name, reason }) => `${name}（${reason}）`)),
        },
        { label: '休假', value: names('on-leave') },
        { label: '联系不上', value: names('unreachable') },
        { label: '没送到', value: names('waiting') },
      ],
      note: `${nameKind(content.kind)}，截至${formatInstant(viewer.now, viewer)}`,
    };
  },
  haveBegun: queries.findReserved,
  changed: async (turn, published, act) => {
    if (act === 'publish') return giveShares(turn, published);
    if (act === 'regroup') return queries.matchClaims(turn.db, published.id);
    await turn.refresh({ card: 'claim-done', ref: published.id });
    const isOver = act === 'end' || act === 'withdraw' || (act === 'undo' && published.lastAct === 'publish');
    if (isOver) await turn.later('release', { handout: published.id, after: '' });
  },
};

/** Everybody of the audience gets their claim, and the keepers of the points their queue. Nothing is set aside: what is promised is promised to the person who claims it. */
async function giveShares(turn: Turn, { id, content }: Published<Content>): Promise<void> {
  await queries.keepShares(turn.db, id, await resolveShare(turn.db, content.itemsText));
  await turn.deliver(
    ...(await findKeepers(turn.db, content.points, turn.now)).map(({ pointId, id: keeper }) => ({
      ...{ key: `queue:${id}:${pointId}:${keeper}`, to: { person: keeper }, card: 'queue', ref: pointId },
      push: 'quiet' as const,
    })),
  );
}

async function preview(db: Reader, draft: Draft, viewer: Viewer, whom: { text: string; count: number }) {
  const { audience, itemsText, points: chosen, opensAt, dueAt, kind } = draft;
  const overlap = audience ? await queries.countOverlap(db, kind, audience, viewer.now) : 0;
  const points = (await findPoints(db)).filter(({ id }) => chosen.includes(id));
  const needs = await compareNeeds(db, itemsText, chosen, whom.count, viewer.calendar.dayOf(viewer.now));
  const items = readItems(itemsText).map(({ name, quantity, unit }) => `${name}${quantity}${unit}`);
  return {
    title: nameKind(kind),
    ...(await showAlert(db, draft, viewer)),
    line: `每人 ${items.join('、')}`,
    rows: [
      { label: '领取点', value: points.map(describePoint).join('；') },
      { label: '开始', value: opensAt ? `${formatInstant(opensAt, viewer)}起` : '现在起' },
      { label: '截止', value: dueAt ? formatInstant(dueAt, viewer) : '' },
      { label: '发放范围', value: whom.text },
      { label: '库存', value: needs.map(({ text }) => text).join('\n') },
    ],
    confirm: needs.some(({ short }) => short > 0) ? `库存不够每人一份，先领先得。仍要通知${whom.count}人吗？` : '',
    remark: overlap > 0 ? `其中${overlap}人已在另一次正在进行的${nameKind(kind)}发放里，会再收到一张卡片。` : '',
  };
}

/** The heat alert for which it was drafted, and how far the stock goes. */
async function showAlert(db: Reader, { alertId }: Content, viewer: Viewer) {
  if (!alertId) return { notes: [], panels: [] };
  const { alert, meaning, stock } = await describeAlert(db, alertId, viewer);
  return {
    notes: [alert, meaning].filter(Boolean),
    panels: stock ? [{ title: '各领取点库存与可用天数', text: stock }] : [],
  };
}
