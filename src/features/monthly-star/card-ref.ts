/** The ref of a card that has pages: `<id>:<page>`. */
import { z } from 'zod';

/** An id of ours, with a page where there are several; as a button's value carries it too. */
export const PagedText = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:\d{1,4})?$/);
/** The same taken apart. */
export const PagedRef = PagedText.transform((ref) => ({ ref, id: idOf(ref), page: pageOf(ref) }));

/** The id in a card's ref, without its page. */
export function idOf(ref: string): string {
  return ref.split(':')[0] ?? '';
}

/** The page in a card's ref; the first is 0, and the first of a list of candidates has the round's id alone. */
export function pageOf(ref: string): number {
  return Number(ref.split(':')[1] ?? 0);
}

/** How many candidates a page of their list shows: a card holds 200 elements, and a row is nine of them. `IM/message/create` */
export const CANDIDATES_PER_PAGE = 16;

/** The ref of a page of the list of a round's candidates. */
export function listRef(round: string, page: number): string {
  return page === 0 ? round : `${round}:${page}`;
}
