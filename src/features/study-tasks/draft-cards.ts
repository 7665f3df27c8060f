/** The cards of a draft: the form, the preview, and what became of it. */
import { formatDeadline, formatForPicker, formatInstant } from '../../calendar/format.ts';
import type { Card, CardVariables, Viewer } from '../../feature.ts';
import { chosenAudience, describeAudience, listAudiences } from '../../people/audience.ts';
import type { Reader } from '../../storage/database.ts';
import * as queries from './queries.ts';
import { findMissing } from './rules.ts';
import { KINDS, REFLECTIONS } from './schema.ts';
import { kindName } from './words.ts';

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

function closing(state: string): { state: { is: string; word: string }; line: string } {
  if (state === 'cancelled') return { state: { is: 'over', word: '已取消' }, line: '已取消，没有发给任何人。' };
  return state === 'recalled'
    ? { state: { is: 'over', word: '已撤回' }, line: '已撤回发布，请用重新发给您的草稿。' }
    : { state: { is: 'done', word: '已发布' }, line: '已发布，进展请看进度卡片。' };
}
