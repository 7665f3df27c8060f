/** A received message → what a person typed and sent. */
import { z } from 'zod';
import type { MessageEvent, SentFile } from './port.ts';
import { readInstant } from './read-instant.ts';

const Id = z.string().min(1).max(200);
/** Longer than anything a feature accepts: what follows is cut, so that the person still gets an answer. */
const LONGEST_TEXT = 20_000;
/** As many as Feishu lets a person choose at once: the others are not looked at. */
const MOST_PICTURES = 9;

const Mention = z.object({
  key: z.string().max(50),
  name: z.string().max(200).nullish(),
  mentioned_type: z.string().max(20).nullish(),
});
type Mention = z.infer<typeof Mention>;

const ReceivedMessage = z.object({
  sender: z.object({ sender_id: z.object({ open_id: Id.nullish() }).nullish(), sender_type: z.string().max(50) }),
  message: z.object({
    message_id: Id,
    parent_id: Id.nullish(),
    create_time: z.string().regex(/^\d{10,17}$/),
    chat_id: Id,
    chat_type: z.string().max(50),
    message_type: z.string().max(50),
    content: z.string(),
    mentions: z.array(Mention).max(1000).nullish(),
  }),
});

const TextContent = z.object({ text: z.string() });
const FileContent = z.object({ file_key: Id, file_name: z.string().max(500) });
const ImageContent = z.object({ image_key: Id });
const PostElement = z.object({
  tag: z.string().max(50),
  text: z.string().optional(),
  image_key: Id.optional(),
  user_id: z.string().max(200).optional(),
});
const PostContent = z.object({
  title: z.string().optional(),
  content: z.array(z.array(PostElement).max(1000)).max(1000),
});

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
  const { typed, files } = readContent(message.message_type, message.content);
  return { ...common, ...place, text: nameMentions(typed, mentions).trim().slice(0, LONGEST_TEXT), files };
}

function readContent(type: string, content: string): { typed: string; files: SentFile[] } {
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
      return { typed: '', files: [] };
  }
}

/** Rich text: its lines, and the pictures among them. */
function readPost({ title = '', content }: z.infer<typeof PostContent>): { typed: string; files: SentFile[] } {
  const lines = content.map((line) =>
    line.map(({ tag, user_id, text }) => (tag === 'at' ? (user_id ?? '') : (text ?? ''))).join(''),
  );
  const keys = content.flat().flatMap(({ tag, image_key }) => (tag === 'img' && image_key ? [image_key] : []));
  return {
    typed: [title, ...lines].filter((line) => line !== '').join('\n'),
    files: keys.slice(0, MOST_PICTURES).map(pictureOf),
  };
}

function pictureOf(key: string): SentFile {
  return { key, name: '照片.jpg', isPicture: true };
}

/** Puts `@name` where a person is mentioned, and nothing where a bot is. */
function nameMentions(text: string, mentions: Mention[]): string {
  const names = new Map(mentions.map((mention) => [mention.key, isOfBot(mention) ? '' : `@${mention.name ?? ''}`]));
  // The space that a client writes behind a bot's name goes with it.
  return text.replace(/(@_user_\d+|@_all)( ?)/g, (whole, key: string, space: string) => {
    const name = names.get(key);
    return name === undefined ? whole : name && name + space;
  });
}

/** Whether a mention is of a bot. Events of before April 2026 do not say; then only the bot's own mentions are pushed. */
function isOfBot(mention: Mention): boolean {
  return mention.mentioned_type !== 'user';
}
