/** What happens to a round as a whole: opened by the timetable or by hand, planned, confirmed, put off, moved on, cancelled. */

import { DAY_MS } from '../../../basics/durations.ts';
import { Outdated } from '../../../basics/errors.ts';
import { formatInstant } from '../../../calendar/format.ts';
import {
  type PersonTurn,
  type PressTurn,
  type Reply,
  refuse,
  sendCard,
  type Turn,
  type Typed,
} from '../../../feature.ts';
import { wholeOf } from '../../../people/audience/audience.ts';
import { refuseForeignAudience } from '../../../people/audience/audience-reach.ts';
import { listen, sayUnused } from '../../../reading/listen.ts';
import { pickDateBy } from '../../../reading/pick/pick-when.ts';
import { enterRound, organisersOf, refreshRound } from '../actors.ts';
import { findProposed } from '../checking/queries.ts';
import { planForm, rescheduleForm, roundForm } from '../forms.ts';
import { hasOpenObjection } from '../notice/objections.ts';
import { DUE_FIELD, dueOnEntry, fitPlan, isTimed, objectToPlan, type Plan, proposePlan, shiftPlan } from './plan.ts';
import { readPosts, USUAL_POSTS } from './posts.ts';
import * as queries from './queries.ts';
import { beginStep, endWithoutStar, setTimer } from './steps.ts';

const YEAR_MS = 366 * DAY_MS;

/**
 * The timetable opens this month's round, once, however late its tick is caught up, as a draft for the political office: nothing is
 * announced before somebody has looked at posts and dates. Drafts that nobody confirmed are put away: last month's, and those by hand
 * whose nominations would be over.
 */
export async function openMonth(turn: Turn): Promise<void> {
  const day = turn.calendar.dayOf(turn.now);
  await turn.db.sql`
    UPDATE star_round SET state = 'cancelled', "cancelReason" = '没有确认'
    WHERE state = 'draft' AND ("tickMonth" < ${day.slice(0, 7)} OR "tickMonth" IS NULL AND "nominateUntil" <= ${turn.now})`;
  const plan = proposePlan(turn.now, turn.calendar);
  const audience = wholeOf({ kind: 'detachment', id: null }, 'everyone');
  const round = { title: queries.titleOf(day), tickMonth: day.slice(0, 7), audience, ...plan };
  const id = await queries.createRound(turn.db, round, USUAL_POSTS, turn.now);
  const draft = id && (await queries.findRound(turn.db, id));
  if (!draft) return;
  for (const person of await organisersOf(turn.db, draft, turn.now)) await giveRound(turn, draft.id, person, 'quiet');
}

/** 发起每月一星: a draft of one's own, for the branch of a secretary or the whole detachment. */
export async function openRound(turn: PersonTurn, { reading }: Typed): Promise<Reply | undefined> {
  const isOffice = turn.may('star.organise', 'detachment');
  const branch = isOffice ? null : turn.who.branchId;
  const audience = wholeOf(branch ? { kind: 'branch', id: branch } : { kind: 'detachment', id: null }, 'everyone');
  await refuseForeignAudience(turn, 'star.organise', audience);
  const listening = listen(reading);
  const nominateUntil = listening.take(pickDateBy(reading, /提名|推荐|推(?=到|选|人选)/u))?.at;
  const voteUntil = listening.take(pickDateBy(reading, /投票|投完|投(?=到)/u))?.at;
  const said = { ...(nominateUntil && { nominateUntil }), ...(voteUntil && { voteUntil }) };
  const plan = fitPlan(proposePlan(turn.now, turn.calendar), said, turn.calendar);
  const title = queries.titleOf(turn.calendar.dayOf(turn.now));
  const round = { title, tickMonth: null, audience, ...plan };
  const id = await queries.createRound(turn.db, round, USUAL_POSTS, turn.now);
  if (id) await giveRound(turn, id, turn.who.id, 'answer');
  const unused = sayUnused(listening.left(), '请在卡片上核对。');
  return unused ? refuse(unused) : undefined;
}

/** 每月一星: the rounds that run where the person serves, else the last one that was published. */
export async function showRounds(turn: PersonTurn): Promise<Reply | undefined> {
  const running = await queries.findRoundsOf(turn.db, turn.who.id, [
    ...(['nominating', 'checking', 'reviewing', 'voting', 'deciding', 'noticing'] as const),
    ...(turn.may('star.organise', 'detachment') ? (['draft'] as const) : []),
  ]);
  const rounds =
    running.length > 0 ? running : (await queries.findRoundsOf(turn.db, turn.who.id, ['published'])).slice(0, 1);
  if (rounds.length === 0) return { toast: '现在没有正在进行的每月一星。发送“光荣榜”可以看到往期。' };
  for (const { id } of rounds) await sendCard(turn, 'round', id);
  return undefined;
}

/** The form of a draft. */
export async function planRound(turn: PressTurn): Promise<Reply> {
  const { round } = await enterRound(turn, turn.pressed.ref, 'plan', 'organiser');
  const { posts: typed, audience: said, hasVote, voteUntil: votedUntil, ...rest } = planForm.read(turn.form);
  const read = readPosts(typed);
  if ('unclear' in read) return refuse(read.unclear);
  if (hasVote === 'yes' && !votedUntil) return refuse('要投票的话请选投票截止时间；不投票请把“参考投票”改为不进行。');
  const [place] = said.places;
  if (!place) return refuse('请重新选择范围后再提交。');
  const audience = wholeOf(place, 'everyone');
  await refuseForeignAudience(turn, 'star.organise', audience);
  const plan: Plan = { ...rest, voteUntil: hasVote === 'no' ? null : (votedUntil ?? null) };
  const objection = objectToPlan(plan, turn.now);
  if (objection) return refuse(objection);
  await queries.updateDraft(turn.db, round.id, { audience, ...plan }, read.posts);
  return { toast: '请核对后确认发起。' };
}

