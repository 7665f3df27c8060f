/** What a further sentence does to a matter at hand: a draft is changed or dropped, what is published is shown or put off. */
import { DAY_MS, HOUR_MS } from '../basics/durations.ts';
import { type AtHand, type Command, type PersonTurn, type Reply, refuse, sendCard, type Typed } from '../feature.ts';
import { pickDeadline } from '../reading/pick/pick-when.ts';
import type { Reading } from '../reading/reading.ts';
import type { Kind, Published } from './contract.ts';
import { titleOf } from './digest.ts';
import { readSentence } from './from-reading.ts';
import { nobodyToNudge } from './issuer/manage.ts';
import { countNudges } from './parts.ts';
import * as queries from './queries.ts';

/** So long a further sentence is about a draft. */
const DRAFT_MS = 2 * HOUR_MS;
/** How long after it was issued a further sentence is about what still runs. */
const RECENT_MS = 30 * DAY_MS;

/** 往后推一天, 提前两天, and not 提前一天提醒. */
const MOVES = /往[前后]|延|推|拖|晚|缓|宽限|提前(?!.*提醒)|提早/u;

/** The person's drafts and what they issued that still runs. */
export function atHand<C>(kind: Kind<C>): AtHand {
  return {
    said: kind.said,
    find: async (db, who, at) => {
      const since = { draft: new Date(at.getTime() - DRAFT_MS), running: new Date(at.getTime() - RECENT_MS) };
      const found = await queries.findAtHand(kind, db, who.id, since, kind.endsByItself ? at : null);
      return found.map(({ id: ref, state, content, publishedAt, createdAt }) => ({
        ref,
        is: state === 'draft' ? 'draft' : 'running',
        wish: kind.wish(content),
        title: titleOf(kind, content),
        since: publishedAt ?? createdAt,
      }));
    },
  };
}

/** The commands that answer wishes about what is at hand; they have no words of their own. */
export function followUps<C>(kind: Kind<C>) {
  const { words, actions } = kind;
  const { matter, noun } = words;
  const command = (
    one: Pick<Required<Command>, 'listens' | 'about' | 'handle'>,
    does: string,
    example: string,
  ): Command => ({
    ...{ words: [], action: actions.publish, help: { under: 'send', does, example } },
    ...one,
  });
  return {
    change: command(
      { listens: ['draft.change', 'study.extend'], about: 'draft', handle: (turn, typed) => change(kind, turn, typed) },
      `修改还没${words.publish}的${matter}`,
      '时间改到12月6日18:00',
    ),
    drop: command(
      {
        listens: ['draft.cancelled', 'study.withdraw'],
        about: 'draft',
        handle: (turn, typed) => drop(kind, turn, typed),
      },
      `取消还没${words.publish}的${matter}`,
      '算了不发了',
    ),
    extend: command(
      { listens: ['study.extend'], about: 'running', handle: (turn, typed) => extend(kind, turn, typed) },
      `推迟最近${words.publish}的${matter}`,
      '延期到下周五18:00',
    ),
    'call-off': command(
      {
        listens: ['study.withdraw'],
        about: 'running',
        handle: (turn, typed) => callOff(kind, turn, typed),
      },
      `撤回最近${words.publish}的${matter}`,
      '撤回刚才那个',
    ),
    show: command(
      {
        listens: [...new Set(['study.progress', kind.progressWish])],
        about: 'running',
        handle: (turn, typed) => show(turn, typed, 'progress'),
      },
      `看最近${words.publish}的${noun}办到哪了`,
      '完成多少人了',
    ),
    names: command(
      { listens: ['study.open-list'], about: 'running', handle: (turn, typed) => show(turn, typed, 'names') },
      `看最近${words.publish}的${noun}谁还没办`,
      '谁还没完成',
    ),
    urge: command(
      { listens: ['study.nudge'], about: 'running', handle: (turn, typed) => urge(kind, turn, typed) },
      `${words.nudge}还没办最近${words.publish}的${noun}的人`,
      '催一下还没完成的',
    ),
  } satisfies Record<string, Command>;
}

