/** Study tasks: a secretary's sentence becomes cards that officers finish. */
import { button, type Feature, job } from '../../feature.ts';
import * as cards from './cards.ts';
import { passDeadline, tellLeaders } from './deadline.ts';
import { digest, digestButtons } from './digest.ts';
import { draft } from './draft-cards.ts';
import * as drafts from './draft-handlers.ts';
import * as handlers from './handlers.ts';
import { completions, tasks } from './lists.ts';
import * as progressCards from './progress-cards.ts';
import { findOpenTasks } from './queries.ts';
import * as rounds from './rounds.ts';
import * as schema from './schema.ts';
import { looksLikeStudyTask } from './sentence.ts';
import { snoozeTask, wake } from './snooze.ts';
import { closeUndo, recallCards, undo } from './undo.ts';

const { KINDS, NoValue } = schema;

export const studyTasks: Feature = {
  name: 'study-tasks',
  commands: {
    draft: {
      words: ['发布学习', '布置学习', '发学习'],
      recognises: looksLikeStudyTask,
      help: {
        does: '给支部发一项学习任务',
        example: '提醒本支部全体党员下周五18:00前完成第一议题学习：学习党的二十届四中全会精神',
      },
      action: 'study.publish',
      handle: drafts.draftTask,
    },
    progress: {
      words: ['学习进度', '进度'],
      help: { does: '看自己发布的学习任务办到哪了', example: '学习进度' },
      action: 'study.publish',
      handle: handlers.showProgress,
    },
  },
  buttons: {
    fill: button({ value: NoValue, action: 'study.publish', handle: drafts.fillDraft }),
    'set-deadline': button({ value: NoValue, action: 'study.publish', handle: drafts.setDeadline }),
    edit: button({ value: NoValue, action: 'study.publish', handle: drafts.editDraft }),
    cancel: button({ value: NoValue, action: 'study.publish', handle: drafts.cancelDraft }),
    publish: button({ value: schema.Publication, action: 'study.publish', handle: drafts.publishTask }),
    complete: button({ value: NoValue, action: 'self', handle: handlers.completeTask }),
    open: button({ value: schema.OpenValue, action: 'self', handle: handlers.openTask }),
    snooze: button({ value: schema.SnoozeValue, action: 'self', handle: snoozeTask }),
    'list-open': button({ value: NoValue, action: 'study.publish', handle: handlers.listOpen }),
    nudge: button({ value: NoValue, action: 'study.publish', handle: handlers.nudgeOpen }),
    'ask-extension': button({ value: NoValue, action: 'study.publish', handle: handlers.askExtension }),
    extend: button({ value: NoValue, action: 'study.publish', handle: handlers.extendTask }),
    withdraw: button({ value: NoValue, action: 'study.publish', handle: handlers.withdrawTask }),
    undo: button({ value: schema.UndoValue, action: 'study.publish', handle: undo }),
    ...digestButtons,
  },
  jobs: {
    announce: job({ payload: schema.AnnouncePayload, handle: rounds.announceTask }),
    remind: job({ payload: schema.RemindPayload, handle: rounds.remindOpen }),
    nudge: job({ payload: schema.NudgePayload, handle: rounds.nudgeRound }),
    wake: job({ payload: schema.WakePayload, handle: wake }),
    deadline: job({ payload: schema.TaskPayload, handle: passDeadline }),
    'tell-leaders': job({ payload: schema.TaskPayload, handle: tellLeaders }),
    recall: job({ payload: schema.TaskPayload, handle: recallCards }),
    'close-undo': job({ payload: schema.TaskPayload, handle: closeUndo }),
  },
  cards: {
    draft,
    task: cards.task,
    extend: cards.extend,
    progress: progressCards.progress,
    'open-list': progressCards.openList,
    deadline: progressCards.deadline,
    'leader-notice': progressCards.leaderNotice,
  },
  lists: { tasks, completions },
  today: async (db, who) =>
    (await findOpenTasks(db, who.id)).map(({ id, kind, topic, dueAt }) => ({
      title: `${KINDS[kind]}：${topic}`,
      due: dueAt,
      open: { button: 'study-tasks/open', value: { task: id } },
    })),
  digest,
  undeliverable: handlers.noteUndeliverable,
};
