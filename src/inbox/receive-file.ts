/** A file that a person sends: refused at once, or read by a worker and handed to the upload that takes it. */

import { z } from 'zod';
import { now as clockNow } from '../basics/clock.ts';
import { HOUR_MS } from '../basics/durations.ts';
import type { Logger } from '../basics/log.ts';
import type { Feature, Job, Reply, Turn, Upload } from '../feature.ts';
import { type MessageEvent, type Messenger, MessengerError, type SentFile } from '../messenger/port.ts';
import { findPerson } from '../people/find-person.ts';
import { may, mayAnywhere } from '../people/permissions.ts';
import type { Person } from '../people/person.ts';
import type { Reader } from '../storage/database.ts';
import { keepReply } from './kept-events.ts';
import { asRefusal, REFUSALS, refuse } from './refusals.ts';
import { deliverReply } from './reply-card.ts';

/** The event is the message that carries the file. */
const FileToRead = z.object({
  eventId: z.string(),
  person: z.string(),
  saidAt: z.coerce.date(),
  file: z.object({ key: z.string(), name: z.string(), isPicture: z.boolean().default(false) }),
});
type FileToRead = z.infer<typeof FileToRead>;

/** Somebody waits for the answer: after this time a file that cannot be had is given up, and they are told. */
const GIVE_UP_AFTER_MS = HOUR_MS;

/** Whether a message is about the files in it: nothing is typed, or they were asked for and the words beside them are a caption. */
export async function isAboutFiles(
  features: Feature[],
  db: Reader,
  who: Person,
  event: MessageEvent,
): Promise<boolean> {
  if (event.text === '') return true;
  for (const file of event.files)
    if (!(await findUpload(features, db, who, event.at, file))?.upload.expects) return false;
  return event.files.length > 0;
}

/** Plans the reading of each file, in the inbox's turn; the answer comes with it. What nobody takes is refused, and so is nothing at all. */
export async function receiveFiles(
  features: Feature[],
  turn: Turn,
  who: Person,
  { id: eventId, at: saidAt, files }: MessageEvent,
): Promise<Reply | undefined> {
  let isTaken = files.length > 0;
  for (const file of files) isTaken &&= (await findUpload(features, turn.db, who, saidAt, file)) !== undefined;
  if (!isTaken) return refuseFiles(features, who, turn.log, eventId, files);
  for (const file of files) await turn.later('read-file', { eventId, person: who.id, saidAt, file });
  return undefined;
}

/** Says which files the bot takes from this person. */
function refuseFiles(features: Feature[], who: Person, log: Logger, eventId: string, files: SentFile[]): Reply {
  const why = files.every(({ isPicture }) => isPicture) ? REFUSALS.strangePicture : REFUSALS.strangeFile;
  const helps = uploadsOf(features, who).map(({ upload }) => upload.help);
  const others = helps.length > 0 ? `也可以发送：${helps.join('；')}。` : '';
  return refuse(log, eventId, `${why}${others}`, 'a file that no feature takes');
}

/**
 * The job `read-file`: downloads, then lets the upload handle the file in one transaction. It answers in any case but that of the
 * database failing; only a download that may yet succeed is tried again, for an hour.
 */
export function readFileJob(features: Feature[], messenger: Pick<Messenger, 'download'>): Job {
  return {
    prepare: async (raw) => {
      const asked = FileToRead.parse(raw);
      const bytes = await download(messenger, asked);
      return async (turn, turnOf) => {
        const reply =
          typeof bytes === 'string'
            ? refuse(turn.log, asked.eventId, bytes, 'a file could not be downloaded')
            : await handOver(features, turn, turnOf, asked, bytes);
        if (!reply) return;
        await keepReply(turn.db, asked.eventId, reply);
        await deliverReply(turn, asked.eventId, asked.person);
      };
    },
  };
}

/** The bytes, or what to tell the person. */
async function download(messenger: Pick<Messenger, 'download'>, asked: FileToRead): Promise<Buffer | string> {
  try {
    return await messenger.download(asked.eventId, asked.file);
  } catch (error) {
    if (!(error instanceof MessengerError)) throw error;
    if (error.code === 'too-large') return REFUSALS.fileTooLarge;
    if (error.kind === 'gone' || error.kind === 'refused' || error.kind === 'content') return REFUSALS.fileGone;
    if (clockNow().getTime() - asked.saidAt.getTime() < GIVE_UP_AFTER_MS) throw error;
    return REFUSALS.fileUnreached;
  }
}

async function handOver(
  features: Feature[],
  { db, now, log }: Turn,
  turnOf: (feature: string) => Turn,
  { eventId, person, saidAt, file }: FileToRead,
  bytes: Buffer,
): Promise<Reply | undefined> {
  // What was allowed when the file was sent may have ended since.
  const who = await findPerson(db, person, now);
  if (!who) return refuse(log, eventId, REFUSALS.stranger, 'a stranger sent a file');
  const match = await findUpload(features, db, who, saidAt, file);
  if (!match) return refuseFiles(features, who, log, eventId, [file]);
  await db.sql`SAVEPOINT before_upload`;
  try {
    const turn = { ...turnOf(match.feature.name), who, eventId, saidAt, may: may.bind(null, who) };
    return await match.upload.handle(turn, { name: file.name, bytes });
  } catch (error) {
    await db.sql`ROLLBACK TO SAVEPOINT before_upload`;
    const refusal = asRefusal(error, log, eventId, REFUSALS.unreadableFile);
    if (!refusal) log.error({ event: eventId, err: error }, 'an upload failed');
    return refusal ?? { toast: REFUSALS.failed, kind: 'error' };
  }
}

type Found = { feature: Feature; upload: Upload };

/** The upload that expects the file, else the first that takes it whether or not it was asked for. */
async function findUpload(
  features: Feature[],
  db: Reader,
  who: Person,
  sentAt: Date,
  file: SentFile,
): Promise<Found | undefined> {
  const accepting = uploadsOf(features, who).filter(({ upload }) => upload.accepts(file));
  for (const found of accepting) if (await found.upload.expects?.(db, who, sentAt)) return found;
  return accepting.find(({ upload }) => !upload.expects);
}

function uploadsOf(features: Feature[], who: Person): Found[] {
  return features
    .flatMap((feature) => Object.values(feature.uploads ?? {}).map((upload) => ({ feature, upload })))
    .filter(({ upload }) => mayAnywhere(who, upload.action));
}
