/** The inbox's refusals: what is so, and what to do. */
import { ZodError } from 'zod';
import { AppError } from '../basics/errors.ts';
import type { Logger } from '../basics/log.ts';
import type { Reply } from '../feature.ts';

export const REFUSALS = {
  stranger: '没有在通讯录里找到您，暂时不能为您办理。请联系政治处管理员核对通讯录。',
  notAllowed: '您没有办理这件事的权限。发送“帮助”可以看到您能办的事。',
  notYours: '这张卡片不是发给您的，没有改动任何内容。',
  outdated: '这张卡片已经过时，没有改动任何内容。发送“今天”可以看到最新的事项。',
  noSuchItem: '这一项已经更换，没有办任何事。发送“帮助”可以看到您能办的事。',
  strangeFile: '不能处理这个文件。请发送文字，发送“帮助”可以看到能办的事。',
  strangePicture: '读不了图片里的内容，没有办任何事。请把要办的事用文字写出来发送，发送“帮助”可以看到能办的事。',
  unreadableFile: '读不懂这个文件，没有改动任何内容。请检查文件格式后重新发送。',
  fileTooLarge: '文件超过 30 MB，没有读取。请拆分后重新发送。',
  fileGone: '取不到这个文件，可能已经撤回，或者不允许下载。请重新发送。',
  fileUnreached: '文件一直没有取到，已停止重试。请重新发送；如果还是不行，请联系政治处管理员。',
  failed: '没有办成，内容没有改动。请稍后再试一次；如果还是不行，请联系政治处管理员。',
};

/** A refusal that leaves a log line; `why` is a fixed text. */
export function refuse(log: Logger, eventId: string, toast: string, why: string): Reply {
  log.info({ event: eventId }, why);
  return { toast, kind: 'warning' };
}

/** What a person can be told of an error that is theirs to mend: an input that does not parse, or a rule that says no. */
export function asRefusal(
  error: unknown,
  log: Logger,
  eventId: string,
  unparsed = REFUSALS.outdated,
): Reply | undefined {
  if (error instanceof ZodError) {
    log.info({ event: eventId, at: error.issues.map((issue) => issue.path.join('.')) }, 'an input did not parse');
    return { toast: unparsed, kind: 'warning' };
  }
  if (error instanceof AppError) {
    log.info({ event: eventId, err: error.message }, 'refused');
    return { toast: error.tell, kind: 'warning', keepForm: error.keepsForm };
  }
  return undefined;
}
