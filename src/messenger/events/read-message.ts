/** A received message → what a person typed and sent. */
import { z } from 'zod';
import { Digits, Id, PersonName, ThingName, textUpTo } from '../fields.ts';
import type { MessageEvent, OtherContent, SentFile } from '../port.ts';
import { readInstant } from './read-instant.ts';

/** Longer than anything a feature accepts. */
const LONGEST_TEXT = 20_000;
/** As many as Feishu lets a person choose at once: the others are not looked at. */
const MOST_PICTURES = 9;

const Mention = z.object({
  key: z.string().max(50),
  name: PersonName.nullish(),
  id: z
    .object({ open_id: Id.nullish().catch(null) })
    .nullish()
    .catch(null),
  mentioned_type: z.string().max(20).nullish(),
});
type Mention = z.infer<typeof Mention>;

const ReceivedMessage = z.object({
  sender: z.object({ sender_id: z.object({ open_id: Id.nullish() }).nullish(), sender_type: z.string().max(50) }),
  message: z.object({
    message_id: Id,
    // Without it the message is none the less a message.
    parent_id: Id.nullish().catch(null),
    create_time: Digits,
    chat_id: Id,
    chat_type: z.string().max(50),
    message_type: z.string().max(50),
    content: z.string(),
    mentions: z.array(Mention).max(1000).nullish(),
  }),
});

const Typed = textUpTo(LONGEST_TEXT);
const TextContent = z.object({ text: Typed });
const FileContent = z.object({ file_key: Id, file_name: ThingName });
const ImageContent = z.object({ image_key: Id });
const PostElement = z.object({
  tag: z.string().max(50),
  text: Typed.optional(),
  image_key: Id.optional().catch(undefined),
  user_id: Typed.optional(),
  href: Typed.optional().catch(undefined),
});
const PostContent = z.object({
  title: Typed.optional(),
  content: z.array(z.array(PostElement).max(1000)).max(1000),
});

/** The types of message that hold neither text nor files. Path: /uAjLw4CM/ukTMukTMukTM/im-v1/message/events/message_content */
const OTHERS = new Map<string, OtherContent>([
  ['sticker', 'sticker'],
  ['audio', 'voice'],
  ['media', 'video'],
  ['location', 'location'],
  ...['share_chat', 'share_user', 'interactive'].map((type) => [type, 'card'] as const),
  ['merge_forward', 'forward'],
]);

/**
 * The message; undefined when a bot sent it, or when it was written in a group without mentioning a bot (a tenant may
 * let the bot hear everything). Throws when the shape is not the documented one.
 */
export function readMessage(event: unknown): MessageEvent | undefined {
  const { sender, message } = ReceivedMessage.parse(event);
  const person = sender.sender_id?.open_id;
  if (sender.sender_type !== 'user' || !person) return undefined;
  const mentions = message.mentions ?? [];
  const isGroup = message.chat_type !== 'p2p';
  if (isGroup && !mentions.some(isOfBot)) return undefined;
  const common = { kind: 'message', id: message.message_id, at: readInstant(message.create_time), person } as const;
  const place = { chat: message.chat_id, isGroup, ...(message.parent_id && { repliesTo: message.parent_id }) };
  const { typed, ...content } = readContent(message.message_type, message.content);
  const named = nameMentions(typed, mentions);
  return { ...common, ...place, text: Typed.parse(named.text), mentions: named.mentions, ...content };
}

function readContent(type: string, content: string): { typed: string; files: SentFile[]; other?: OtherContent } {
  switch (type) {
    case 'text':
      return { typed: TextContent.parse(JSON.parse(content)).text, files: [] };
    case 'post':
      return readPost(PostContent.parse(JSON.parse(content)));
    case 'file': {
      const { file_key: key, file_name: name } = FileContent.parse(JSON.parse(content));
      return { typed: '', files: [{ key, name, isPicture: false }] };
    }
    case 'image':
      return { typed: '', files: [pictureOf(ImageContent.parse(JSON.parse(content)).image_key)] };
    default:
      return { typed: '', files: [], other: OTHERS.get(type) ?? 'unknown' };
  }
}

/** Rich text: its lines, and the pictures among them. */
function readPost({ title = '', content }: z.infer<typeof PostContent>): { typed: string; files: SentFile[] } {
  const lines = content.map((line) => line.map(writeElement).join(''));
  const keys = content.flat().flatMap(({ tag, image_key }) => (tag === 'img' && image_key ? [image_key] : []));
  return {
    typed: [title, ...lines].filter((line) => line !== '').join('\n'),
    files: keys.slice(0, MOST_PICTURES).map(pictureOf),
  };
}

/** A link keeps its address behind its words, as people write it: [words](address). */
function writeElement({ tag, user_id, text = '', href }: z.infer<typeof PostElement>): string {
  if (tag === 'at') return user_id ?? '';
  return tag === 'a' && href && /^https?:\/\//i.test(href) && text !== href ? `[${text}](${href})` : text;
}

function pictureOf(key: string): SentFile {
  return { key, name: '照片.jpg', isPicture: true };
}

/** Puts `@name` where a person is mentioned, and nothing where a bot is; and says where the names stand. */
function nameMentions(
  said: string,
  mentions: Mention[],
): { text: string; mentions: NonNullable<MessageEvent['mentions']> } {
  const byKey = new Map(mentions.map((mention) => [mention.key, mention]));
  const found: NonNullable<MessageEvent['mentions']> = [];
  let text = '';
  // The space that a client writes behind a bot's name goes with it.
  for (const [piece, key, space = ''] of said.trim().matchAll(/(@_user_\d+|@_all)( ?)|[^@]+|@/g)) {
    const mention = key ? byKey.get(key) : undefined;
    const isAll = key === '@_all';
    if (!mention && !isAll) text += piece;
    else if (isAll || (mention && !isOfBot(mention))) {
      const name = isAll ? '所有人' : (mention?.name ?? '');
      const id = mention?.id?.open_id;
      found.push({ at: text.length, length: name.length + 1, name, ...(id && { id }), ...(isAll && { isAll }) });
      text += `@${name}${space}`;
    }
  }
  const indent = text.length - text.trimStart().length;
  return { text: text.trim(), mentions: found.map((one) => ({ ...one, at: one.at - indent })) };
}

/** Whether a mention is of a bot. Events of before April 2026 do not say; then only the bot's own mentions are pushed. */
function isOfBot(mention: Mention): boolean {
  return mention.mentioned_type !== 'user';
}
