/** The page's calls to the emulator it was served by. */
import type {
  CallsAnswer,
  CardsAnswer,
  ChatsAnswer,
  Clock,
  ErrorAnswer,
  Faults,
  FaultsPost,
  MessagesAnswer,
  PeopleAnswer,
  PressAnswer,
  PressPost,
  SentAnswer,
} from '../site/page-api.ts';

const BASE = 'emulator/api/';

/** A call that was refused; `message` is what the emulator said, `status` is 0 when it could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const isBytes = body instanceof Blob;
  const answer = await fetch(BASE + path, {
    method,
    body: body === undefined ? undefined : isBytes ? body : JSON.stringify(body),
    headers:
      body === undefined ? undefined : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' },
  }).catch(() => {
    throw new ApiError(0, '连接不上模拟器，请确认它仍在运行');
  });
  const said: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok)
    throw new ApiError(answer.status, (said as ErrorAnswer | undefined)?.error ?? `HTTP ${answer.status}`);
  return said as T;
}

const part = encodeURIComponent;
const chatPath = (person: string, chat: string) => `people/${part(person)}/chats/${part(chat)}`;

/** Every call by what it is for. All reject with `ApiError`. */
export const api = {
  people: () => call<PeopleAnswer>('GET', 'people'),
  chats: (person: string) => call<ChatsAnswer>('GET', `people/${part(person)}/chats`),
  messages: (person: string, chat: string, page: { before?: string; limit: number }) =>
    call<MessagesAnswer>(
      'GET',
      `${chatPath(person, chat)}/messages?limit=${page.limit}${page.before ? `&before=${part(page.before)}` : ''}`,
    ),
  sendText: (person: string, chat: string, text: string, mentionsBot: boolean) =>
    call<SentAnswer>('POST', `${chatPath(person, chat)}/texts`, { text, mentionsBot }),
  sendFile: (person: string, chat: string, file: File) =>
    call<SentAnswer>('POST', `${chatPath(person, chat)}/files?name=${part(file.name)}`, file),
  enter: (person: string, chat: string) => call<object>('POST', `${chatPath(person, chat)}/enter`, {}),
  read: (person: string, chat: string) => call<object>('POST', `${chatPath(person, chat)}/read`, {}),
  press: (person: string, message: string, post: PressPost) =>
    call<PressAnswer>('POST', `people/${part(person)}/messages/${part(message)}/press`, post),
  choose: (person: string, eventKey: string) => call<object>('POST', `people/${part(person)}/menu`, { eventKey }),
  clock: () => call<Clock>('GET', 'clock'),
  moveClock: (to: string | null) => call<Clock>('POST', 'clock', { to }),
  faults: () => call<Faults>('GET', 'faults'),
  setFaults: (faults: FaultsPost) => call<Faults>('PUT', 'faults', faults),
  dropConnections: () => call<object>('POST', 'connections/drop', {}),
  calls: (message: string | undefined, limit: number) =>
    call<CallsAnswer>('GET', `calls?limit=${limit}${message ? `&message=${part(message)}` : ''}`),
  timetable: () => call<unknown>('GET', 'timetable'),
  cards: () => call<CardsAnswer>('GET', 'cards'),
};

/** The address of an image or file that was sent. */
export function fileUrl(key: string): string {
  return `${BASE}files/${part(key)}`;
}

/** What to tell a person about something that went wrong. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
