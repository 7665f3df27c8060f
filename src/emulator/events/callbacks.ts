/** Presses: what a person does to a card goes to the bot as a callback, and its answer changes the card or shows a toast. */
import { z } from 'zod';
import { now } from '../../basics/clock.ts';
import { checkCard } from '../../card-json/check.ts';
import { FeishuError, parseInput } from '../api/feishu-error.ts';
import { parseJson } from '../api/message-content.ts';
import type { OpenCall } from '../api/open-api.ts';
import type { Core } from '../core.ts';
import type { PressAnswer, PressPost, Toast } from '../site/page-api.ts';
import { editMessage, isIn, isOutdated } from '../world/conversations.ts';
import type { Message } from '../world/mailbox.ts';
import { newId, TENANT_KEY } from '../world/tenant.ts';
import type { PushOutcome } from './webhook.ts';

const TOKEN_LIFE_MS = 30 * 60_000;
const TOKEN_USES = 2;

type CallbackToken = { messageId: string; atMs: number; uses: number; isAnswered: boolean };
type CardObject = Record<string, unknown>;

export type Callbacks = {
  /** What the person sees after pressing. Never throws; a press is never pushed twice. */
  press: (openId: string, messageId: string, press: PressPost) => Promise<PressAnswer>;
  /** The delayed update by `c-` token. Source: /uMDO1YjLzgTN24yM4UjN. */
  calls: OpenCall[];
};

const ToastAnswer = z.object({
  type: z.enum(['info', 'success', 'error', 'warning']).default('info'),
  content: z.string().optional(),
  i18n: z.record(z.string(), z.string()).optional(),
});
const Answer = z.object({
  toast: ToastAnswer.optional(),
  card: z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) }).optional(),
});
const DelayedUpdate = z.object({ token: z.string(), card: z.record(z.string(), z.unknown()) });

/** What the client shows for each code. Source: /feishu-cards/card-callback-communication. */
const REFUSALS: Record<number, string> = {
  200080: '请求失败，请稍后重试',
  200340: '出错了：未配置有效的卡片请求地址',
  200341: '出错了：应用未在 3 秒内响应',
  200342: '出错了：无法连接到应用',
  200343: '出错了：无法解析应用的地址',
  200530: '出错了：表单组件缺少 name',
  200671: '出错了：应用返回了错误的状态码',
  200672: '出错了：应用返回的内容无法识别',
  200673: '出错了：应用返回的卡片有误',
  200830: '出错了：卡片版本不一致',
};

const UNANSWERED = { 'no-address': 200340, timeout: 200341, unreachable: 200342, 'unknown-host': 200343 };

/** Tokens live as long as the process; there are few of them at a time. */
export function createCallbacks(core: Core): Callbacks {
  const tokens = new Map<string, CallbackToken>();

  const press = async (openId: string, messageId: string, what: PressPost): Promise<PressAnswer> => {
    const message = core.tenant.mailbox.get(messageId);
    const user = core.tenant.users.get(openId);
    if (!message || !user || user.status.is_resigned || !isIn(core, openId, message.chat_id)) return refuse(200080);
    if (message.msg_type !== 'interactive' || message.isRecalled || isOutdated(message)) return refuse(200080);
    if (what.form_value && hasNamelessField(parseJson(message.content))) return refuse(200530);
    forgetOldTokens(tokens);
    const token = newId('c-');
    const atMs = now().getTime();
    const issued: CallbackToken = { messageId, atMs, uses: 0, isAnswered: false };
    tokens.set(token, issued);
    const { open_id, union_id, user_id } = user;
    const outcome = await core.push.callback('card.action.trigger', {
      operator: { tenant_key: TENANT_KEY, user_id, open_id, union_id },
      token,
      action: { tag: 'button', ...what, timezone: 'Asia/Shanghai' },
      host: 'im_message',
      context: { open_message_id: messageId, open_chat_id: message.chat_id },
    });
    issued.isAnswered = true;
    return takeAnswer(core, messageId, outcome);
  };

  return {
    press,
    calls: [
      {
        method: 'post',
        path: '/open-apis/interactive/v1/card/update',
        msg: 'ok',
        isFlat: true,
        handle: (call) => updateLater(core, tokens, parseInput(DelayedUpdate, call.body)),
      },
    ],
  };
}

