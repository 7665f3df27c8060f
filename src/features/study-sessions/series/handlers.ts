/** What happens to a series: drafted, confirmed, changed, one month skipped, stopped; and its reminders. */

import { DAY_MS } from '../../../basics/durations.ts';
import { AppError, Outdated } from '../../../basics/errors.ts';
import { formatDay, formatInstant } from '../../../calendar/format.ts';
import { type PersonTurn, type PressTurn, type Reply, refuse, type Turn, type Typed } from '../../../feature.ts';
import { findScopedHolders } from '../../../people/find-holders.ts';
import { listen, sayUnused } from '../../../reading/listen.ts';
import { pickDayOfMonth, pickLead } from '../../../reading/pick/pick-amounts.ts';
import { pickTerms, pickTopic } from '../../../reading/pick/pick-words.ts';
import { findOwnHolders } from '../branches.ts';
import { ALL_BRANCHES, MAX_TOPIC_CHARACTERS, seriesForm } from '../forms.ts';
import { type Holder, SessionKind } from '../kinds.ts';
import type { Month } from '../months.ts';
import * as queries from './queries.ts';
import { findSeriesGaps, nextReminder, objectToSeries, occurrenceIn, type SeriesDraft } from './rules.ts';

const EMPTY: SeriesDraft = { kind: null, topic: '', dayOfMonth: null, branchId: null, leadDays: 7, shift: 'before' };
const LIVE_MS = 14 * DAY_MS;
const END_OF_WORK = '18:00';

/** 每月10日提醒各支部开展主题党日, or 新建定期提醒: a draft with what was understood, shown to its writer only. */
export async function draftSeries(turn: PersonTurn, { text, reading }: Typed): Promise<Reply | undefined> {
  const listening = listen(reading);
  const { take } = listening;
  const [kind, ...kinds] = take(pickTerms(reading, 'session-kind')) ?? [];
  listening.use(...reading.of('audience'), ...reading.of('place'));
  const places = [
    ...reading.of('audience').flatMap(({ audience }) => audience.places),
    ...reading.of('place').flatMap((slot) => slot.places),
  ];
  const named = places.find((place) => place.kind === 'branch');
  const draft: SeriesDraft = {
    ...EMPTY,
    kind: (kinds.length === 0 && SessionKind.safeParse(kind).data) || null,
    topic: take(pickTopic(reading))?.slice(0, MAX_TOPIC_CHARACTERS) ?? '',
    dayOfMonth: take(pickDayOfMonth(reading)),
    leadDays: take(pickLead(reading)) ?? EMPTY.leadDays,
    shift: /顺延|往后|推后|改到(?:之)?后/u.test(text) ? 'after' : EMPTY.shift,
    branchId: named?.id ?? (await ownDefault(turn, text)),
  };
  await requireTarget(turn, draft.branchId);
  const objection = objectToSeries(draft);
  if (objection) throw new AppError('a series was objected to', objection);
  const id = await queries.createSeries(turn.db, draft, turn.who.id, turn.now);
  await turn.deliver({ key: `series:${id}`, to: { person: turn.who.id }, card: 'series', ref: id, push: 'answer' });
  const unused = sayUnused(listening.left(), '请在卡片上核对。');
  return unused ? refuse(unused) : undefined;
}

/** 定期提醒: the series that run and that this person may change. */
export async function showSeries(turn: PersonTurn): Promise<Reply | undefined> {
  const own = (await findOwnHolders(turn.db, turn.who, 'sessions.plan')).flatMap(({ id }) => (id === null ? [] : [id]));
  const isOffice = turn.may('sessions.plan', 'detachment');
  const found = (await queries.findActiveSeries(turn.db, isOffice ? 'all' : own)).filter(
    ({ branchId }) => isOffice || branchId !== null,
  );
  if (found.length === 0) return { toast: '现在没有定期提醒。可以这样写：每月10日提醒本支部开展主题党日' };
  await turn.deliver(
    ...found.slice(-10).map(({ id }) => ({
      key: `series:${id}:${turn.eventId}`,
      to: { person: turn.who.id },
      card: 'series',
      ref: id,
      push: 'answer' as const,
    })),
  );
  return undefined;
}

