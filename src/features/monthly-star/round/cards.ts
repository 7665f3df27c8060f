/** From a round to its one card: the draft's form and preview, then every step with its actor and its date. */
import { formatDay, formatForPicker, formatInstant } from '../../../calendar/format.ts';
import { type CardVariables, CLOSED, card, type Viewer } from '../../../feature.ts';
import { writeAudience } from '../../../people/audience/audience.ts';
import { listAudiences } from '../../../people/audience/audience-form.ts';
import { describeAudience, nameAudience } from '../../../people/audience/audience-words.ts';
import { Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { findObstacle, isActor, isConcerned, STATE_WORDS } from '../actors.ts';
import { rescheduleForm, roundForm } from '../forms.ts';
import { nextState, type State } from '../rules.ts';
import { findTurnout } from '../vote/vote.ts';
import { dueOf } from './plan.ts';
import { writePosts } from './posts.ts';
import { findPosts, findRound, findSteps, type Round, scopeOfRound } from './queries.ts';

/** Who does a step, in words. */
const DONE_BY: Partial<Record<State, string>> = {
  nominating: '全体同志',
  checking: '组织者',
  reviewing: '纪检委员',
  voting: '全体同志',
  deciding: '单位领导',
  noticing: '全体同志可提出异议',
  published: '自动发布',
};
const ORDER: State[] = ['nominating', 'checking', 'reviewing', 'voting', 'deciding', 'noticing', 'published'];

/** The round: for organisers a draft first, then for everybody its steps. */
export const round = card({
  ref: Id,
  action: 'self',
  form: roundForm,
  load: async (db, id, viewer) => {
    const found = await findRound(db, id);
    if (!found) return undefined;
    const isOrganiser = await isActor(db, found, viewer.who, 'organiser');
    if (found.state === 'draft') {
      if (!isOrganiser) return CLOSED;
      return found.isEditing ? draftForm(db, found, viewer) : draftPreview(db, found, viewer);
    }
    if (!isOrganiser && !(await isConcerned(db, found, viewer.who))) return CLOSED;
    const isPast = found.state === 'published' || found.state === 'cancelled';
    // Everybody is told that it has begun, an organiser also what of it is late.
    if (viewer.isUnasked && (isOrganiser ? isPast : found.state !== 'nominating')) return undefined;
    return running(db, found, isOrganiser, viewer);
  },
});

/** The form for a new end of the step that runs. */
export const reschedule = card({
  ref: Id,
  action: 'star.organise',
  matter: async (db, id) => {
    const found = await findRound(db, id);
    return found && { scope: await scopeOfRound(db, found) };
  },
  form: rescheduleForm,
  load: async (db, id, viewer) => {
    const found = await findRound(db, id);
    if (!found) return undefined;
    const due = dueOf(found, found.state);
    const isOver = nextState(found.state, 'reschedule', 'organiser', true) === undefined;
    return {
      title: found.title,
      step: STATE_WORDS[found.state],
      due: due ? formatInstant(due, viewer) : '',
      holds: { until: formatForPicker(due && due > viewer.now ? due : viewer.now, viewer) },
      isOver,
    };
  },
});

async function running(db: Reader, found: Round, isOrganiser: boolean, viewer: Viewer): Promise<CardVariables> {
  const steps = await findSteps(db, found.id);
  const turnout = found.state === 'voting' ? await findTurnout(db, found.id) : undefined;
  const due = dueOf(found, found.state);
  const isLate = due !== null && due <= viewer.now;
  // A cancelled round has no steps to come.
  const shown = ORDER.filter((state) =>
    found.state === 'cancelled' ? steps.some((step) => step.state === state) : state !== 'voting' || found.voteUntil,
  );
  const can = (action: Parameters<typeof nextState>[1]) =>
    isOrganiser && nextState(found.state, action, 'organiser', found.voteUntil !== null) !== undefined;
  return {
    title: found.title,
    audience: await nameAudience(db, found.audience),
    posts: (await findPosts(db, found.id)).map(({ name, seats }) => `${name}${seats}名`).join('、'),
    step: STATE_WORDS[found.state],
    state:
      found.state === 'published'
        ? { is: 'done', word: '已发布' }
        : found.state === 'cancelled'
          ? { is: 'over', word: '已取消' }
          : {
              is: isLate ? 'warning' : 'open',
              word: isLate ? `${STATE_WORDS[found.state]}已到期` : STATE_WORDS[found.state],
            },
    line: (isOrganiser && (await findObstacle(db, found, viewer.now))) || lineOf(found, due, viewer),
    turnout: turnout ? `已投票 ${turnout.voted}人（共${turnout.all}人）` : '',
    steps: shown.map((state) => describeStep(found, state, steps, viewer)),
    canNominate: found.state === 'nominating' && !isLate,
    canClose: can('close-nomination'),
    canCheck: can('check'),
    canReschedule: can('reschedule'),
    canPublish: can('publish') && isLate,
    canCancel: can('cancel'),
    holds: {},
  };
}

function lineOf(found: Round, due: Date | null, viewer: Viewer): string {
  if (found.state === 'cancelled') return `本轮已取消：${found.cancelReason ?? ''}`;
  if (found.state === 'published') return '已发布，发送“光荣榜”可以查看';
  if (found.state === 'noticing' && due) return `公示到 ${formatDay(lastDayOf(due, viewer), viewer)} 为止，含当天`;
  return due ? `${STATE_WORDS[found.state]}：${formatInstant(due, viewer)} 截止` : STATE_WORDS[found.state];
}

function describeStep(
  found: Round,
  state: State,
  steps: { state: State; enteredAt: Date; actor: string | null }[],
  viewer: Viewer,
): { name: string; detail: string } {
  const entered = steps.find((step) => step.state === state);
  const next = [...ORDER.slice(ORDER.indexOf(state) + 1), 'cancelled']
    .map((later) => steps.find((step) => step.state === later))
    .find((step) => step !== undefined);
  const due = dueOf(found, state);
  const by = DONE_BY[state] ?? '';
  const name = STATE_WORDS[state];
  if (state === 'published')
    return { name, detail: entered ? formatInstant(entered.enteredAt, viewer) : '公示期满、没有未答复的异议后' };
  if (next)
    return {
      name,
      detail: `${by} · 已于${formatInstant(next.enteredAt, viewer)}${next.state === 'cancelled' ? '取消' : '结束'}${next.actor ? `（${next.actor}）` : ''}`,
    };
  const until =
    state === 'noticing'
      ? due
        ? `到${formatDay(lastDayOf(due, viewer), viewer)}`
        : `${found.noticeDays}个工作日`
      : due
        ? `${formatInstant(due, viewer)}前`
        : '';
  return { name, detail: `${entered && found.state === state ? '进行中 · ' : ''}${by} · ${until}` };
}

function lastDayOf(end: Date, { calendar }: Viewer): string {
  return calendar.addDays(calendar.dayOf(end), -1);
}

async function draftForm(db: Reader, found: Round, viewer: Viewer): Promise<CardVariables> {
  const audiences = (await listAudiences(db, viewer, 'star.organise')).filter(({ value }) =>
    value.includes(':everyone:'),
  );
  const picked = (at: Date | null) => at && formatForPicker(at, viewer);
  return {
    template: 'round-form',
    title: found.title,
    holds: {
      posts: writePosts(await findPosts(db, found.id)),
      audience: writeAudience(found.audience),
      nominateUntil: picked(found.nominateUntil),
      checkUntil: picked(found.checkUntil),
      reviewUntil: picked(found.reviewUntil),
      voteUntil: picked(found.voteUntil),
      hasVote: found.voteUntil ? 'yes' : 'no',
      decideUntil: picked(found.decideUntil),
      noticeDays: found.noticeDays,
    },
    options: { audience: audiences },
  };
}

async function draftPreview(db: Reader, found: Round, viewer: Viewer): Promise<CardVariables> {
  const { text, count } = await describeAudience(db, found.audience, viewer);
  const steps = ORDER.slice(0, -1).filter((state) => state !== 'voting' || found.voteUntil);
  return {
    template: 'round-preview',
    title: found.title,
    audience: text,
    count,
    posts: (await findPosts(db, found.id)).map(({ name, seats }) => `${name}${seats}名`).join('、'),
    steps: steps.map((state) => describeStep(found, state, [], viewer)),
    vote: found.voteUntil ? '进行，结果只供参考' : '不进行',
  };
}
