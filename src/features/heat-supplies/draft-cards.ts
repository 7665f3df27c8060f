/** The draft of a hand-out: its form, its preview, and what became of it. */
import { formatForPicker, formatInstant } from '../../calendar/format.ts';
import type { Card, CardVariables, Viewer } from '../../feature.ts';
import { chosenAudience, describeAudience, listAudiences } from '../../people/audience.ts';
import type { Reader } from '../../storage/database.ts';
import * as queries from './handout-queries.ts';
import { describeAlert } from './heat-words.ts';
import { readItems } from './item-text.ts';
import { KINDS, nameKind } from './kinds.ts';
import { describePoint, findPoints } from './points.ts';
import { compareStock, findMissing } from './rules.ts';
import { readLevels } from './stock.ts';
import { findItems } from './stock-queries.ts';
import { countAvailable } from './stock-rules.ts';

export const draft: Card = {
  load: async (db, id, viewer) => {
    const row = await queries.findHandout(db, id);
    if (!row) return undefined;
    if (row.state !== 'draft') {
      const isCancelled = row.state === 'cancelled';
      return {
        template: 'draft-closed',
        kind: nameKind(row.kind),
        items: row.itemsText,
        state: isCancelled ? { is: 'over', word: '已取消' } : { is: 'done', word: '已发放' },
        line: isCancelled ? '已取消，没有发给任何人。' : '已通知领取，进展请看进度卡片。',
      };
    }
    const alert = row.alertId ? await describeAlert(db, row.alertId, viewer) : { alert: '', meaning: '', stock: '' };
    const missing = findMissing(queries.draftOf(row));
    const isForm = row.isEditing || missing.length > 0;
    return { ...alert, ...(isForm ? await showForm(db, row, missing, viewer) : await showPreview(db, row, viewer)) };
  },
};

async function showForm(
  db: Reader,
  row: queries.SupplyHandout,
  missing: string[],
  viewer: Viewer,
): Promise<CardVariables> {
  const said = queries.draftOf(row);
  const audiences = await listAudiences(db, viewer, 'supplies.hand-out');
  const points = await findPoints(db);
  return {
    template: 'draft-form',
    hint:
      points.length === 0
        ? '还没有领取点，请管理员先发送“设置领取点”。'
        : missing.length === 0
          ? '请修改后提交。'
          : `还差：${missing.join('、')}。`,
    kinds: Object.entries(KINDS).map(([value, { name }]) => ({ value, text: name })),
    kind: row.kind,
    items: row.itemsText,
    audiences,
    audience: chosenAudience(audiences, said.audience),
    points: points.map((point) => ({ value: point.id, text: point.name })),
    chosen: said.points,
    opens: said.opensAt ? formatForPicker(said.opensAt, viewer) : '',
    closes: said.closesAt ? formatForPicker(said.closesAt, viewer) : '',
  };
}

async function showPreview(db: Reader, row: queries.SupplyHandout, viewer: Viewer): Promise<CardVariables> {
  const { audience, itemsText, points: chosen, opensAt, closesAt } = queries.draftOf(row);
  const today = viewer.calendar.dayOf(viewer.now);
  const whom = audience ? await describeAudience(db, audience, today) : { text: '', count: 0 };
  const overlap = audience ? await queries.countOverlap(db, row.kind, audience) : 0;
  const points = (await findPoints(db)).filter(({ id }) => chosen.includes(id));
  const needs = await compareNeeds(db, itemsText, chosen, whom.count, today);
  const arrival = viewer.policy.nextQuietPush(viewer.now);
  return {
    template: 'draft-preview',
    kind: nameKind(row.kind),
    items: readItems(itemsText)
      .map(({ name, quantity, unit }) => `${name}${quantity}${unit}`)
      .join('、'),
    points: points.map(describePoint).join('；'),
    from: opensAt ? `${formatInstant(opensAt, viewer)}起` : '现在起',
    until: closesAt ? formatInstant(closesAt, viewer) : '',
    initial: closesAt ? formatForPicker(closesAt, viewer) : '',
    audience: whom.text,
    count: whom.count,
    needs: needs.map(({ text }) => text).join('\n'),
    isShort: needs.some(({ short }) => short > 0),
    overlap: overlap > 0 ? `其中${overlap}人已在另一次正在进行的${nameKind(row.kind)}发放里，会再收到一张卡片。` : '',
    arrival:
      arrival <= viewer.now
        ? '确认后马上送达每个人。'
        : `现在是免打扰时间，卡片将于${formatInstant(arrival, viewer)}起送达。`,
  };
}

/** Need against stock, item by item, over the chosen points together. */
async function compareNeeds(db: Reader, itemsText: string, points: string[], people: number, today: string) {
  const written = readItems(itemsText);
  const known = await findItems(
    db,
    written.map(({ name }) => name),
  );
  const levels = await readLevels(db, { points, items: known.map(({ id }) => id) });
  return written.map(({ name, unit, quantity }) => {
    const item = known.find((one) => one.name === name);
    const available = item
      ? countAvailable(
          levels.filter(({ itemId }) => itemId === item.id),
          today,
        )
      : 0;
    const { need, short } = compareStock(quantity, people, available);
    const stock = item ? `可用${available}${item.unit}` : '还没有入库';
    return { short, text: `${name}：需要${need}${unit}，${stock}${short > 0 ? `，还差${short}${unit}` : '，够发'}` };
  });
}
