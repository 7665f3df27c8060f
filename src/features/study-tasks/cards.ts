/** From the state of a study task to the variables of its cards: every word that is not in the templates. */
import { formatDeadline, formatForPicker, formatInstant } from '../../calendar/format.ts';
import type { Card, CardVariables, Viewer } from '../../feature.ts';
import { type Audience, chosenAudience, describeAudience, listAudiences, nameAudience } from '../../people/audience.ts';
import type { Reader } from '../../storage/database.ts';
import * as queries from './queries.ts';
import { findMissing, type Standing, standingOf, tally } from './rules.ts';
import { KINDS, type Kind, REFLECTIONS } from './schema.ts';

/** More names than fit on a phone are counted instead. */
const MAX_NAMES = 200;

/** The secretary's draft: the form while something is missing, else the preview, and what became of it. */
export const draft: Card = {
  load: async (db, id, viewer) => {
    const task = await queries.findTask(db, id);
    if (!task) return undefined;
    if (task.state !== 'draft') return { template: 'draft-closed', ...closing(task.state), topic: task.topic ?? '' };
    const said = queries.draftOf(task);
    const missing = findMissing(said);
    return task.isEditing || missing.length > 0 ? draftForm(db, task, missing, viewer) : draftPreview(db, task, viewer);
  },
};

/** One person's card of a task: open, done or over. What was withdrawn or done before it was sent is not sent any more. */
export const task: Card = {
  load: async (db, id, viewer) => {
    const part = await queries.findPart(db, id, viewer.person ?? '');
    if (!part) return undefined;
    const common = {
      kind: kindName(part.kind),
      topic: part.topic ?? '',
      link: part.link ?? '',
      issuer: part.issuer,
      audience: part.audience,
      due: part.dueAt ? formatDeadline(part.dueAt, viewer) : '',
    };
    const isOver = part.state !== 'published';
    if (!viewer.isSent && (isOver || part.completedAt)) return undefined;
    if (part.completedAt) {
      return {
        template: 'task-done',
        ...common,
        completed: formatInstant(part.completedAt, viewer),
        said: part.said ?? '',
      };
    }
    if (isOver)
      return {
        template: 'task-closed',
        ...common,
        withdrawn: part.withdrawnAt ? formatInstant(part.withdrawnAt, viewer) : '',
      };
    const isOverdue = part.dueAt !== null && part.dueAt <= viewer.now;
    return { ...common, reflection: part.reflection, isOverdue };
  },
};

/** The secretary's progress card: who stands where, never a bare percentage. */
export const progress: Card = {
  load: async (db, id, viewer) => {
    const found = await findWithStandings(db, id, viewer);
    if (!found) return undefined;
    const { task: row, counts, participants } = found;
    const isOver = row.state !== 'published';
    const isDone = !isOver && counts.open + counts['on-leave'] + counts.unreachable === 0;
    const isPastDue = row.dueAt !== null && row.dueAt <= viewer.now;
    return {
      kind: kindName(row.kind),
      topic: row.topic ?? '',
      audience: await audienceName(db, row),
      due: row.dueAt ? formatDeadline(row.dueAt, viewer) : '',
      counts: tallyWords(counts, participants.length),
      open: counts.open,
      state: isOver
        ? { is: 'over', word: '已撤销' }
        : isDone
          ? { is: 'done', word: '全部完成' }
          : { is: 'open', word: isPastDue ? '已到期' : '进行中' },
    };
  },
};

/** The names behind the progress card, for the person who asked. */
export const openList: Card = {
  load: async (db, id, viewer) => {
    const found = await findWithStandings(db, id, viewer);
    if (!found) return undefined;
    const { task: row, counts, participants } = found;
    const names = (standing: Standing) =>
      nameList(participants.filter((one) => standingOf(one) === standing).map(({ name }) => name));
    return {
      kind: kindName(row.kind),
      topic: row.topic ?? '',
      at: formatInstant(viewer.now, viewer),
      counts: tallyWords(counts, participants.length),
      open: names('open'),
      onLeave: names('on-leave'),
      unreachable: names('unreachable'),
    };
  },
};

