/** What happens to a session: its form opened, recorded, corrected, deleted. */

import { Outdated } from '../../../basics/errors.ts';
import { formatDay } from '../../../calendar/format.ts';
import { type PersonTurn, type PressTurn, type Reply, refuse, sendCard, type Typed } from '../../../feature.ts';
import { listen, sayUnused } from '../../../reading/listen.ts';
import { pickAttendees } from '../../../reading/pick/pick-amounts.ts';
import { pickDayHeld } from '../../../reading/pick/pick-when.ts';
import { pickPersonBy } from '../../../reading/pick/pick-who.ts';
import { pickTerms, pickTopic } from '../../../reading/pick/pick-words.ts';
import type { Reading } from '../../../reading/reading.ts';
import { findOwnHolders, namePerson, requireHolder } from '../branches.ts';
import { MAX_TOPIC_CHARACTERS } from '../forms.ts';
import { type Holder, nameKind, SessionKind } from '../kinds.ts';
import { refreshAround } from '../refresh-around.ts';
import * as seriesQueries from '../series/queries.ts';
import * as queries from './queries.ts';
import { readSession } from './rules.ts';

/** 登记学习: an empty form, with the writer's only branch and today filled in. */
export async function openNew(turn: PersonTurn, { reading }: Typed): Promise<Reply | undefined> {
  const own = await findOwnHolders(turn.db, turn.who, 'sessions.record');
  const listening = listen(reading);
  const { take } = listening;
  const places = [
    ...reading.of('place').flatMap((slot) => slot.places),
    ...reading.of('audience').flatMap(({ audience }) => audience.places),
  ];
  listening.use(...reading.of('audience'), ...reading.of('place'), ...reading.of('title'));
  const named = own.find(({ id }) => places.some((place) => place.kind === 'branch' && place.id === id));
  const usual = own.length === 1 ? own[0] : own.find(({ id }) => id !== null && id === turn.who.branchId);
  const holder = named ?? (places.some(({ kind }) => kind === 'branch') ? undefined : usual);
  const today = turn.calendar.dayOf(turn.now);
  const held = pickDayHeld(reading, today);
  // What is still to come was not held: the day is asked for, and shown as not used.
  // Also 今天下午四点我们要开会, said before noon; but not what is said to have been.
  const isLater = reading
    .of('when')
    .some((slot) => slot.moments[0] && slot.moments[0].at > turn.now && /[点时:]/u.test(reading.quote(slot)));
  const isAhead = held.is === 'one' && (held.value > today || (isLater && !/[了过完]/u.test(reading.plain.text)));
  const saysWhen = reading.of('when').length + reading.of('period').length > 0;
  const [kind, ...kinds] = mainKinds(reading, take(pickTerms(reading, 'session-kind')) ?? []);
  await openForm(turn, {
    ...(holder && { branchId: holder.id }),
    kind: kinds.length === 0 ? SessionKind.safeParse(kind).data : undefined,
    // Today stands only where no day was said.
    heldOn: held.is === 'none' && !saysWhen ? today : isAhead ? undefined : (take(held) ?? undefined),
    topic: take(pickTopic(reading, { orLeftover: true }))?.slice(0, MAX_TOPIC_CHARACTERS) ?? '',
    host:
      take(pickPersonBy(reading, /主持/u)) ??
      take(pickPersonBy(reading, /主讲|讲课|授课/u)) ??
      (/我(?:来|负责)?主持/u.test(reading.plain.text) ? turn.who.name : ''),
    attendees: take(pickAttendees(reading)),
  });
  const unused = sayUnused(listening.left(), isAhead ? '还没开的会，开完再登记。' : '需要的话请在登记表里填上。');
  return unused ? refuse(unused) : undefined;
}

/** 登记中心组学习，专题研讨平安建设: of several kinds those that stand with the word are meant, the others say what it was about. */
function mainKinds({ plain: { text }, of }: Reading, all: string[]): string[] {
  if (all.length < 2) return all;
  const named = of('term').filter((term) => {
    if (term.of !== 'session-kind') return false;
    return (
      /(?:登记|补[登录记])(?:一下|下)?\s*[:,]?\s*$/u.test(text.slice(0, term.start)) ||
      /^\s*(?:登记|补[登录记])/u.test(text.slice(term.end))
    );
  });
  return named.length > 0 ? [...new Set(named.map(({ value }) => value))] : all;
}

/** 登记学习 on another card: the form with what that card was about. */
export async function openNewFor(
  turn: PressTurn,
  { holder, kind }: { holder?: Holder | undefined; kind?: SessionKind | undefined },
): Promise<Reply> {
  if (holder !== undefined) await requireHolder(turn, 'sessions.record', holder);
  const usual = kind ?? (holder === null ? 'theory-study-center-group' : undefined);
  const heldOn = turn.calendar.dayOf(turn.now);
  await openForm(turn, { ...(holder !== undefined && { branchId: holder }), kind: usual, heldOn });
  return { toast: '登记表已发给您。' };
}

