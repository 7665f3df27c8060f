/** The month's plan: its focus set and shown, what must be held decided, branches warned of what they are about to miss. */
import { AppError } from '../../../basics/errors.ts';
import { type PersonTurn, type PressTurn, type Reply, refuse, sendCard, type Turn } from '../../../feature.ts';
import { turnPage } from '../../../pager.ts';
import { findScopedHolders } from '../../../people/find-holders.ts';
import { findHolders, findOwnHolders, requireHolder } from '../branches.ts';
import { focusForm, MAX_TOPIC_CHARACTERS, requirementsForm } from '../forms.ts';
import { CENTRE_GROUP, canHold, type Holder } from '../kinds.ts';
import { findHeld } from '../ledger/queries.ts';
import { lastOfMonth, type Month, monthOf, nameMonth, shiftMonth } from '../months.ts';
import { PlanRef, PlansRef } from '../schema.ts';
import * as queries from './queries.ts';
import { decideWarning, findMissing, periodAround, type Requirement } from './requirements.ts';

const MAX_TOPICS = 10;

/** 本月学习重点, 下月学习重点: the form for the political office, the focus in the branch's plan for everybody else. */
export async function openFocus(turn: PersonTurn, { text }: { text: string }): Promise<undefined> {
  const month = monthSaid(turn, text);
  if (!turn.may('sessions.direct', 'detachment')) return deliverPlan(turn, month);
  await sendCard(turn, 'focus', month);
}

/** The filled-in focus: kept, and shown to every branch's secretary on one plan card a month. */
export async function submitFocus(turn: PressTurn): Promise<Reply> {
  const month = turn.pressed.ref;
  const { centreGroup = '', branches = '' } = focusForm.read(turn.form);
  const focus = { centreGroup: readTopics(centreGroup), branches: readTopics(branches) };
  const all = [...focus.centreGroup, ...focus.branches];
  if (all.length === 0) return refuse('请至少写一项学习重点，每行一项。');
  if (Math.max(focus.centreGroup.length, focus.branches.length) > MAX_TOPICS)
    return refuse(`每处最多写${MAX_TOPICS}项，请精简后再提交。`);
  if (all.some((topic) => topic.length > MAX_TOPIC_CHARACTERS))
    return refuse(`每项最多${MAX_TOPIC_CHARACTERS}字，请缩短后再提交。`);
  await queries.setFocus(turn.db, month, focus, turn.who.id, turn.now);
  if (focus.branches.length > 0) {
    const secretaries = await findScopedHolders(turn.db, 'secretary', turn.now);
    await turn.deliver(
      ...secretaries.map(({ scopeId, id: person }) => ({
        key: `focus-of:${month}:${scopeId}:${person}`,
        to: { person },
        card: 'plan',
        ref: PlanRef.write({ month, holder: scopeId }),
        push: 'quiet' as const,
        notAfter: turn.calendar.at(lastOfMonth(month), '23:59'),
      })),
    );
  }
  return { toast: `${nameMonth(month)}学习重点已定，各支部书记会收到本支部的计划。`, kind: 'success' };
}

/** 学习计划: planned, held and missing of the month; all branches for whoever may see several. */
export async function showPlan(turn: PersonTurn, { text }: { text: string }): Promise<undefined> {
  return deliverPlan(turn, monthSaid(turn, text));
}

/** 查看 beside a branch on the card of all plans. */
export async function openPlan(turn: PressTurn, { holder, month }: { holder: Holder; month: Month }): Promise<Reply> {
  await requireHolder(turn, 'sessions.watch', holder);
  await sendCard(turn, 'plan', PlanRef.write({ month, holder: holder ?? CENTRE_GROUP }));
  return { toast: '学习计划已发给您。' };
}

/** Another page of all plans, on the same card. */
export async function turnPlansPage(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  const { month, key } = PlansRef.parse(turn.pressed.ref);
  return turnPage(turn, `plans:${key}`, 'plans', PlansRef.write({ month, page, key }), page);
}

