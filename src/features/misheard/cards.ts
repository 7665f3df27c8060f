/** What was not understood, as an administrator sees it. */
import { formatInstant } from '../../calendar/format.ts';
import { type Card, card, type Feature } from '../../feature.ts';
import { type Count, countReasons, countWishes, type Reason } from '../../misheard/counts.ts';
import { countOpen, findOpen } from '../../misheard/told-texts.ts';
import { PagedRef } from '../../pager.ts';

const PER_PAGE = 5;
const MOST_WISHES = 8;
/** More of a text is not needed to see what was wanted, and a card holds only so much. */
const LONGEST_SHOWN = 300;

const REASONS: Record<Reason, string> = {
  nothing: '完全没听懂',
  several: '有几种意思，请人选',
  'not-permitted': '没有权限',
  'too-long': '太长',
  'left-over': '有的话没用上',
  'in-the-past': '时间已过',
  'without-words': '语音、视频等',
};

/** The list, with the words of the commands of all `others` for what was offered. */
export function listCard(others: Feature[]): Card {
  const commands = others.flatMap((feature) => Object.values(feature.commands ?? {}));
  const nameOf = (wish: string) => commands.find(({ listens }) => listens?.includes(wish))?.help.does ?? wish;
  return card({
    ref: PagedRef,
    action: 'misheard.read',
    matter: 'anywhere',
    load: async (db, { page: asked }, viewer) => {
      const [reasons, wishes, open] = await Promise.all([
        countReasons(db, viewer.now),
        countWishes(db, viewer.now),
        countOpen(db),
      ]);
      const last = Math.max(0, Math.ceil(open / PER_PAGE) - 1);
      const page = Math.min(asked, last);
      const texts = await findOpen(db, page * PER_PAGE, PER_PAGE);
      return {
        open,
        reasons: reasons.map(({ name, ...count }) => lineOf(REASONS[name], count)).join('\n'),
        wishes: wishes
          .slice(0, MOST_WISHES)
          .map(({ name, ...count }) => lineOf(nameOf(name), count))
          .join('\n'),
        texts: texts.map(({ id, text, toldAt }) => ({ id, text: shorten(text), at: formatInstant(toldAt, viewer) })),
        pages: last > 0 ? `第${page + 1}页，共${last + 1}页` : '',
        previous: page - 1,
        next: page < last ? page + 1 : -1,
      };
    },
  });
}

function lineOf(name: string, { week, month }: Omit<Count, 'name'>): string {
  return `${name}：近7天${week}次，近30天${month}次`;
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > LONGEST_SHOWN ? `${characters.slice(0, LONGEST_SHOWN).join('')}…` : text;
}
