/** What asks for nothing, and what holds no words: a short answer or none, never a card of choices. */
import type { Reply, Turn } from '../feature.ts';
import type { MessageEvent, OtherContent } from '../messenger/port.ts';
import { countMisheard } from '../misheard/counts.ts';
import { LONGEST_TEXT } from '../reading/create-reader.ts';
import type { Reading } from '../reading/reading.ts';
import type { Heard } from './hear.ts';
import { refuse } from './refusals.ts';

const WHAT_NOW = '发送“今天”可以看到要办的事，发送“帮助”可以看到能办的事。';

/** What to do instead of sending this; a sticker says all that it wants to say. */
const OTHERS: Record<Exclude<OtherContent, 'sticker'>, string> = {
  voice: '听不了语音，没有办任何事。请用文字发送，或用输入法的语音输入转成文字。',
  video: '看不了视频，没有办任何事。请把要办的事用文字写出来发送。',
  location: '看不了位置，没有办任何事。请把地点用文字写出来发送。',
  card: '读不了名片和转来的卡片，没有办任何事。请用文字写上姓名和要办的事。',
  forward: '读不了合并转发的消息，没有办任何事。请把要办的那句话复制出来，用文字发送。',
  unknown: '读不了这种消息，没有办任何事。请把要办的事用文字写出来发送。',
};
const TOO_LONG = `这段话超过${LONGEST_TEXT}字，没有读，也没有办任何事。请只写要办的事，或分几次发送。`;
const EMPTY = `没有看到文字，没有办任何事。请写上要办的事再发送。${WHAT_NOW}`;

const TALK = `没有听出要办的事。${WHAT_NOW}`;

/** The wish of 谢谢 and 收到, which nobody answers. */
const NO_WISH = 'none';
/** A wish that scores less is none. */
const FAINT = 1;

/** Nothing but emoji, as characters or as the messenger writes its own: [强]. */
const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u200d\ufe0f\s!！~～。]|\[[\p{L}\d]{1,8}\])+$/u;

const COURTESIES: [said: RegExp, answer: string][] = [
  [/谢|辛苦/u, '不客气。'],
  [/你好|您好|早|晚|下午|在/u, `您好。${WHAT_NOW}`],
];

/** Whether a message holds nothing that can be read or downloaded. */
export function isWordless({ text, files, other }: MessageEvent): boolean {
  return other !== undefined || (text === '' && files.length === 0);
}

/** The answer to such a message. */
export async function answerWordless(turn: Turn, { id, other }: MessageEvent): Promise<Reply | undefined> {
  if (other === 'sticker') return undefined;
  await countMisheard(turn, 'without-words');
  return refuse(turn.log, id, other ? OTHERS[other] : EMPTY, 'a message without words');
}

/** A text that nobody would read to its end is not read in part. */
export async function refuseLength(turn: Turn, { id }: MessageEvent): Promise<Reply> {
  await countMisheard(turn, 'too-long');
  return refuse(turn.log, id, TOO_LONG, 'a text was too long');
}

/** A word of thanks, or of how one is: 昨晚值了一宿的班，困死了. What could be a wish besides is none. */
export function isSmallTalk({ plain: { text }, intents: { is, ranked } }: Reading): boolean {
  const [first, second] = ranked;
  const isTalk = is === 'likely' && (second?.score ?? 0) < FAINT && /\p{Script=Han}{3}/u.test(text);
  return first?.name === NO_WISH && (is === 'sure' || isTalk);
}

/** Whether a text only greets, thanks, nods or tells how one is: nothing in it is to be done. */
export function isCourtesy({ is, reading }: Heard, text: string): boolean {
  return is === 'some' && (isSmallTalk(reading) || EMOJI.test(text));
}

/** A greeting and thanks are answered; 收到 is the end of a conversation. What only sounds like talk is said to be taken so. */
export function answerCourtesy({ reading }: Heard, text: string): Reply | undefined {
  const isSure = reading.intents.is === 'sure' || EMOJI.test(text);
  const answer = isSure ? COURTESIES.find(([said]) => said.test(text))?.[1] : TALK;
  return answer ? { toast: answer, kind: 'info' } : undefined;
}
