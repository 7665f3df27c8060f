/** From a nomination to its card: the form with what was kept, then what was handed in. */
import { formatDay, formatInstant } from '../../../calendar/format.ts';
import { type CardVariables, CLOSED, card, type Viewer } from '../../../feature.ts';
import { nameAudience } from '../../../people/audience/audience-words.ts';
import { Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { cutText } from '../checking/statement.ts';
import { findOwnDeeds } from '../deeds/queries.ts';
import { nominationForm } from '../forms.ts';
import { findPosts, findRound, type Round } from '../round/queries.ts';
import { CRITERIA, CRITERION_KEYS, type Criterion } from '../schema.ts';
import { findNominees, MAX_MATCHES } from './find-nominees.ts';
import { findPictures } from './picture-queries.ts';
import { describePerson, findNomination, type Nomination } from './queries.ts';

/** What an option of a select shows of a deed. */
const EXCERPT_CHARACTERS = 40;

/** One person's nomination; only its writer sees it here. */
export const nomination = card({
  ref: Id,
  action: 'self',
  templates: ['nominated'],
  form: nominationForm,
  load: async (db, id, viewer) => {
    const found = await findNomination(db, id);
    const round = found && (await findRound(db, found.roundId));
    if (!found || !round) return undefined;
    if (found.nominatorId !== viewer.person) return CLOSED;
    const isOpen = round.state === 'nominating' && round.nominateUntil > viewer.now;
    if (found.state === 'draft' && isOpen) return form(db, found, round, viewer);
    const nominee = found.nomineeId ? await describePerson(db, found.nomineeId) : { name: '（未选）', unit: '' };
    const post = (await findPosts(db, round.id)).find((one) => one.id === found.postId);
    const word = { draft: '没有提交', submitted: '已提交', withdrawn: '已撤回' }[found.state] ?? '';
    return {
      template: 'nominated',
      title: round.title,
      audience: await nameAudience(db, round.audience),
      nominee: [nominee.name, nominee.unit].filter(Boolean).join(' · '),
      post: post?.name ?? '',
      state: { is: found.state === 'submitted' ? 'done' : 'over', word },
      line: found.state === 'draft' ? '提名已经截止，这份草稿没有提交' : `${word}：${nominee.name}`,
      said: sayCriteria(found),
      ...(await sayPictures(db, found, viewer)),
      until: formatInstant(round.nominateUntil, viewer),
      canWithdraw: found.state === 'submitted' && isOpen,
    };
  },
});

/** What is said under the criteria, each with its name; empty ones are left out. */
export function sayCriteria(said: Record<Criterion, string>): { title: string; text: string }[] {
  return CRITERION_KEYS.filter((key) => said[key] !== '').map((key) => ({ title: CRITERIA[key], text: said[key] }));
}

/** How many there are, and until when more may be sent. */
async function sayPictures(
  db: Reader,
  { id, picturesUntil }: Nomination,
  viewer: Viewer,
): Promise<{ pictures: string; picturesHint: string }> {
  const count = (await findPictures(db, id)).length;
  const isExpecting = picturesUntil !== null && picturesUntil > viewer.now;
  return {
    pictures: count > 0 ? `${count}张` : '',
    picturesHint: isExpecting ? `${formatInstant(picturesUntil, viewer)} 前发到这里的照片，会加到这份提名` : '',
  };
}

async function form(db: Reader, found: Nomination, round: Round, viewer: Viewer): Promise<CardVariables> {
  const matches = found.sought === '' ? [] : await findNominees(db, round, found.sought, found.nominatorId);
  const shown = matches.slice(0, MAX_MATCHES);
  if (found.nomineeId && !shown.some(({ id }) => id === found.nomineeId))
    shown.unshift({ id: found.nomineeId, ...(await describePerson(db, found.nomineeId)) });
  const deeds = found.nomineeId ? await findOwnDeeds(db, found.nomineeId, viewer.now) : [];
  return {
    title: round.title,
    audience: await nameAudience(db, round.audience),
    until: formatInstant(round.nominateUntil, viewer),
    ...(await sayPictures(db, found, viewer)),
    hint: hintOf(found, matches.length),
    holds: { ...found, nominee: found.nomineeId, post: found.postId, deeds: found.deedIds },
    options: {
      nominee: shown.map(({ id, name, unit }) => ({ value: id, text: [name, unit].filter(Boolean).join(' · ') })),
      post: (await findPosts(db, round.id)).map(({ id, name, seats }) => ({
        value: id,
        text: `${name}（${seats}名）`,
      })),
      deeds: deeds.map(({ id, text, doneOn }) => ({
        value: id,
        text: `${formatDay(doneOn, viewer)} ${cutText(text, EXCERPT_CHARACTERS)}`,
      })),
    },
  };
}

function hintOf(found: Nomination, matches: number): string {
  if (found.nomineeId) return '';
  if (found.sought === '') return '先写姓名、拼音或首字母，按“查找”后再选人。';
  if (matches === 0) return '没有找到，请核对后再查找。';
  return matches > MAX_MATCHES ? `找到的人超过${MAX_MATCHES}位，请多写几个字母或汉字。` : `找到${matches}位，请选择。`;
}
