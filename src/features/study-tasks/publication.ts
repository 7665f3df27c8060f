/** A study task as something that is published: its words, its form, its preview, the rows of its progress card. */
import { formatDeadline } from '../../calendar/format.ts';
import { nameAudience } from '../../people/audience/audience-words.ts';
import type { Kind } from '../../publication/contract.ts';
import { USUAL_REMINDERS } from '../../publication/rules.ts';
import { draftFields } from './forms.ts';
import { hearTask } from './from-sentence.ts';
import { findContents, keepContent } from './queries.ts';
import { type Content, EMPTY, findObjection } from './rules.ts';
import { KINDS, REFLECTIONS } from './schema.ts';

/** The kind of study in the words of the office. */
export function kindName({ kind }: Pick<Content, 'kind'>): string {
  return kind === null ? '学习任务' : KINDS[kind];
}

export const studyTask: Kind<Content> = {
  feature: 'study-tasks',
  actions: { publish: 'study.publish', watch: 'study.watch', names: 'study.publish', nudge: 'study.nudge' },
  card: 'task',
  said: /学|看完|心得|体会|党课|党日|议题|任务/u,
  wish: () => 'study.publish',
  progressWish: 'study.progress',
  hear: hearTask,
  endsByItself: false,
  reminders: USUAL_REMINDERS,
  words: {
    ...{ matter: '学习任务', it: '这项任务', noun: '任务', publish: '发布', confirmed: '发布' },
    ...{ do: '完成', open: '待完成', due: '完成时间', nudge: '催办', nudgeButton: '催办' },
    ...{ withdraw: '撤销', relief: '无需再办', begin: '发布学习', progress: '学习进度', progressTitle: '进度' },
    published: (count) => `已发布给${count}人，进展会显示在进度卡片上。`,
  },
  read: findContents,
  write: keepContent,
  name: (content) => ({ name: kindName(content), about: content.topic ?? '' }),
  draft: {
    fields: () => draftFields,
    read: (said) => ({ ...EMPTY, ...said }),
    object: async ({ now }, draft) => findObjection(draft, now),
    preview: async (_db, draft, viewer, whom) => ({
      line: `请于 ${draft.dueAt ? formatDeadline(draft.dueAt, viewer) : ''} 前完成`,
      rows: [
        { label: '学习类型', value: kindName(draft) },
        { label: '学习内容', value: draft.topic ?? '' },
        { label: '学习链接', value: draft.link ?? '未填' },
        { label: '参加范围', value: whom.text },
        { label: '学习心得', value: REFLECTIONS[draft.reflection] },
      ],
    }),
  },
  progress: async (db, { content, audience, dueAt }, viewer) => ({
    rows: [
      { label: '学习内容', value: content.topic ?? '' },
      { label: '完成时间', value: dueAt ? formatDeadline(dueAt, viewer) : '' },
      { label: '参加范围', value: audience ? await nameAudience(db, audience) : '' },
    ],
  }),
};
