/** The kinds of hand-out, as data: another one is another line here. */
import { z } from 'zod';

/** `words` recognise it in a sentence; `usual` is what a draft begins with when nothing was handed out before. */
export const KINDS = {
  heat: { name: '防暑物资', words: /防暑|高温|降温|藿香|绿豆|清凉/, usual: '藿香正气水1盒、矿泉水1箱' },
  'winter-kit': { name: '冬季执勤装备', words: /冬季|防寒|保暖|御寒|手套|棉/, usual: '' },
  solatium: { name: '年终慰问品', words: /慰问/, usual: '' },
  protection: { name: '执勤防护用品', words: /防护|口罩|反光/, usual: '' },
  other: { name: '物资', words: /(?!)/, usual: '' },
} as const;

export type HandoutKind = keyof typeof KINDS;
export const HandoutKind = z.enum(Object.keys(KINDS) as [HandoutKind, ...HandoutKind[]]);

/** The kind that a text names; `other` when it names none. */
export function readKind(text: string): HandoutKind {
  const found = Object.entries(KINDS).find(([, { words }]) => words.test(text));
  return (found?.[0] as HandoutKind | undefined) ?? 'other';
}

/** The name of a kind as kept in a row. */
export function nameKind(kind: string): string {
  return KINDS[kind as HandoutKind]?.name ?? KINDS.other.name;
}

/** Every kind by its name. */
export function nameKinds(): Record<HandoutKind, string> {
  return Object.fromEntries(Object.entries(KINDS).map(([kind, { name }]) => [kind, name])) as Record<
    HandoutKind,
    string
  >;
}
