/** What a hand-out needs of the stock: the items as they were written, found in stock, and compared with it. */
import { AppError } from '../../../basics/errors.ts';
import type { Reader } from '../../../storage/database.ts';
import { compareStock } from '../rules.ts';
import { readItems } from '../stock/item-text.ts';
import { findItems } from '../stock/queries.ts';
import { countAvailable, type Share } from '../stock/rules.ts';
import { readLevels } from '../stock/stock.ts';

/** Need against stock, item by item, over the chosen points together. */
export async function compareNeeds(db: Reader, itemsText: string, points: string[], people: number, today: string) {
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

/** The items of a draft as they are known in stock. Throws the sentence that says which is not. */
export async function resolveShare(db: Reader, itemsText: string): Promise<Share[]> {
  const written = readItems(itemsText);
  const known = await findItems(
    db,
    written.map(({ name }) => name),
  );
  return written.map(({ name, unit, quantity }) => {
    const item = known.find((one) => one.name === name);
    if (!item)
      throw new AppError('an unknown item', `还没有登记过“${name}”，没有发放。请保管员先发送“入库 ${name} 数量”。`);
    if (item.unit !== unit)
      throw new AppError(
        'another unit than the item has',
        `${name}是按“${item.unit}”登记的，没有发放。请按“修改”换成“${item.unit}”。`,
      );
    return { itemId: item.id, name, unit, each: quantity };
  });
}