/** 必开会议: how often what must be held, for the political office to change. */
export async function openRequirements(turn: PersonTurn): Promise<undefined> {
  await sendCard(turn, 'requirements', turn.eventId);
}

/** The filled-in periods. */
export async function submitRequirements(turn: PressTurn): Promise<Reply> {
  const chosen = requirementsForm.readSoFar(turn.form);
  for (const { kind } of await queries.findRequirements(turn.db)) {
    const period = chosen[kind];
    if (period) await queries.setRequirement(turn.db, kind, period);
  }
  return { toast: '已保存，提醒和台账从现在起按新的次数。', kind: 'success' };
}

/** 去办理 on 今天. */
export async function openWarning(turn: PressTurn, { warning: id }: { warning: string }): Promise<Reply> {
  const found = await queries.findWarning(turn.db, id);
  if (!found) return { toast: '这条提醒已经不在了。', kind: 'warning' };
  await requireHolder(turn, 'sessions.watch', found.branchId);
  await sendCard(turn, 'warning', id);
  return { toast: '还没有登记的会议已发给您。' };
}

/** Every workday: each branch that is about to miss a required meeting, and was not warned within a week, is told once of all of them. */
export async function warnBranches(turn: Turn): Promise<void> {
  const today = turn.calendar.dayOf(turn.now);
  const requirements = await queries.findRequirements(turn.db);
  const year = periodAround(today, 'year') ?? { firstDay: today, lastDay: today };
  const held = await findHeld(turn.db, year);
  const lastWarned = await queries.findLastWarnings(turn.db);
  const secretaries = await findScopedHolders(turn.db, 'secretary', turn.now);
  for (const { id, members } of await findHolders(turn.db)) {
    if (id === null) continue;
    const missing = findMissing(requirementsFor(requirements, id), members, held.get(id) ?? [], today);
    if (decideWarning(missing, lastWarned.get(id), today, turn.calendar).length === 0) continue;
    const own = secretaries.filter(({ scopeId }) => scopeId === id);
    if (own.length === 0)
      turn.log.warn({ branch: id }, 'a branch is about to miss a required meeting and has no secretary');
    if (own.length === 0) continue;
    const warning = await queries.keepWarning(turn.db, id, today);
    await turn.deliver(
      ...own.map(({ id: person }) => ({
        key: `warning:${warning}:${person}`,
        to: { person },
        card: 'warning',
        ref: warning,
        push: 'quiet' as const,
        notAfter: turn.calendar.at(turn.calendar.addDays(today, 6), '20:00'),
      })),
    );
  }
}

/** What of the requirements this holder holds at all. */
function requirementsFor(all: Requirement[], holder: Holder): Requirement[] {
  return all.filter(({ kind }) => canHold(holder, kind));
}

async function deliverPlan(turn: PersonTurn, month: Month): Promise<undefined> {
  const own = await findOwnHolders(turn.db, turn.who, 'sessions.watch');
  const [only] = own;
  if (!only) throw new AppError('no branch to look at', '您名下没有可以查看的支部，请联系政治处核对您的角色。');
  const single = own.length === 1;
  const key = `${single ? 'plan' : 'plans'}:${turn.eventId}`;
  const ref = single
    ? PlanRef.write({ month, holder: only.id ?? CENTRE_GROUP })
    : PlansRef.write({ month, page: 0, key: turn.eventId });
  await turn.deliver({ key, to: { person: turn.who.id }, card: single ? 'plan' : 'plans', ref, push: 'answer' });
}

function monthSaid(turn: PersonTurn, text: string): Month {
  return shiftMonth(
    monthOf(turn.calendar.dayOf(turn.saidAt)),
    /下个?月/.test(text) ? 1 : /上个?月/.test(text) ? -1 : 0,
  );
}

function readTopics(text: string): string[] {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\d{1,2}\s*[.、．)）]|[一二三四五六七八九十]+、|[-·•])\s*/u, '').trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}
