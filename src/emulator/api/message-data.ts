/** A message as the Open API's answers show it, and pages of a list. */
import { z } from 'zod';
import type { Core } from '../core.ts';
import type { Message } from '../world/mailbox.ts';
import { TENANT_KEY } from '../world/tenant.ts';
import { FeishuError } from './feishu-error.ts';

/** The `data` of create, reply and update, and an item of get and list. Source: /im-v1/message/create. */
export function messageData(core: Core, message: Message): Record<string, unknown> {
  const isBot = message.sender.kind === 'bot';
  return {
    message_id: message.message_id,
    ...(message.root_id && { root_id: message.root_id, parent_id: message.parent_id }),
    msg_type: message.msg_type,
    create_time: String(message.create_time),
    update_time: String(message.update_time),
    deleted: message.isRecalled === true,
    updated: message.edits > 0,
    chat_id: message.chat_id,
    sender: {
      id: message.sender.id,
      id_type: isBot ? 'app_id' : 'open_id',
      sender_type: isBot ? 'app' : 'user',
      tenant_key: TENANT_KEY,
    },
    body: { content: message.isRecalled ? 'This message was recalled' : message.content },
    ...(message.mentionsBot && { mentions: [botMention(core)] }),
  };
}

function botMention(core: Core): Record<string, string> {
  const { open_id: id, name } = core.tenant.bot;
  return { key: '@_user_1', id, id_type: 'open_id', name, tenant_key: TENANT_KEY };
}

/** A page of `items`; the page token is opaque to the caller. Throws 40011 and 40012, or the codes that the API uses. */
export function pageOf<T>(
  items: readonly T[],
  query: Record<string, unknown>,
  size: { usual: number; most: number },
  codes: { size: number; token: number } = { size: 40011, token: 40012 },
): { items: T[]; has_more: boolean; page_token: string } {
  const PageSize = z.coerce.number().int().min(1).max(size.most);
  const pageSize = query.page_size === undefined ? { data: size.usual } : PageSize.safeParse(query.page_size);
  if (pageSize.data === undefined) throw new FeishuError(codes.size, 'page size is invalid');
  const start = readPageToken(query.page_token);
  if (start === undefined || start > items.length) throw new FeishuError(codes.token, 'page token is invalid');
  const end = start + pageSize.data;
  const hasMore = end < items.length;
  return { items: items.slice(start, end), has_more: hasMore, page_token: hasMore ? writePageToken(end) : '' };
}

function writePageToken(offset: number): string {
  return Buffer.from(`after:${offset}`).toString('base64url');
}

function readPageToken(token: unknown): number | undefined {
  if (token === undefined || token === '') return 0;
  const offset = /^after:(\d+)$/.exec(Buffer.from(String(token), 'base64url').toString())?.[1];
  return offset === undefined ? undefined : Number(offset);
}