/** 登记学习 on a reminder of a series: the form with its kind, branch and topic; its day, once that has come. */
export async function openNewForOccurrence(
  turn: PressTurn,
  { occurrence: id }: { occurrence: string },
): Promise<Reply> {
  const occurrence = await seriesQueries.findOccurrence(turn.db, id);
  if (!occurrence) throw new Outdated('这次安排已经没有了，不用再办。');
  await requireHolder(turn, 'sessions.record', occurrence.branchId);
  const today = turn.calendar.dayOf(turn.now);
  const day = turn.calendar.dayOf(occurrence.dueAt);
  const { kind, topic } = seriesQueries.seriesDraftOf(occurrence.series);
  await openForm(turn, {
    branchId: occurrence.branchId,
    kind: kind ?? undefined,
    topic,
    heldOn: day < today ? day : today,
  });
  return { toast: '登记表已发给您。' };
}

/** The filled-in form: recorded, or told what is missing, or that it stands in the ledger already. */
export async function submitSession(turn: PressTurn): Promise<Reply> {
  const row = await queries.holdSession(turn.db, turn.pressed.ref);
  if (!row || row.state === 'deleted') throw new Outdated('这条登记已经删除，没有改动任何内容。');
  const isCorrection = row.state === 'recorded';
  if (isCorrection && row.editingById !== turn.who.id) throw new Outdated('这次学习已经登记好了，不用再按。');
  const session = readSession(turn.form, turn.calendar.dayOf(turn.now));
  const holder = await requireHolder(turn, 'sessions.record', session.branchId);
  const same = await queries.findSame(turn.db, row.id, session);
  if (same) return refuse(await tellSame(turn, same));
  if (isCorrection) await queries.correctSession(turn.db, row, session, turn.who.id, turn.now);
  else if (!(await queries.recordSession(turn.db, row.id, session, turn.now)))
    throw new Outdated('这次学习已经登记好了，不用再按。');
  await refreshAround(turn, [row.id], [session, ...(isCorrection ? [queries.sessionOf(row)] : [])]);
  const what = `${formatDay(session.heldOn, turn)}${nameKind(session.kind)}`;
  return { toast: isCorrection ? `已更正：${what}。` : `已登记：${holder.name}${what}。`, kind: 'success' };
}

/** 更正: the card becomes the form, with everything filled in. */
export async function editSession(turn: PressTurn): Promise<Reply> {
  const row = await readRecorded(turn);
  if (!(await queries.openEditor(turn.db, row.id, turn.who.id))) throw deleted();
  return { toast: '请修改后提交，原来的内容会保留在修改记录里。' };
}

/** 不改了, or 取消 on a form that was never submitted: what somebody else is correcting stays open. */
export async function closeForm(turn: PressTurn): Promise<Reply> {
  await queries.closeEditor(turn.db, turn.pressed.ref, turn.who.id);
  return { toast: '没有改动任何内容。' };
}

/** 删除: out of the ledger and every count; kept for whoever asks what stood there. */
export async function deleteSession(turn: PressTurn): Promise<Reply> {
  const row = await readRecorded(turn);
  if (!(await queries.deleteSession(turn.db, row, turn.who.id, turn.now))) throw deleted();
  await refreshAround(turn, [row.id], [queries.sessionOf(row)]);
  return { toast: '已从台账删除。' };
}

/** 查看 on a row: the session's own card. */
export async function openSession(turn: PressTurn, { session: id }: { session: string }): Promise<Reply> {
  const row = await queries.findSession(turn.db, id);
  if (!row || row.state === 'draft') throw new Outdated('没有这条登记，请重新发送“学习台账”。');
  await requireHolder(turn, 'sessions.watch', row.branchId);
  await queries.closeEditor(turn.db, id, turn.who.id);
  await sendCard(turn, 'session', id);
  return { toast: '这次学习的登记已发给您。' };
}

async function openForm(turn: PersonTurn, prefill: queries.Prefill): Promise<void> {
  const id = await queries.createDraft(turn.db, prefill, turn.who.id, turn.now);
  await turn.deliver({ key: `session:${id}`, to: { person: turn.who.id }, card: 'session', ref: id, push: 'answer' });
}

/** The recorded session a card is about, held. */
async function readRecorded(turn: PressTurn): Promise<queries.StudySession> {
  const row = await queries.holdSession(turn.db, turn.pressed.ref);
  if (row?.state !== 'recorded') throw deleted();
  return row;
}

function deleted(): Outdated {
  return new Outdated('这条登记已经删除，没有改动任何内容。');
}

async function tellSame(turn: PersonTurn, same: queries.StudySession): Promise<string> {
  const by = await namePerson(turn.db, same.enteredById);
  const day = formatDay(queries.dayOf(same.heldOn), turn);
  return `${day}的这次${nameKind(same.kind)}已由${by}登记过，没有重复登记。要修改请发送“学习台账”，打开这一次后按“更正”。`;
}
