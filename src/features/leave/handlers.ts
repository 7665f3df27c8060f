/** 登记请假 and 销假: leave by a sentence. */
import type { Day } from '../../calendar/calendar.ts';
import { formatDay } from '../../calendar/format.ts';
import {
  type OpenItem,
  type PersonTurn,
  type PressTurn,
  type Reply,
  refuse,
  sendCard,
  type Typed,
  type Viewpoint,
} from '../../feature.ts';
import { findScopedHolders } from '../../people/find-holders.ts';
import { findOne } from '../../people/find-people.ts';
import { findPerson } from '../../people/find-person.ts';
import { may, mayAnywhere } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import { type Listening, listen, sayUnused } from '../../reading/listen.ts';
import { type Days, pickDayHeld, pickDays, pickDeadline, pickEdges } from '../../reading/pick/pick-when.ts';
import { pickPerson } from '../../reading/pick/pick-who.ts';
import type { Reading } from '../../reading/reading.ts';
import type { Reader } from '../../storage/database.ts';
import { AwayRef, FormRef, LeaveRef, OutcomeRef } from './cards.ts';
import { leaveForm } from './forms.ts';
import * as queries from './queries.ts';
import { decideLeave, endLeave, objectToSpan } from './rules.ts';

export const RECORD_EXAMPLE = '登记请假 程立山 11月24日至11月28日';
export const END_EXAMPLE = '销假 程立山';
export const OWN_END_EXAMPLE = '我的假取消了';

/** A unit beside a name only tells who is meant. */
const UNIT = /(?:大队|中队|支队|支部|处|科|室|所)$/u;

/** Words that tell why somebody asks for leave, or whom; none of them is a name. */
const REASON =
  /事|家|病|医|身体|不舒服|复查|检查|孩子|老人|父母|结婚|婚礼|想|需要|因|搬|探亲|批准|审批|领导|安排|回|登记|报备|知悉|取消|销|上班|照常/u;

/** Who, from when until when: shown to be confirmed; where something is missing or was not understood, a form with the rest. */
export async function recordLeave(turn: PersonTurn, { reading }: Typed): Promise<Reply | undefined> {
  const listening = listen(reading);
  const named = pickPerson(reading);
  const person =
    listening.take(named)?.id ?? (named.is === 'none' && isAboutWriter(turn, reading) ? turn.who.id : null);
  const span = listening.take(pickDays(reading));
  listening.use(...reading.of('audience'), ...reading.of('place'));
  const strangers = person
    ? []
    : reading.residue.filter(couldBeName).map((one) => `${reading.quote(one)}（没有找到这个人）`);
  const left = [...strangers, ...listening.left().filter((said) => !UNIT.test(said))];
  if (person && span && left.length === 0) return proposeLeave(turn, person, span);
  // A date that nothing explains may be the other end.
  const isWhole = !reading.residue.some(({ matters }) => matters === 'date' || matters === 'number');
  const { firstDay = '', lastDay = '' } = span && isWhole ? span : pickEdges(reading);
  await sendCard(turn, 'form', FormRef.write({ firstDay, lastDay, person: person ?? '', writer: turn.who.id }));
  return left.length > 0 ? refuse(sayUnused(left, '请在卡片上填好。')) : undefined;
}

/** 下一步 on the form. */
export async function fillLeave(turn: PressTurn): Promise<Reply> {
  const { person, ...span } = leaveForm.read(turn.form);
  const match = await findOne(turn.db, person);
  if ('unclear' in match) return refuse(match.unclear);
  return (await proposeLeave(turn, match.person.id, span)) ?? { toast: '请核对后确认登记。', kind: 'success' };
}

/** The preview, or for whoever may not record their own leave the question to their secretary. */
async function proposeLeave(turn: PersonTurn, person: string, span: Days): Promise<Reply | undefined> {
  const objection = objectToLeave(turn, span);
  if (objection) return refuse(objection);
  const ref = LeaveRef.write({ ...span, person });
  if (person === turn.who.id && !turn.may('leave.record', { branchId: turn.who.branchId }))
    return askSecretary(turn, ref, span);
  const found = await findOwnPerson(turn, person);
  if ('toast' in found) return found;
  await sendCard(turn, 'preview', ref);
  return undefined;
}

function couldBeName({ text }: { text: string }): boolean {
  return /\p{Script=Han}{2}/u.test(text) && !REASON.test(text);
}

/** 明天家里有事，想请个假: where nobody is named and no word could be a name, people speak of themselves. */
function isAboutWriter(turn: PersonTurn, { residue, slots }: Reading): boolean {
  const saysWhen = slots.some(({ kind }) => kind === 'when' || kind === 'period' || kind === 'duration');
  return !residue.some(couldBeName) && (saysWhen || !mayAnywhere(turn.who, 'leave.record'));
}

