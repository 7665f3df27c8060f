/** Study tasks: a secretary's sentence becomes cards that officers finish. */
import { button, type Feature, job } from '../../feature.ts';
import * as cards from './cards.ts';
import { digest, digestButtons } from './digest.ts';
import * as drafts from './draft-handlers.ts';
import * as handlers from './handlers.ts';
import { findOpenTasks } from './queries.ts';
import { AnnouncePayload, KINDS, NoValue, OpenValue, Publication, RemindPayload } from './schema.ts';
import { looksLikeStudyTask } from './sentence.ts';

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
    publish: button({ value: Publication, action: 'study.publish', handle: drafts.publishTask }),
    complete: button({ value: NoValue, action: 'self', handle: handlers.completeTask }),
    open: button({ value: OpenValue, action: 'self', handle: handlers.openTask }),
    'list-open': button({ value: NoValue, action: 'study.publish', handle: handlers.listOpen }),
    nudge: button({ value: NoValue, action: 'study.publish', handle: handlers.nudgeOpen }),
    'ask-extension': button({ value: NoValue, action: 'study.publish', handle: handlers.askExtension }),
    extend: button({ value: NoValue, action: 'study.publish', handle: handlers.extendTask }),
    withdraw: button({ value: NoValue, action: 'study.publish', handle: handlers.withdrawTask }),
    ...digestButtons,
  },
  jobs: {
    announce: job({ payload: AnnouncePayload, handle: handlers.announceTask }),
    remind: job({ payload: RemindPayload, handle: handlers.remindOpen }),
  },
  cards: {
    draft: cards.draft,
    task: cards.task,
    progress: cards.progress,
    'open-list': cards.openList,
    extend: cards.extend,
  },
  today: async (db, who) =>
    (await findOpenTasks(db, who.id)).map(({ id, kind, topic, dueAt }) => ({
      title: `${KINDS[kind]}：${topic}`,
      due: dueAt,
      open: { button: 'study-tasks/open', value: { task: id } },
    })),
  digest,
  undeliverable: handlers.noteUndeliverable,
};