/** The form of a draft, or of a running series that is being changed. */
export async function fillSeries(turn: PressTurn): Promise<Reply> {
  const row = await readSeriesIn(turn, ['draft', 'active']);
  const { branch, topic = '', ...said } = seriesForm.read(turn.form);
  const draft: SeriesDraft = { ...said, topic, branchId: branch === ALL_BRANCHES ? null : branch };
  await requireTarget(turn, draft.branchId);
  if (!(await queries.updateSeries(turn.db, row.id, draft))) throw outdated();
  if (row.state === 'draft') return { toast: '请核对接下来三次的日期，再确认。' };
  const moved = await moveReminded(turn, row.id);
  const next = await planNext(turn, row.id);
  await refreshSeries(turn, row.id);
  if (!next || !moved.includes(next.month)) return { toast: '已修改，已发出的提醒会随之更新。', kind: 'success' };
  const when = next.at <= turn.now ? '马上' : formatInstant(next.at, turn);
  return { toast: `已修改。这一次改为${formatDay(next.day, turn)}，${when}再提醒支部书记。`, kind: 'success' };
}

/** 确认: from now on it recurs. */
export async function confirmSeries(turn: PressTurn): Promise<Reply> {
  const row = await readSeriesIn(turn, ['draft']);
  const draft = queries.seriesDraftOf(row);
  if (findSeriesGaps(draft).length > 0 || objectToSeries(draft))
    return { toast: '还有内容没有填，请按“修改”补上。', kind: 'warning' };
  if (!(await queries.moveSeries(turn.db, row.id, 'draft', 'active'))) throw outdated();
  const next = await planNext(turn, row.id);
  const when = next && (next.at <= turn.now ? '，马上提醒' : `，${formatInstant(next.at, turn)}提醒`);
  return {
    toast: next ? `已设好。下一次是${formatDay(next.day, turn)}${when}支部书记。` : '已设好。',
    kind: 'success',
  };
}

/** 修改: the card becomes the form, with everything filled in. */
export async function editSeries(turn: PressTurn): Promise<Reply> {
  const row = await readSeriesIn(turn, ['draft', 'active']);
  await queries.setSeriesEditor(turn.db, row.id, turn.who.id);
  return { toast: '请修改后提交。' };
}

/** 取消 on a draft. */
export async function cancelSeries(turn: PressTurn): Promise<Reply> {
  const row = await readSeriesIn(turn, ['draft']);
  if (!(await queries.moveSeries(turn.db, row.id, 'draft', 'cancelled'))) throw outdated();
  return { toast: '已取消，没有提醒任何人。' };
}

/** 停止: no further reminders; the reminders that are out say so. */
export async function stopSeries(turn: PressTurn): Promise<Reply> {
  const row = await readSeriesIn(turn, ['active']);
  if (!(await queries.moveSeries(turn.db, row.id, 'active', 'stopped'))) throw outdated();
  await turn.cancel(`remind:${row.id}`);
  await refreshSeries(turn, row.id);
  return { toast: '已停止，以后不再提醒。' };
}

/** 跳过 a month, or 恢复 it. */
export async function skipMonth(turn: PressTurn, { month }: { month: Month }): Promise<Reply> {
  const row = await readSeriesIn(turn, ['active']);
  const isSkipped = !row.skippedMonths.includes(month);
  await queries.setSkipped(turn.db, row, month, isSkipped);
  await planNext(turn, row.id);
  await refreshSeries(turn, row.id);
  const { day } = occurrenceIn(month, queries.runningOf(row), turn.calendar);
  return { toast: isSkipped ? `${formatDay(day, turn)}这一次已跳过。` : `${formatDay(day, turn)}这一次已恢复。` };
}