/** Who may not record their own leave asks whoever may: nothing is booked before that person confirms it. */
async function askSecretary(turn: PersonTurn, ref: string, { firstDay, lastDay }: Days): Promise<Reply> {
  const secretaries = await findScopedHolders(turn.db, 'secretary', turn.now);
  const people = secretaries.filter(({ scopeId }) => scopeId === turn.who.branchId).map(({ id }) => id);
  if (people.length === 0) return refuse('您的支部还没有支部书记，请联系政治处登记休假。');
  await queries.askForLeave(turn.db, { personId: turn.who.id, firstDay, lastDay }, turn.now);
  await turn.deliver(
    ...people.map((person) => ({
      ...{ key: `preview:${ref}:${turn.eventId}:${person}`, to: { person }, card: 'preview', ref },
      push: 'work' as const,
      gathers: true,
    })),
  );
  const when = `${turn.who.name}从${formatDay(firstDay, turn)}到${formatDay(lastDay, turn)}休假`;
  return { toast: `${when}，已转给支部书记，确认后才算登记。请同时按规定办理请假手续。`, kind: 'success' };
}

/** 谁在休假, on the day or days that are said, else today. */
export async function showLeaves(turn: PersonTurn, { reading }: Typed): Promise<Reply | undefined> {
  const said = pickDays(reading);
  // 明天下午谁请假: the day, whatever the hour.
  const at = pickDeadline(reading);
  if (said.is === 'unclear' && at.is !== 'one') return refuse('日期没有看懂，请写一个日期，例如：明天谁休假');
  const day = at.is === 'one' ? at.value.day : turn.calendar.dayOf(turn.saidAt);
  await sendCard(turn, 'away', AwayRef.write(said.is === 'one' ? said.value : { firstDay: day, lastDay: day }));
  return undefined;
}

/** 确认登记. Said again with the same first day, the last day is corrected. */
export async function confirmLeave(turn: PressTurn): Promise<Reply> {
  const { person, ...span } = LeaveRef.parse(turn.pressed.ref);
  const objection = objectToLeave(turn, span);
  if (objection) return refuse(objection);
  const found = await findOwnPerson(turn, person);
  if ('toast' in found) return found;
  const { firstDay, lastDay } = span;
  await queries.lockLeave(turn.db);
  if (await queries.isTakenBack(turn.db, { personId: found.id, ...span }))
    return refuse(`${found.name}已经撤回这份请假申请，没有登记。`);
  const decision = decideLeave(await queries.findLeaves(turn.db, [found.id]), span);
  if (decision.is === 'overlap') {
    const known = `${formatDay(decision.with.firstDay, turn)}到${formatDay(decision.with.lastDay, turn)}`;
    return refuse(`${found.name}已登记${known}休假，日期有重叠，没有登记。要改，请先发送“销假 ${found.name}”。`);
  }
  const isAsked = await queries.isAskedFor(turn.db, { personId: found.id, ...span });
  await queries.writeLeaves(turn.db, [{ personId: found.id, ...span }], turn.now);
  if (isAsked) await tellOutcome(turn, found.id, span);
  await turn.refresh({ card: 'preview', ref: turn.pressed.ref });
  return {
    toast: `已登记：${found.name}从${formatDay(firstDay, turn)}到${formatDay(lastDay, turn)}休假，期间不提醒。`,
    kind: 'success',
  };
}

/** Whoever asked hears what became of it, from whoever decided. */
async function tellOutcome(turn: PressTurn, person: string, span: Days): Promise<void> {
  const ref = OutcomeRef.write({ ...span, person, by: turn.who.id });
  await turn.deliver({ key: `outcome:${ref}:${turn.eventId}`, to: { person }, card: 'outcome', ref, push: 'work' });
}

/** 不登记: the request leaves 今天, and its sender hears of it. */
export async function declineLeave(turn: PressTurn): Promise<Reply> {
  const { person, ...span } = LeaveRef.parse(turn.pressed.ref);
  if (!(await queries.declineLeave(turn.db, { personId: person, ...span })))
    return refuse('这份请假已经处理过，没有改动。');
  await tellOutcome(turn, person, span);
  await turn.refresh({ card: 'preview', ref: turn.pressed.ref });
  return { toast: '没有登记，已从“今天”里去掉，会告诉本人。' };
}

/** 去办理 on 今天. */
export async function openRequest(turn: PressTurn, { ref }: { ref: string }): Promise<Reply> {
  const { person, ...span } = LeaveRef.parse(ref);
  const found = await findOwnPerson(turn, person);
  if ('toast' in found) return found;
  if (!(await queries.isAskedFor(turn.db, { personId: person, ...span })))
    return refuse('这份请假已经处理过，不用再办。');
  await sendCard(turn, 'preview', ref);
  return { toast: '请在新卡片上核对后确认登记。' };
}

