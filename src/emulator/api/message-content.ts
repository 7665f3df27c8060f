/** Checks what the bot wants to send: a JSON string of the right shape and size, and a card Feishu would take. */
import { z } from 'zod';
import { checkCard } from '../../card-json/check.ts';
import type { Core } from '../core.ts';
import { FeishuError, invalidParameter } from './feishu-error.ts';

const TEXT_BYTES = 150 * 1024;
const CARD_BYTES = 30 * 1024;

const Text = z.object({ text: z.string().min(1) });
const PostBody = z.object({
  title: z.string().optional(),
  content: z.array(z.array(z.looseObject({ tag: z.string() }))),
});
const Post = z.record(z.string(), PostBody);
const Image = z.object({ image_key: z.string().min(1) });
/** A card that is kept elsewhere: a template or a card entity. */
const Reference = z.object({ type: z.string() });
const FileContent = z.object({ file_key: z.string().min(1) });

/**
 * Throws what Feishu would say against this content: 230025 (too long), 230001 (not what the type asks for), 230017
 * (somebody else's upload), 230054 (type not supported here), 230099 (card). Source: /im-v1/message/create.
 */
export function checkContent(core: Core, type: string, content: string): void {
  const most = type === 'text' ? TEXT_BYTES : CARD_BYTES;
  if (Buffer.byteLength(content) > most) {
    throw new FeishuError(230025, 'The length of the message content reaches its limit.');
  }
  const json = parseJson(content);
  if (json === undefined) throw invalidParameter('content is not a string in json format');
  if (type === 'interactive') checkCardContent(json);
  else if (type === 'text') shape(Text, json, 'text');
  else if (type === 'post') shape(Post, json, 'post');
  else if (type === 'image') checkUpload(core, shape(Image, json, 'image').image_key, 'image');
  else if (type === 'file') checkUpload(core, shape(FileContent, json, 'file').file_key, 'file');
  else throw new FeishuError(230054, 'This message type is not supported.');
}

/** Throws 230099 with the sub-code in its text unless Feishu would take this card. */
export function checkCardContent(card: unknown): void {
  const type = Reference.safeParse(card).data?.type;
  if (type === 'template') throw cardError(200380, 'template is not exist or not published');
  if (type === 'card') throw cardError(11310, 'cardid is invalid');
  const problem = checkCard(card)[0];
  if (problem) throw cardError(problem.code, `${problem.message}; ErrPath: ${problem.path}`);
}

/** The parsed text, or undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cardError(subCode: number, message: string): FeishuError {
  return new FeishuError(230099, `Failed to create card content, ext=ErrCode: ${subCode}; ErrMsg: ${message};`);
}

function shape<T>(schema: z.ZodType<T>, json: unknown, type: string): T {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw invalidParameter(`invalid ${type} content`);
  return parsed.data;
}

function checkUpload(core: Core, key: string, kind: 'image' | 'file'): void {
  const file = core.tenant.files.get(key);
  if (file?.kind !== kind) throw invalidParameter(`invalid ${kind}_key`);
  if (file.uploadedBy !== 'bot') throw new FeishuError(230017, 'Bot is NOT the owner of the resource.');
}
