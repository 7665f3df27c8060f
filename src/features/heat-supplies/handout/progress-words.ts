/** How a hand-out stands, in words: persons by their part, items by the ledger. Pure. */
import type { Tally, UnitCount } from '../rules.ts';
import type { Share } from '../stock/rules.ts';

/** 藿香正气水：已办理70盒 = 已领62盒 + 待领8盒（应发80盒）. */
export function describeItems(share: Share[], units: UnitCount[], people: number, isOpen: boolean): string {
  return share
    .map(({ name, unit, each }) => {
      const sum = (what: 'confirmed' | 'open') =>
        units.reduce((total, { items }) => total + (items[name]?.[what] ?? 0), 0);
      const [confirmed, open, due] = [sum('confirmed'), sum('open'), each * people];
      return isOpen || open > 0
        ? `${name}：已办理${confirmed + open}${unit} = 已领${confirmed}${unit} + 待领${open}${unit}（应发${due}${unit}）`
        : `${name}：应发${due}${unit}，实领${confirmed}${unit}，未领${due - confirmed}${unit}留在库存`;
    })
    .join('\n');
}

/** 一大队（12人）：藿香正气水 已领3盒、待领2盒. */
export function describeUnit({ unit, people, items }: UnitCount, share: Share[]): string {
  const parts = share.map(({ name, unit: word }) => {
    const { confirmed, open } = items[name] ?? { confirmed: 0, open: 0 };
    return `${name} 已领${confirmed}${word}、待领${open}${word}`;
  });
  return `${unit}（${people}人）：${parts.join('；')}`;
}

/** 已领 62 · 待领 8 · 未申领 10 · 休假 2（共82人）. */
export function tallyWords(counts: Tally): string {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const apart = [
    counts.partial && ` · 部分领取 ${counts.partial}`,
    counts.missed && ` · 没领到 ${counts.missed}`,
    counts.waiting && ` · 没送到 ${counts.waiting}`,
    counts['on-leave'] && ` · 休假 ${counts['on-leave']}`,
    counts.unreachable && ` · 联系不上 ${counts.unreachable}`,
  ];
  return `已领 ${counts.collected} · 待领 ${counts.reserved} · 未申领 ${counts.open}${apart.filter(Boolean).join('')}（共${all}人）`;
}