/** What the people of the own branch have asked for: leaders are not asked. */
export async function findTodayItems(db: Reader, who: Person, { now, calendar }: Viewpoint): Promise<OpenItem[]> {
  if (!mayAnywhere(who, 'leave.record')) return [];
  const asked = await queries.findRequests(db, calendar.dayOf(now));
  const own = asked.filter(({ personId, branchId }) => personId !== who.id && may(who, 'leave.record', { branchId }));
  return own.map(({ personId, firstDay, lastDay, name }) => ({
    title: `确认${name}的休假`,
    open: { button: 'leave/open-request', value: { ref: LeaveRef.write({ firstDay, lastDay, person: personId }) } },
  }));
}

function objectToLeave(turn: PersonTurn, span: Days): string | undefined {
  if (span.lastDay < span.firstDay) return '最后一天早于第一天，没有登记。请核对日期。';
  if (span.lastDay < turn.calendar.dayOf(turn.now)) return '休假已经结束，没有登记。请核对日期。';
  const objection = objectToSpan(span);
  return objection && `${objection}，没有登记。`;
}

/**
 * Back at work from today on, or from the day that is said: the leave ends the day before, or is called off if it had not begun. Everybody
 * may end their own, and take back a request that nobody has confirmed.
 */
export async function endLeaveOf(turn: PersonTurn, { rest, reading }: Typed): Promise<Reply> {
  const listening = listen(reading);
  const person = pickPerson(reading);
  const { day, isOfLeave } = readBack(turn, listening, reading);
  const isOwn = person.is === 'none' ? !mayAnywhere(turn.who, 'leave.record') : isWriter(turn, person);
  if (!isOwn && person.is !== 'one' && rest.trim() === '') return refuse(`请写上姓名，例如：${END_EXAMPLE}`);
  listening.take(person);
  listening.use(...reading.of('audience'), ...reading.of('place'));
  const strangers = isOwn ? reading.residue.filter(couldBeName).map((one) => reading.quote(one)) : [];
  const left = [...strangers, ...listening.left().filter((one) => !UNIT.test(one))];
  if (left.length > 0) return refuse(sayUnused(left, `没有销假。请写清从哪天起回来，例如：${END_EXAMPLE} 12月9日`));
  const found = isOwn ? turn.who : await findOwnPerson(turn, person.is === 'one' ? person.value.id : rest);
  if ('toast' in found) return found;
  await queries.lockLeave(turn.db);
  const leaves = await queries.findLeaves(turn.db, [found.id]);
  const end = endLeave(isOfLeave ? leaves.filter((one) => one.firstDay <= day && day <= one.lastDay) : leaves, day);
  const request =
    !end && isOwn ? await queries.takeBackRequest(turn.db, found.id, day, isOfLeave, turn.now) : undefined;
  if (request) {
    await turn.refresh({ card: 'preview', ref: LeaveRef.write({ ...request, person: found.id }) });
    return {
      toast: `已销假：${formatDay(request.firstDay, turn)}起的请假申请已撤回，支部书记不用再确认。`,
      kind: 'success',
    };
  }
  if (!end) return refuse(`${found.name}在${formatDay(day, turn)}或以后没有休假，不用销假。`);
  if (end.lastDay === null) await queries.deleteLeave(turn.db, found.id, end.firstDay, turn.now);
  else await queries.writeLeaves(turn.db, [{ ...end, lastDay: end.lastDay, personId: found.id }], turn.now);
  const what =
    end.lastDay === null
      ? `${formatDay(end.firstDay, turn)}开始的休假已取消`
      : `休假到${formatDay(end.lastDay, turn)}为止`;
  return { toast: `已销假：${found.name}${what}。`, kind: 'success' };
}

/**
 * From which day on somebody is back: 12月9日回来, else today. 21号的假我不休了, 12月7日到9日的假取消了 speak of the leave of these days, which is to be called
 * off from its first day on.
 */
function readBack(turn: PersonTurn, { take }: Listening, reading: Reading): { day: Day; isOfLeave: boolean } {
  const [date] = reading.of('when');
  const isOfLeave = date !== undefined && OF_LEAVE.test(reading.plain.text.slice(date.end));
  const back = isOfLeave ? null : take(pickDayHeld(reading, '9999-12-31'));
  const days = back ? null : take(pickDays(reading));
  return { day: back ?? days?.firstDay ?? turn.calendar.dayOf(turn.saidAt), isOfLeave: days !== null };
}

/** What follows the days of a leave. */
const OF_LEAVE = /^的?[^,。]{0,3}假|^[^,。]{0,3}不(?:休|请)/u;

function isWriter(turn: PersonTurn, person: ReturnType<typeof pickPerson>): boolean {
  return person.is === 'one' && person.value.id === turn.who.id;
}

/** The one person meant, if they are the writer's to record; else the sentence that says why not. */
async function findOwnPerson(turn: PersonTurn, typed: string): Promise<Person | Reply> {
  const match = await findOne(turn.db, typed);
  if ('unclear' in match) return refuse(match.unclear);
  const person = await findPerson(turn.db, match.person.id, turn.now);
  const place = person && (await queries.findPlace(turn.db, person.id));
  if (person && place && turn.may('leave.record', place)) return person;
  return refuse('您只能登记本支部或本单位的人，没有登记。');
}