/** Back from the preview to the form. */
export async function editRound(turn: PressTurn): Promise<Reply> {
  const { round } = await enterRound(turn, turn.pressed.ref, 'plan', 'organiser');
  await queries.updateRound(turn.db, round.id, { isEditing: true });
  return { toast: '请修改后提交。' };
}

/** 确认发起: nominations are open, and everybody gets the card of the round. */
export async function confirmRound(turn: PressTurn): Promise<Reply> {
  const { round, to } = await enterRound(turn, turn.pressed.ref, 'confirm', 'organiser');
  const objection = objectToPlan(round, turn.now);
  if (objection) return { toast: `${objection}按“修改”可以重新选时间。`, kind: 'warning' };
  await queries.updateRound(turn.db, round.id, { openedById: turn.who.id, isEditing: false });
  await beginStep(turn, { ...round, openedById: turn.who.id }, to, turn.who.id);
  const until = dueOnEntry(round.nominateUntil, turn.now, turn.calendar);
  const end = `${formatInstant(until, turn)}截止`;
  return {
    toast: until > round.nominateUntil ? `已发起。提名至少留一个工作日，改为${end}。` : `已发起，提名到${end}。`,
    kind: 'success',
  };
}

/** 结束提名: before its time, by hand. */
export async function closeNomination(turn: PressTurn): Promise<Reply> {
  const { round, to } = await enterRound(turn, turn.pressed.ref, 'close-nomination', 'organiser');
  const proposed = await findProposed(turn.db, round.id);
  if (proposed.length === 0)
    return { toast: '还没有人提名，不能进入核实。可以按“调整时间”延长提名，或者取消本轮。', kind: 'warning' };
  await beginStep(turn, round, to, turn.who.id);
  return { toast: `提名已结束，共${proposed.length}位候选人，请逐一核实事迹。`, kind: 'success' };
}

/** 调整时间: the form for a new end of the step that runs. */
export async function askReschedule(turn: PressTurn): Promise<Reply> {
  const { round } = await enterRound(turn, turn.pressed.ref, 'reschedule', 'organiser');
  await sendCard(turn, 'reschedule', round.id);
  return { toast: '请在新卡片上选择新的截止时间。' };
}

/** The new end of the step that runs; its timer moves with it, and later steps as far as they have to. */
export async function reschedule(turn: PressTurn): Promise<Reply> {
  const { round } = await enterRound(turn, turn.pressed.ref, 'reschedule', 'organiser');
  const { until } = rescheduleForm.read(turn.form);
  if (until <= turn.now) return refuse('这个时间已经过去，请选一个以后的时间。');
  if (until.getTime() - turn.now.getTime() > YEAR_MS) return refuse('截止时间在一年以后，请核对年份。');
  if (!isTimed(round.state)) throw new Outdated('这一步没有截止时间，不用调整。');
  const field = DUE_FIELD[round.state];
  if (field === 'noticeUntil') throw new Outdated('公示的时间不能调整。');
  await queries.updateRound(turn.db, round.id, shiftPlan(round, field, until, turn.calendar));
  const moved = await queries.findRound(turn.db, round.id);
  if (moved) await setTimer(turn, moved);
  await refreshRound(turn, round.id);
  if (round.state === 'voting') await turn.refresh({ card: 'vote', ref: round.id });
  return { toast: `这一步改为${formatInstant(until, turn)}截止。`, kind: 'success' };
}

/** 发布: the notice is over and nobody objects any more; the clock does the same by itself. */
export async function publishRound(turn: PressTurn): Promise<Reply> {
  const { round, to } = await enterRound(turn, turn.pressed.ref, 'publish', 'organiser');
  if (round.noticeUntil && round.noticeUntil > turn.now)
    return { toast: `公示到${formatInstant(round.noticeUntil, turn)}结束，之后会自动发布。`, kind: 'warning' };
  if (await hasOpenObjection(turn, round.id)) return { toast: '还有异议没有答复，答复后才能发布。', kind: 'warning' };
  if (await endWithoutStar(turn, round, 'organiser', turn.who.id))
    return { toast: '入选的同志都已退出，没有可以发布的，本轮已结束。', kind: 'warning' };
  await beginStep(turn, round, to, turn.who.id);
  return { toast: '已发布，并记入光荣榜。', kind: 'success' };
}

/** 取消本轮, with its reason. */
export async function cancelRound(turn: PressTurn): Promise<Reply> {
  const { round, to } = await enterRound(turn, turn.pressed.ref, 'cancel', 'organiser');
  const cancelReason = round.state === 'draft' ? '没有发起' : roundForm.pick('reason').read(turn.form).reason;
  await queries.updateRound(turn.db, round.id, { cancelReason });
  await beginStep(turn, round, to, turn.who.id);
  return { toast: '本轮已取消。', kind: 'success' };
}

/** The card of a round for whoever may open it; the announcement to everybody is this card, edited. */
async function giveRound(turn: Turn, id: string, person: string, push: 'answer' | 'quiet') {
  await turn.deliver({
    key: `round:${id}:${person}:first`,
    to: { person },
    card: 'round',
    ref: id,
    push,
    gathers: push === 'quiet',
  });
}
