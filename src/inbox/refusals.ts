/** The inbox's refusals: what is so, and what to do. */
import { ZodError } from 'zod';
import { AppError } from '../errors.ts';
import type { Reply } from '../feature.ts';
import type { Logger } from '../log.ts';

export const REFUSALS = {
  stranger: '没有在通讯录里找到您，暂时不能为您办理。请联系政治处管理员核对通讯录。',
  notAllowed: '您没有办理这件事的权限。发送“帮助”可以看到您能办的事。',
  notYours: '这张卡片不是发给您的，没有改动任何内容。',
  outdated: '这张卡片已经过时，没有改动任何内容。发送“今天”可以看到最新的事项。',
  noFiles: '暂时不能处理文件，请发送文字。发送“帮助”可以看到能办的事。',
  failed: '没有办成，内容没有改动。请稍后再试一次；如果还是不行，请联系政治处管理员。',
};

/** A refusal that leaves a log line; `why` is a fixed text. */
export function refuse(log: Logger, eventId: string, toast: string, why: string): Reply {
  log.info({ event: eventId }, why);
  return { toast, kind: 'warning' };
}

/** What a person can be told of an error that is theirs to mend: an input that does not parse, or a rule that says no. */
export function asRefusal(error: unknown, log: Logger, eventId: string): Reply | undefined {
  if (error instanceof ZodError) {
    log.info({ event: eventId, at: error.issues.map((issue) => issue.path.join('.')) }, 'an input did not parse');
    return { toast: REFUSALS.outdated, kind: 'warning' };
  }
  if (error instanceof AppError) {
    log.info({ event: eventId, err: error.message }, 'refused');
    return { toast: error.tell, kind: 'warning', keepForm: error.keepsForm };
  }
  return undefined;
}