/** 时间改到周五, 不用写心得了: what a further sentence says takes the place of what the draft said. */
async function change<C>(kind: Kind<C>, turn: PersonTurn, typed: Typed): Promise<Reply | undefined> {
  const found = await holdDraft(kind, turn, typed);
  if (!found) return refuse(`没有找到要修改的草稿。发送“${kind.words.begin}”可以重新写一份。`);
  const before = queries.draftOf(found);
  const said = await readSentence(kind, turn, typed, before);
  const isMoved = MOVES.test(typed.text) && pickDeadline(typed.reading).is === 'none';
  const dueAt = isMoved ? moved(before.dueAt, typed.reading) : null;
  const steps = [...typed.reading.of('lead'), ...typed.reading.of('duration')].map((span) => typed.reading.quote(span));
  const draft = dueAt ? { ...said, dueAt, unused: (said.unused ?? []).filter((one) => !steps.includes(one)) } : said;
  if (!(await queries.updateDraft(kind, turn.db, found.id, draft))) return refuse('这份草稿刚刚已经处理，没有改动。');
  await turn.refresh({ card: 'draft', ref: found.id });
  await sendCard(turn, 'draft', found.id);
  return undefined;
}

/** 算了不发了. */
async function drop<C>(kind: Kind<C>, turn: PersonTurn, typed: Typed): Promise<Reply> {
  const found = await holdDraft(kind, turn, typed);
  if (!found || !(await queries.cancelDraft(turn.db, found.id)))
    return refuse(`没有找到还没${kind.words.publish}的草稿。`);
  await turn.refresh({ card: 'draft', ref: found.id });
  return { toast: '已取消，没有发给任何人。' };
}

/** 延期到周五: the small form with the end that was said. Nothing changes before it is confirmed. */
async function extend<C>(kind: Kind<C>, turn: PersonTurn, { about, reading }: Typed): Promise<Reply | undefined> {
  const { matter, begin, publish } = kind.words;
  const found = about && (await queries.hold(kind, turn.db, about));
  if (!found) return refuse(`最近没有您${publish}的${matter}可以延期。发送“${begin}”可以${publish}。`);
  const due = pickDeadline(reading);
  const dueAt = due.is === 'one' ? due.value.at : due.is === 'none' && found.dueAt ? moved(found.dueAt, reading) : null;
  if (dueAt) await queries.askDue(turn.db, found.id, dueAt);
  await sendCard(turn, 'extend', found.id);
  return undefined;
}

/** 往后拖两天, 提前一天: counted from the end that was set; null where nobody can tell by how much. */
function moved(dueAt: Date | null, reading: Reading): Date | null {
  const sooner = reading.of('lead').map(({ days }) => -days);
  const isSooner = /往前|提早/u.test(reading.plain.text);
  const later = reading.of('duration').flatMap(({ days }) => (days === undefined ? [] : isSooner ? -days : days));
  const [by, ...more] = [...sooner, ...later];
  return dueAt && by && more.length === 0 ? new Date(dueAt.getTime() + by * DAY_MS) : null;
}

/** 撤回刚才那个: nothing is withdrawn before the button is pressed. */
async function callOff<C>(kind: Kind<C>, turn: PersonTurn, { about }: Typed): Promise<Reply | undefined> {
  if (!about) return refuse(`最近没有您${kind.words.publish}的${kind.words.matter}可以撤回。`);
  await sendCard(turn, 'call-off', about);
  return undefined;
}

/** 完成多少人了, 谁还没学: the card that says so. */
async function show(turn: PersonTurn, { about }: Typed, name: 'progress' | 'names'): Promise<undefined> {
  if (about) await sendCard(turn, name, about);
}

/** 催一下: the progress card with the button that does it, and how many it would remind; nobody is reminded before it is pressed. */
async function urge<C>({ words }: Kind<C>, turn: PersonTurn, { about }: Typed): Promise<Reply | undefined> {
  if (!about) return undefined;
  await sendCard(turn, 'progress', about);
  const count = await countNudges(turn.db, about, turn.calendar.dayOf(turn.now));
  return {
    toast:
      count > 0
        ? `还没有${words.nudge}。请按进度卡片上的“${words.nudgeButton}”，将提醒${count}位还没${words.do}的同志。`
        : nobodyToNudge(words),
  };
}

async function holdDraft<C>(kind: Kind<C>, turn: PersonTurn, { about }: Typed): Promise<Published<C> | undefined> {
  const found = about ? await queries.hold(kind, turn.db, about) : undefined;
  return found?.state === 'draft' && found.issuedById === turn.who.id ? found : undefined;
}
