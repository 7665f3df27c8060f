/** Study tasks: a secretary's sentence becomes cards that officers finish. */

import { button, type Feature } from '../../feature.ts';
import { standardDigest } from '../../publication/digest.ts';
import { actions } from './actions.ts';
import { task } from './cards.ts';
import { completeTask, draftFrom, draftTask, reopenTask, showOpenTasks, tasks } from './handlers.ts';
import { hears } from './hearing.ts';
import * as lists from './lists.ts';
import { studyTask } from './publication.ts';
import { TopicValue } from './schema.ts';
import { lends } from './terms.ts';

const { followUps } = tasks;

export const studyTasks: Feature = {
  name: 'study-tasks',
  called: '学习任务',
  ...tasks.parts,
  actions,
  hears,
  lends,
  commands: {
    draft: {
      listens: ['study.publish'],
      words: ['发布学习', '布置学习', '发学习'],
      help: {
        under: 'send',
        does: '给支部发一项学习任务',
        example: '提醒本支部全体党员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神',
      },
      action: 'study.publish',
      handle: draftTask,
    },
    'call-off': { ...followUps['call-off'], words: ['撤回'] },
    progress: {
      listens: ['study.progress', 'study.open-list', 'study.nudge', 'study.withdraw'],
      words: ['学习进度', '进度'],
      help: { under: 'look', does: '看自己发布的学习任务办到哪了', example: '学习进度' },
      action: 'study.publish',
      handle: tasks.showProgress,
    },
    finish: {
      listens: ['study.complete'],
      words: ['我学完了'],
      help: { does: '把学习任务记为已完成', example: '我学完了' },
      action: 'self',
      handle: showOpenTasks,
    },
    extend: { ...followUps.extend, words: ['延期'] },
    change: { ...followUps.change, words: ['修改草稿'] },
    drop: { ...followUps.drop, words: ['取消草稿'] },
    show: followUps.show,
    names: followUps.names,
    urge: followUps.urge,
  },
  buttons: {
    ...tasks.parts.buttons,
    complete: button({ action: 'self', on: ['task'], handle: completeTask }),
    reopen: button({ action: 'self', on: ['task'], handle: reopenTask }),
    'draft-from': button({
      value: TopicValue,
      action: 'study.publish',
      on: ['weekly-digest/digest', 'weekly-digest/reply'],
      handle: draftFrom,
    }),
  },
  cards: { ...tasks.parts.cards, task: tasks.lasting(task) },
  lists,
  digest: standardDigest(studyTask),
};
