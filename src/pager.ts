/** Leafing through a list that is longer than a card. */
import { z } from 'zod';
import type { PressTurn } from './feature.ts';
import type { Reply } from './reply.ts';
import { refOf } from './sight.ts';

/** A page, counted from 0, as refs and buttons carry it. */
export const Page = z.coerce.number().int().min(0).max(100_000);
export const PageValue = z.object({ page: Page });
/** The ref of a list that is about nothing else: a page of it, and the message that asked for it. */
export const PagedRef = refOf({ page: Page, key: z.string().regex(/^[!-~]{1,200}$/) });

/** Points the pressed card, which was delivered under `key`, at another page: it is edited in place a moment later. */
export async function turnPage(turn: PressTurn, key: string, card: string, ref: string, page: number): Promise<Reply> {
  await turn.deliver({ key, to: { person: turn.who.id }, card, ref, push: 'answer' });
  return { toast: `第${page + 1}页`, keepForm: true };
}