function refuse(code: number): PressAnswer {
  return { ok: false, code, message: REFUSALS[code] ?? REFUSALS[200080] ?? '' };
}

/** Reads the bot's answer and does what it says. Codes: /feishu-cards/card-callback-communication. */
function takeAnswer(core: Core, messageId: string, outcome: PushOutcome): PressAnswer {
  if (outcome.kind !== 'answered') return refuse(UNANSWERED[outcome.kind]);
  if (outcome.status !== 200) return refuse(200671);
  const answer = Answer.safeParse(outcome.body.trim() === '' ? {} : parseJson(outcome.body));
  if (!answer.success) return refuse(200672);
  const toast = readToast(answer.data.toast);
  const { card } = answer.data;
  if (!card) return { ok: true, ...(toast && { toast }) };
  if (card.type !== 'raw') return refuse(200673);
  if (card.data.schema !== '2.0') return refuse(200830);
  if (checkCard(card.data).length > 0) return refuse(200673);
  replaceCard(core, messageId, card.data);
  return { ok: true, ...(toast && { toast }), card: card.data };
}

function readToast(toast: z.infer<typeof ToastAnswer> | undefined): Toast | undefined {
  const content = toast?.i18n?.zh_cn ?? toast?.content;
  return toast && content ? { type: toast.type, content } : undefined;
}

/** Everybody who sees the message sees the new card. A message that was recalled meanwhile stays so. */
function replaceCard(core: Core, messageId: string, card: CardObject): Message | undefined {
  const message = core.tenant.mailbox.get(messageId);
  return message && !message.isRecalled ? editMessage(core, message, JSON.stringify(card)) : undefined;
}

function updateLater(core: Core, tokens: Map<string, CallbackToken>, input: z.infer<typeof DelayedUpdate>): undefined {
  const token = tokens.get(input.token);
  if (!input.token.startsWith('c-') || !token) throw new FeishuError(300020, 'the token is invalid', 200);
  if (now().getTime() - token.atMs > TOKEN_LIFE_MS) throw new FeishuError(300030, 'the token is expired', 200);
  if (token.uses >= TOKEN_USES) throw new FeishuError(300040, 'the token was used more than twice', 200);
  // Feishu's documents forbid an update before the callback is answered; what it says then is not known.
  if (!token.isAnswered) throw new FeishuError(11311, 'the callback is not answered yet', 200);
  const problem = checkCard(input.card)[0];
  if (problem) throw new FeishuError(100000, `invalid card: ErrCode: ${problem.code}; ErrMsg: ${problem.message}`, 200);
  token.uses += 1;
  if (!replaceCard(core, token.messageId, input.card)) throw new FeishuError(200000, 'the message is recalled', 200);
}

function forgetOldTokens(tokens: Map<string, CallbackToken>): void {
  const atMs = now().getTime();
  for (const [token, { atMs: issuedMs }] of tokens) {
    if (atMs - issuedMs <= 2 * TOKEN_LIFE_MS) return;
    tokens.delete(token);
  }
}

const FIELD_TAGS = new Set([
  ...['input', 'select_static', 'multi_select_static', 'select_person', 'multi_select_person'],
  ...['date_picker', 'picker_time', 'picker_datetime', 'checker', 'select_img'],
]);

/** Whether some form of the card has a field without a name. */
function hasNamelessField(node: unknown, inForm = false): boolean {
  if (Array.isArray(node)) return node.some((child) => hasNamelessField(child, inForm));
  if (typeof node !== 'object' || node === null) return false;
  const { tag, name } = node as { tag?: unknown; name?: unknown };
  if (inForm && typeof tag === 'string' && FIELD_TAGS.has(tag) && !name) return true;
  return Object.values(node).some((child) => hasNamelessField(child, inForm || tag === 'form'));
}