/** The timer says it is time: every branch's secretary hears of the occurrence, and the next timer is set. */
export async function remindOfSeries(
  turn: Turn,
  { series: id, month }: { series: string; month: Month },
): Promise<void> {
  const row = await queries.holdSeries(turn.db, id);
  if (row?.state !== 'active') return;
  const occurrence = occurrenceIn(month, queries.runningOf(row), turn.calendar);
  const isStillMeant = month > row.remindedMonth && !row.skippedMonths.includes(month);
  const today = turn.calendar.dayOf(turn.now);
  if (isStillMeant && occurrence.day >= today) {
    const dueAt = turn.calendar.at(occurrence.day, END_OF_WORK);
    const secretaries = (await findScopedHolders(turn.db, 'secretary', turn.now)).filter(
      ({ scopeId }) => row.branchId === null || row.branchId === scopeId,
    );
    const branches = [...new Set(secretaries.map(({ scopeId }) => scopeId))];
    const kept = await queries.keepOccurrences(turn.db, id, occurrence, dueAt, branches);
    await turn.deliver(
      ...secretaries.flatMap(({ scopeId, id: person }) => {
        const part = kept.find((one) => one.branchId === scopeId);
        if (!part) return [];
        return [
          {
            // A reminder belongs to its day: when that is changed, or changed back later, the same people are reminded again.
            key: `occurrence:${part.id}:${person}:${occurrence.day}:${today}`,
            to: { person },
            card: 'occurrence',
            ref: part.id,
            push: 'quiet' as const,
            notAfter: dueAt,
          },
        ];
      }),
    );
  }
  await planNext(turn, id);
}

/** Sets the one timer of a series to its next reminder, or takes it back. A reminder whose time has passed goes at once. */
async function planNext(turn: Turn, id: string) {
  const row = await queries.findSeries(turn.db, id);
  const next =
    row?.state === 'active' && nextReminder(queries.runningOf(row), turn.calendar.dayOf(turn.now), turn.calendar);
  if (!next) {
    await turn.cancel(`remind:${id}`);
    return undefined;
  }
  await turn.later('remind', { series: id, month: next.month }, { at: next.at, key: `remind:${id}` });
  return next;
}

/**
 * What people were reminded of and is still ahead moves with a change: their cards show the new day, and they are reminded of it as of
 * any other. Gives the months that were moved.
 */
async function moveReminded(turn: Turn, id: string): Promise<Month[]> {
  const row = await queries.findSeries(turn.db, id);
  const moved: Month[] = [];
  if (!row) return moved;
  for (const month of await queries.findMonthsAhead(turn.db, id, turn.now)) {
    const { day } = occurrenceIn(month, queries.runningOf(row), turn.calendar);
    if (day < turn.calendar.dayOf(turn.now)) continue;
    const dueAt = turn.calendar.at(day, END_OF_WORK);
    if (await queries.moveOccurrences(turn.db, id, month, dueAt, turn.now)) moved.push(month);
  }
  return moved;
}

async function refreshSeries(turn: Turn, id: string): Promise<void> {
  const live = await queries.findLiveOccurrences(turn.db, id, new Date(turn.now.getTime() - LIVE_MS));
  await turn.refresh({ card: 'series', ref: id }, ...live.map((ref) => ({ card: 'occurrence', ref })));
}

/** The series a card is about, held, in one of these states. */
async function readSeriesIn(turn: PressTurn, states: string[]): Promise<queries.StudySeries> {
  const row = await queries.holdSeries(turn.db, turn.pressed.ref);
  if (!row || !states.includes(row.state)) throw outdated();
  return row;
}

/** A secretary speaks to the own branch, the political office to all. */
async function requireTarget(turn: PersonTurn, branchId: Holder): Promise<void> {
  if (turn.may('sessions.plan', queries.targetScope(branchId))) return;
  throw new AppError(
    'a series for somebody else',
    '您只能为自己的支部设定期提醒，没有改动任何内容。请写“本支部”，或联系政治处。',
  );
}

/** Where the sentence names nobody: the own branch of a secretary, every branch for the political office. */
async function ownDefault(turn: PersonTurn, said: string): Promise<Holder> {
  if (turn.may('sessions.plan', 'detachment') || /各(党)?支部|所有支部|全体支部/.test(said)) return null;
  return (await findOwnHolders(turn.db, turn.who, 'sessions.plan')).find(({ id }) => id !== null)?.id ?? null;
}

function outdated(): Outdated {
  return new Outdated('这项定期提醒已经是另一种状态，没有改动任何内容。发送“定期提醒”可以看到现在的安排。');
}
