/** People of a running sample who speak, press and read, and the wait until what they caused has happened. */
import { now } from '../../src/basics/clock.ts';
import type { PageMessage, PressAnswer } from '../../src/emulator/site/page-api.ts';
import type { NamedFile } from '../../src/feature.ts';
import type { Sample } from '../../src/sample.ts';
import { findPressable, readCard } from './card-reader.ts';

/** What a press is answered with, in words: the toast, or why it was refused. */
export const toastOf = (answer: PressAnswer): string => (answer.ok ? (answer.toast?.content ?? '') : answer.message);

export type TestPerson = {
  id: string;
  says: (text: string) => Promise<void>;
  /** Replies to the newest card with these words on it. */
  replies: (words: string, text: string) => Promise<void>;
  /** Sends a file. */
  sends: (name: string, bytes: Buffer) => Promise<void>;
  /** Presses the newest button with these words; the answer is what the person sees at once. */
  presses: (words: string, form?: Record<string, unknown>) => Promise<PressAnswer>;
  /** Opens the talk with the bot: all that is in it counts as read, of which Feishu tells the bot. */
  reads: () => Promise<void>;
  /** Uses a picker outside a form on the newest card that has one. */
  picks: (option: string) => Promise<PressAnswer>;
  /** Every card as plain text, oldest first. */
  sees: () => string[];
  /** The newest card with these words as plain text; without words the newest of all. Empty where there is none. */
  seesLast: (words?: string) => string;
  /** Every file and picture that the bot has sent, oldest first, as it is downloaded from the chat. */
  files: () => Promise<NamedFile[]>;
};

/** Somebody of the sample by open_id. */
export function createPerson(sample: Sample, id: string): TestPerson {
  const { emulator } = sample;
  const cards = () => emulator.messagesOf(id).filter(({ type, isRecalled }) => type === 'interactive' && !isRecalled);
  const sees = () => cards().map(({ content }) => readCard(content));
  return {
    id,
    sees,
    seesLast: (words = '') => sees().findLast((card) => card.includes(words)) ?? '',
    says: async (text) => {
      emulator.say(id, text);
      await settle(sample);
    },
    replies: async (words, text) => {
      const replyTo = cards().findLast(({ content }) => readCard(content).includes(words))?.id;
      emulator.say(id, text, replyTo ? { replyTo } : {});
      await settle(sample);
    },
    sends: async (name, bytes) => {
      emulator.sendFile(id, name, bytes);
      await settle(sample);
    },
    files: () => {
      const isSent = ({ type, sender }: PageMessage) => (type === 'file' || type === 'image') && sender.kind === 'bot';
      return Promise.all(
        emulator
          .messagesOf(id)
          .filter(isSent)
          .map((message) => readFile(emulator.url, message)),
      );
    },
    presses: (words, form) => {
      for (const message of cards().reverse()) {
        const press = findPressable(message.content, words, form);
        if (press) return emulator.press(id, message.id, press);
      }
      throw new Error(`no card shows the button ${words}`);
    },
    reads: async () => {
      emulator.read(id);
      await settle(sample);
    },
    picks: (option) => {
      for (const message of cards().reverse()) {
        const press = findPressable(message.content, 'picker_datetime');
        if (press) return emulator.press(id, message.id, { ...press, tag: 'picker_datetime', option });
      }
      throw new Error('no card shows a picker');
    },
  };
}

async function readFile(url: string, { content }: PageMessage): Promise<NamedFile> {
  const { file_key, image_key } = content as { file_key?: string; image_key?: string };
  const key = file_key ?? image_key;
  const response = await fetch(`${url}/emulator/api/files/${key}`);
  const [, encoded, plain] =
    /filename\*=UTF-8''(.+)$|filename="(.+)"$/.exec(response.headers.get('content-disposition') ?? '') ?? [];
  return {
    name: encoded ? decodeURIComponent(encoded) : (plain ?? ''),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

/**
 * Waits until the database and the emulator agree that nothing is due, and beats where something is due that nobody has in hand yet.
 * The wait between two looks is for work in other hands.
 */
export async function settle({ app, emulator }: Sample): Promise<void> {
  const deadline = performance.now() + 150_000;
  for (;;) {
    // Asked first: what an event caused is in the database before the event is off the list.
    const waiting = emulator.waitingEvents();
    // The clock is read after the rows: what was written a moment ago is due, however late it was seen.
    const [row] = await app.db.sql<{ first: Date | null; marks: number; inHand: number }>`
      SELECT LEAST((SELECT min("dueAt") FROM delivery WHERE state = 'pending'), (SELECT min("dueAt") FROM pending_job WHERE "claimedAt" IS NULL),
          (SELECT min("nextRunAt") FROM timetable)) AS first,
        (SELECT count(*) FROM card_mark)::int AS marks,
        ((SELECT count(*) FROM delivery WHERE state IN ('queued', 'sending'))
        + (SELECT count(*) FROM pending_job WHERE "claimedAt" IS NOT NULL))::int AS "inHand"`;
    const { first = null, marks = 0, inHand = 0 } = row ?? {};
    const untouched = marks + (first !== null && first <= now() ? 1 : 0);
    if (untouched + inHand + waiting === 0) return;
    if (performance.now() > deadline)
      throw new Error(
        `the house does not settle: ${untouched} untouched, ${inHand} in hand, ${waiting} events waiting`,
      );
    // What is in hand makes room for the rest when it is done; until then a beat would only be in its way.
    if (untouched > 0 && inHand === 0) await app.beat();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
