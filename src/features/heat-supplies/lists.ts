/** The lists of this feature: the stock's ledger, both ways, and who got what, out. */
import { z } from 'zod';
import type { Day } from '../../calendar/calendar.ts';
import type { PersonTurn } from '../../feature.ts';
import { type ListOutcome, type ListRow, type ListValues, list } from '../../list.ts';
import { scopeOf } from '../../people/audience/audience-reach.ts';
import { find } from '../../publication/queries.ts';
import type { SheetPlan } from '../../sheets/plan.ts';
import { handout } from './handout/publication.ts';
import { nameKind } from './kinds.ts';
import { MAX_QUANTITY } from './stock/item-text.ts';
import { findKept, findPoints } from './stock/points.ts';
import { type Entry, ensureItem, findEntry } from './stock/queries.ts';
import { ENTRY_WORDS, NEVER } from './stock/rules.ts';
import { ensureBatch, type Movement, moveStock } from './stock/stock.ts';

const optional = z.string().trim().max(60).optional();

/** 库存流水: a row without 流水号 is a receipt, known by its 单据号; a row with one came out of here and stays as it is. */
const ENTRIES = {
  name: '库存流水',
  columns: {
    no: { header: '流水号', kind: 'number', type: z.number().int().positive().optional(), width: 10 },
    document: { header: '单据号', kind: 'text', type: optional, width: 18 },
    day: { header: '日期', kind: 'day', type: z.string().optional(), width: 12 },
    kind: { header: '类型', kind: 'text', type: optional, width: 8 },
    point: { header: '领取点', kind: 'text', type: z.string().trim().min(1), width: 16 },
    item: {
      header: '物资',
      synonyms: ['品名', '物资名称'],
      kind: 'text',
      type: z.string().trim().min(1).max(30),
      width: 20,
    },
    quantity: {
      header: '数量',
      kind: 'number',
      type: z.number().int().min(-MAX_QUANTITY).max(MAX_QUANTITY),
      width: 10,
    },
    unit: { header: '单位', kind: 'text', type: z.string().trim().min(1).max(4), width: 8 },
    label: { header: '批号', kind: 'text', type: optional, width: 14 },
    expiresOn: { header: '有效期', synonyms: ['有效期至'], kind: 'day', type: z.string().optional(), width: 12 },
    reason: {
      header: '原因',
      synonyms: ['备注'],
      kind: 'text',
      type: z.string().trim().max(200).optional(),
      width: 24,
    },
    actor: { header: '经手人', kind: 'text', type: optional, width: 10 },
  },
} satisfies SheetPlan;

type EntryRow = ListRow<ListValues<typeof ENTRIES>>;

export const entriesList = list({
  plan: ENTRIES,
  in: { action: 'supplies.keep', take: takeReceipts },
  out: {
    action: 'supplies.keep',
    rows: async (turn, { firstDay, lastDay }) => {
      const kept = (await findKept(turn)).map(({ id }) => id);
      const from = turn.calendar.at(firstDay, '00:00');
      const until = turn.calendar.at(turn.calendar.addDays(lastDay, 1), '00:00');
      const entries = await turn.db.sql<Omit<Entry, 'pointId' | 'batchId' | 'itemId' | 'isCorrected'>>`
        SELECT e.no, e.at, e.kind, o.name AS point, i.name AS item, i.unit, b.label, to_char(b."expiresOn", 'YYYY-MM-DD') AS "expiresOn",
          e."onHand", COALESCE(p.name, '') AS actor, e.reason, e.document
        FROM stock_entry e JOIN pickup_point o ON o.id = e."pointId" JOIN supply_item i ON i.id = e."itemId" JOIN supply_batch b ON b.id = e."batchId"
        LEFT JOIN person p ON p.id = e."actorId"
        WHERE e."onHand" <> 0 AND e."pointId" = ANY (${kept}::uuid[]) AND e.at >= ${from} AND e.at < ${until} ORDER BY e.no`;
      return entries.map(({ at, kind, onHand, document, expiresOn, ...rest }) => ({
        ...rest,
        day: turn.calendar.dayOf(at),
        kind: ENTRY_WORDS[kind],
        quantity: onHand,
        ...(document && { document }),
        ...(expiresOn !== NEVER && { expiresOn }),
      }));
    },
  },
});

