/** What to do after a failed call: Feishu's codes, sorted into the kinds of `MessengerError`. */
import { MessengerError } from './port.ts';

type Kind = MessengerError['kind'];

/** What is known of an answer that is not a success. */
export type Failure = { status: number; code?: number | undefined; headers?: Record<string, unknown> };

/** The bot's token is missing, malformed or over: fetch another and ask again. Paths: /uAjLw4CM/ukTMukTMukTM/api-call-guide/generic-error-code */
const TOKEN_FAULTS = new Set(['99991661', '99991663', '99991664', '99991665', '99991668', '99991671', '99991677']);

/** Of these codes those that say of a person that no message of the app reaches them: outside its range, gone, or the bot is switched off. */
export const OUT_OF_REACH = [230013, 230029, 230034, 230035, 230038, 230050, 230053, 99992351] as const;

/**
 * Sources, as paths below open.feishu.cn/document: [gate] /ukTMukTMukTM/uUzN04SN3QjL1cDN, [generic]
 * /uAjLw4CM/ukTMukTMukTM/api-call-guide/generic-error-code, [im] the error tables of
 * /uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/{create,patch,delete}, [file] …/im-v1/file/create and
 * …/im-v1/message-resource/get, [contact] those of …/contact-v3/{user,department}.
 */
const KINDS: Record<Exclude<Kind, 'unexplained'>, readonly number[]> = {
  'rate-limited': [
    99991400, // the app asks too often [gate]
    99991403, // the month's quota is used up [generic]
    230020, // more than 5 messages a second to one person or one group [im]
    11232, // Feishu's own limit on creating messages [im]
    11233, // the same, for one chat [im]
    230049, // the message is still being sent [im]
  ],
  gone: [
    230011, // recalled [im]
    230110, // deleted [im]
    230019, // the topic does not exist [im]
    230029, // the person has resigned [im]
    232009, // the group was dissolved [im]
    234003, // the file is not in the message [file]
    99992351, // no such open_id [generic]
    99992354, // no such message id [generic]
  ],
  refused: [
    230002, // the bot is not in the chat [im]
    230013, // the person is outside the app's availability range [im]
    230018, // the group does not let the bot speak [im]
    230027, // no right [im]
    230031, // more than 14 days old [im]
    230034, // a receive_id that is none [im]
    230035, // no right to send here [im]
    230038, // a person of another tenant [im]
    230050, // invisible to the bot [im]
    230053, // the person has stopped the bot [im]
    230009, // too late to recall [im]
    230026, // no right to recall [im]
    230072, // edited too often [im]
    234001, // a parameter [file]
    234004, // the bot is not in the chat [file]
    234009, // a group with people from outside [file]
    234037, // more than 100 MB down [file]
    234038, // a confidential message [file]
    234040, // invisible to the bot [file]
    234043, // not for this type of message [file]
    40004, // the unit is outside the contact range [contact]
    40011, // page size [contact]
    40012, // page token [contact]
    41050, // the person is outside the contact range [contact]
    99992361, // an open_id of another app [generic]
  ],
  content: [
    230001, // a parameter [im]
    230017, // a resource of another app [im]
    230022, // content that Feishu holds to be sensitive [im]
    230025, // too long [im]
    230028, // held back by the tenant's data-loss prevention [im]
    230054, // not for this type of message [im]
    230055, // file and type differ [im]
    230099, // the card itself [im]
    234006, // more than 30 MB up [file]
    234010, // an empty file [file]
    99992402, // field validation [generic]
  ],
  // Faults of the app's set-up, not of the message: once an administrator has mended them, the same call works.
  unknown: [
    10003, // token request: a parameter [auth]
    10014, // token request: the app is not enabled [auth]
    10015, // token request: wrong secret [auth]
    99991401, // this address is not on the allow list [generic]
    99991672, // a scope is missing [generic]
    230006, // the bot ability is switched off [im]
    232096, // the app's data cannot be written at present [file]
    234002, // not authorised [file]
    234007, // the bot ability is switched off [file]
    234019, // the app's permissions could not be read [file]
    234041, // the tenant's key was deleted [file]
    234042, // the tenant's own storage is full or broken [file]
  ],
};

const KIND_OF = new Map(
  (Object.entries(KINDS) as [Kind, readonly number[]][]).flatMap(([kind, codes]) => codes.map((code) => [code, kind])),
) as ReadonlyMap<number, Kind>;

/** All codes that are sorted, for whoever explains them. */
export const KNOWN_CODES: readonly number[] = Object.values(KINDS).flat();

const MONTH_QUOTA_RETRY_MS = 60 * 60 * 1000;
const LONGEST_RETRY_MS = 60 * 60 * 1000;

/** What a server or proxy says that has read the request and will not take this one, however often it comes. */
const DECLINED = new Set([400, 405, 411, 413, 414, 415, 422, 431]);

/**
 * The error for an answer that is not a success. A code in the table decides; else the status does: 429 is a limit, any
 * other 4xx with a code was read and declined by Feishu, and everything else may have worked (a 5xx, a proxy's own page,
 * a code nobody knows in a 200, which nobody can explain).
 */
export function sortFailure({ status, code, headers = {} }: Failure): MessengerError {
  const known = code === undefined ? undefined : KIND_OF.get(code);
  const isTokenFault = TOKEN_FAULTS.has(String(code));
  const isDeclined = DECLINED.has(status) || (code !== undefined && !isTokenFault && status >= 400 && status < 500);
  const isExplained = code === undefined || isTokenFault || status >= 300;
  const sorted = known ?? (isDeclined && !isTokenFault ? 'content' : isExplained ? 'unknown' : 'unexplained');
  const kind = status === 429 ? 'rate-limited' : sorted;
  const retryAfterMs = kind === 'rate-limited' ? readRetryAfterMs(code, headers) : undefined;
  return new MessengerError(kind, code === undefined ? `http-${status}` : String(code), retryAfterMs);
}

/** Whether the call failed because of the bot's token alone, so that it did nothing and a fresh token helps. */
export function isTokenFault(error: unknown): boolean {
  return error instanceof MessengerError && TOKEN_FAULTS.has(error.code);
}

/** The gateway names the seconds to wait in `x-ogw-ratelimit-reset`; the message layer's own limits name none. */
function readRetryAfterMs(code: number | undefined, headers: Record<string, unknown>): number | undefined {
  if (code === 99991403) return MONTH_QUOTA_RETRY_MS;
  const seconds = Number(headers['x-ogw-ratelimit-reset'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds * 1000), LONGEST_RETRY_MS) : undefined;
}