/** The small form in which a new deadline is picked. */
export const extend: Card = {
  load: async (db, id, viewer) => {
    const row = await queries.findTask(db, id);
    if (!row?.dueAt) return undefined;
    const isOver = row.state !== 'published';
    return {
      topic: row.topic ?? '',
      due: formatDeadline(row.dueAt, viewer),
      initial: formatForPicker(row.dueAt, viewer),
      isOver,
    };
  },
};

async function draftForm(
  db: Reader,
  row: queries.StudyTask,
  missing: string[],
  viewer: Viewer,
): Promise<CardVariables> {
  const said = queries.draftOf(row);
  const options = await listAudiences(db, viewer, 'study.publish');
  return {
    template: 'draft-form',
    hint:
      missing.length === 4
        ? '请填写这次学习的内容。'
        : missing.length > 0
          ? `已填好听懂的部分，还差：${missing.join('、')}。`
          : '请修改后提交。',
    kinds: Object.entries(KINDS).map(([value, text]) => ({ value, text })),
    kind: said.kind ?? '',
    topic: said.topic ?? '',
    link: said.link ?? '',
    audiences: options,
    audience: chosenAudience(options, said.audience),
    due: said.dueAt ? formatForPicker(said.dueAt, viewer) : '',
    reflections: Object.entries(REFLECTIONS).map(([value, text]) => ({ value, text })),
    reflection: said.reflection,
  };
}

async function draftPreview(db: Reader, row: queries.StudyTask, viewer: Viewer): Promise<CardVariables> {
  const said = queries.draftOf(row);
  const whom = said.audience
    ? await describeAudience(db, said.audience, viewer.calendar.dayOf(viewer.now))
    : { text: '', count: 0 };
  const arrival = viewer.policy.nextQuietPush(viewer.now);
  const isNow = arrival <= viewer.now;
  return {
    template: 'draft-preview',
    kind: kindName(row.kind),
    topic: row.topic ?? '',
    link: row.link ?? '未填',
    audience: whom.text,
    count: whom.count,
    due: row.dueAt ? formatDeadline(row.dueAt, viewer) : '',
    initial: row.dueAt ? formatForPicker(row.dueAt, viewer) : '',
    reflection: REFLECTIONS[said.reflection],
    isNow,
    arrival: isNow ? '确认后马上送达每个人。' : `现在是免打扰时间，卡片将于${formatInstant(arrival, viewer)}起送达。`,
  };
}

async function findWithStandings(db: Reader, id: string, viewer: Viewer) {
  const row = await queries.findTask(db, id);
  if (!row) return undefined;
  const participants = await queries.findParticipants(db, id, viewer.calendar.dayOf(viewer.now));
  return { task: row, participants, counts: tally(participants.map(standingOf)) };
}

function closing(state: string): { state: { is: string; word: string }; line: string } {
  return state === 'cancelled'
    ? { state: { is: 'over', word: '已取消' }, line: '已取消，没有发给任何人。' }
    : { state: { is: 'done', word: '已发布' }, line: '已发布，进展请看进度卡片。' };
}

function tallyWords(counts: Record<Standing, number>, all: number): string {
  const apart = [
    counts['on-leave'] && ` · 休假 ${counts['on-leave']}`,
    counts.unreachable && ` · 联系不上 ${counts.unreachable}`,
  ];
  return `已完成 ${counts.done} · 待完成 ${counts.open}${apart.filter(Boolean).join('')}（共${all}人）`;
}

function nameList(names: string[]): string {
  const shown = names.slice(0, MAX_NAMES).join('、');
  return names.length > MAX_NAMES ? `${shown} 等${names.length}人` : shown;
}

function kindName(kind: string | null): string {
  return kind === null ? '学习任务' : (KINDS[kind as Kind] ?? '学习任务');
}

function audienceName(db: Reader, row: queries.StudyTask): Promise<string> {
  const { audience } = queries.draftOf(row);
  return nameAudience(db, audience ?? ({ kind: 'detachment', id: null, who: 'members' } satisfies Audience));
}