/** 发放记录: who got what of each hand-out, for those who may see the names. */
export const handoutList = list({
  plan: {
    name: '发放记录',
    columns: {
      day: { header: '发放日期', kind: 'day', type: z.string(), width: 12 },
      kind: { header: '类别', kind: 'text', type: z.string(), width: 14 },
      name: { header: '姓名', kind: 'name', type: z.string(), width: 10 },
      unit: { header: '单位', kind: 'text', type: z.string(), width: 18 },
      item: { header: '物资', kind: 'text', type: z.string(), width: 20 },
      due: { header: '应领', kind: 'number', type: z.number(), width: 8 },
      issued: { header: '实领', kind: 'number', type: z.number(), width: 8 },
      measure: { header: '计量单位', kind: 'text', type: z.string(), width: 10 },
      state: { header: '状态', kind: 'text', type: z.string(), width: 10 },
      settledAt: { header: '确认时间', kind: 'instant', type: z.date().optional(), width: 18 },
      settledBy: { header: '确认人', kind: 'text', type: z.string().optional(), width: 10 },
      reason: { header: '原因', kind: 'text', type: z.string().optional(), width: 24 },
    },
  },
  out: {
    action: 'supplies.hand-out',
    rows: async (turn, { firstDay, lastDay }) => {
      const from = turn.calendar.at(firstDay, '00:00');
      const until = turn.calendar.at(turn.calendar.addDays(lastDay, 1), '00:00');
      const rows = await turn.db.sql<HandoutRow>`
        SELECT h.id AS handout, h."publishedAt", h.kind, p.name, COALESCE(u.name, '') AS unit, i.name AS item, s."each" AS due, i.unit AS measure, c.state,
          (SELECT COALESCE(-sum(e."onHand"), 0)::int FROM stock_entry e WHERE e."handoutId" = h.id AND e."personId" = c."personId" AND e."itemId" = i.id) AS issued,
          c."settledAt", b.name AS "settledBy", c.reason
        FROM handout_run h JOIN supply_claim c ON c."handoutId" = h.id JOIN supply_handout_item s ON s."handoutId" = h.id JOIN supply_item i ON i.id = s."itemId"
        JOIN person p ON p.id = c."personId" LEFT JOIN unit u ON u.id = p."unitId" LEFT JOIN person b ON b.id = c."settledById"
        WHERE h."publishedAt" >= ${from} AND h."publishedAt" < ${until} ORDER BY h."publishedAt", p.name, p.id, s.sort, i.name`;
      const allowed = new Set<string>();
      for (const id of new Set(rows.map(({ handout }) => handout))) {
        const audience = (await find(handout, turn.db, id))?.audience;
        if (audience && turn.may('supplies.hand-out', await scopeOf(turn.db, audience))) allowed.add(id);
      }
      return rows
        .filter(({ handout }) => allowed.has(handout))
        .map(({ handout: _, publishedAt, kind, state, settledAt, settledBy, reason, ...rest }) => ({
          ...rest,
          day: turn.calendar.dayOf(publishedAt),
          kind: nameKind(kind),
          state: STATE_WORDS[state] ?? state,
          ...(settledAt && { settledAt }),
          ...(settledBy && { settledBy }),
          ...(reason && { reason }),
        }));
    },
  },
});

