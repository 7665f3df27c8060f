/** What a person reads when the emulator's page is refused something: plain Chinese, whatever was said inside. */
import { z } from 'zod';
import { FeishuError } from '../api/feishu-error.ts';

/** By Feishu's code. People meet only these: the page offers nothing else that can be refused. */
const WORDS: Record<number, string> = {
  230002: '机器人不在这个群里。',
  230029: '这位同志已经离职，不能再收发消息。',
  232009: '这个群已经解散。',
  232011: '这位同志不在这个会话里，不能在这里发言。',
  234003: '没有找到这个文件。',
  234006: '文件太大，最多 30 MB。',
};

/** The HTTP status and the words to answer with. What is not a refusal becomes 500 and says nothing of its cause. */
export function describeRefusal(error: unknown): { status: number; words: string } {
  if (error instanceof z.ZodError) return { status: 400, words: '填写的内容不符合要求，请检查后再试。' };
  if (error instanceof FeishuError) {
    const isMissing = error.status === 404;
    const words = WORDS[error.code] ?? (isMissing ? '没有找到，可能已经不在了。' : '这项操作现在不能进行。');
    return { status: isMissing ? 404 : 400, words };
  }
  // What express throws itself: a body that is too long, or is not what it says it is.
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (status === 413) return { status, words: '内容太大：文件最多 30 MB，文字最多一万字。' };
  if (status === 400) return { status, words: '填写的内容不符合要求，请检查后再试。' };
  return { status: 500, words: '模拟器出错了，请再试一次。' };
}