type HandoutRow = {
  handout: string;
  publishedAt: Date;
  kind: string;
  name: string;
  unit: string;
  item: string;
  due: number;
  issued: number;
  measure: string;
  state: string;
  settledAt: Date | null;
  settledBy: string | null;
  reason: string;
};
const STATE_WORDS: Record<string, string> = {
  open: '未申领',
  reserved: '待领',
  collected: '已领',
  partial: '部分领取',
  missed: '没领到',
};

/**
 * Books receipts. A 单据号 with a point and a batch is booked once, so the same file again changes nothing. Everything moves in one
 * step, so that two files at once wait for one another in the same order.
 */
export async function takeReceipts(turn: PersonTurn, rows: EntryRow[]): Promise<ListOutcome> {
  const outcome: ListOutcome = { added: 0, changed: 0, same: 0, problems: [] };
  const points = await findPoints(turn.db);
  const movements = new Map<string, Movement>();
  for (const row of rows) {
    const read = row.values.no === undefined ? await readReceipt(turn, row, points) : await compareEntry(turn, row);
    if (typeof read === 'string') outcome.problems.push({ row: row.number, reason: read });
    else if (read === undefined) outcome.same += 1;
    else {
      const key = `${read.document}:${read.pointId}:${read.batchId}`;
      if (movements.has(key))
        outcome.problems.push({ row: row.number, reason: '同一张单据的同一批写了两行，请合并成一行。' });
      else movements.set(key, read);
    }
  }
  const received = [...movements.values()];
  const scope = { points: received.map(({ pointId }) => pointId), items: received.map(({ itemId }) => itemId) };
  await moveStock(turn.db, scope, { actorId: turn.who.id, at: turn.now, reason: '表格导入' }, () => received);
  await turn.refresh(...[...new Set(scope.points)].map((ref) => ({ card: 'stock', ref })));
  outcome.added = received.length;
  return outcome;
}

/** A receipt, undefined when it is booked as it stands, or the reason why it cannot be. */
async function readReceipt(
  turn: PersonTurn,
  { values }: EntryRow,
  points: { id: string; name: string }[],
): Promise<Movement | string | undefined> {
  const { document, kind, quantity, unit, label = '', expiresOn = NEVER } = values;
  const point = points.find(({ name }) => name === values.point);
  if (kind && kind !== ENTRY_WORDS.received) return `只能导入“入库”，“${kind}”请在聊天里登记。`;
  if (!document) return '没有填单据号，无法防止重复入库，请补上。';
  if (!point) return `没有叫“${values.point}”的领取点，请核对名称。`;
  if (!turn.may('supplies.keep', { pointId: point.id })) return `您不是${point.name}的保管员。`;
  if (quantity <= 0) return '入库数量要大于0。';
  if (expiresOn < turn.calendar.dayOf(turn.now)) return '有效期已经过了，请核对。';
  const item = await ensureItem(turn.db, values.item, unit);
  if (item.unit !== unit) return `${item.name}是按“${item.unit}”登记的，请换算。`;
  const batchId = await ensureBatch(turn.db, item.id, label, expiresOn as Day);
  const [booked] = await turn.db.sql<{ onHand: number }>`
    SELECT "onHand" FROM stock_entry WHERE document = ${document} AND "pointId" = ${point.id}::uuid AND "batchId" = ${batchId}::uuid`;
  if (!booked) return { kind: 'received', pointId: point.id, batchId, itemId: item.id, onHand: quantity, document };
  return booked.onHand === quantity
    ? undefined
    : `单据${document}已按${booked.onHand}${unit}入库，没有改。要改请发送“更正”。`;
}

/** A row that came out of the ledger: the same, or the reason why it cannot be changed here. */
async function compareEntry(turn: PersonTurn, { values }: EntryRow): Promise<string | undefined> {
  const entry = await findEntry(turn.db, values.no ?? 0);
  const isSame = entry?.item === values.item && entry.onHand === values.quantity && entry.point === values.point;
  return isSame ? undefined : '流水登记后不能改，请在聊天里发送“更正”。新的入库请把流水号留空。';
}
