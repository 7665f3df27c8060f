/** The two calls that carry whole files, over Node's own fetch: the SDK's lose Feishu's code and know no largest size. */
import { z } from 'zod';
import { Id } from './fields.ts';
import { readAnswer } from './http.ts';
import { parseAnswer, readData } from './parse-answer.ts';
import { MessengerError, type SentFile } from './port.ts';

/** What Feishu takes, and what the bot takes; Feishu would hand out 100 MB. */
const LARGEST_FILE_BYTES = 30 * 1024 * 1024;
const LARGEST_ANSWER_BYTES = 1024 * 1024;
/** Feishu's code for more than it hands out itself. */
const TOO_LARGE_FOR_FEISHU = '234037';

const UploadedFile = z.object({ file_key: Id });
const UploadedImage = z.object({ image_key: Id });

/** What went up, as a message carries it. */
type UploadedContent =
  | { type: 'file'; content: z.infer<typeof UploadedFile> }
  | { type: 'image'; content: z.infer<typeof UploadedImage> };

/**
 * The calls for the app at `domain`, each over within `timeoutMs` and throwing `MessengerError` only; what fetch says of a
 * failure is told to nobody. Paths: /uAjLw4CM/ukTMukTMukTM/reference/im-v1/{file/create,image/create,message-resource/get}
 */
export function createFileCalls(domain: string, timeoutMs: number) {
  const ask = async <T>(
    bearer: string,
    path: string,
    init: RequestInit,
    read: (response: Response) => Promise<T>,
  ): Promise<T> => {
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = { Authorization: `Bearer ${bearer}` };
    try {
      return await read(await fetch(`${domain}${path}`, { ...init, headers, signal, redirect: 'manual' }));
    } catch (error) {
      if (error instanceof MessengerError) throw error;
      throw new MessengerError('unknown', signal.aborted ? 'timeout' : 'network');
    }
  };

  return {
    /** The uploaded file or picture, good for messages of this app. */
    upload: (bearer: string, file: { name: string; bytes: Buffer; isPicture?: boolean }): Promise<UploadedContent> => {
      const form = new FormData();
      const blob = new Blob([new Uint8Array(file.bytes)]);
      if (file.isPicture) {
        form.set('image_type', 'message');
        form.set('image', blob, 'image');
        return ask(bearer, '/open-apis/im/v1/images', { method: 'POST', body: form }, async (response) => {
          return { type: 'image', content: parseAnswer(UploadedImage, readData(await readJson(response))) };
        });
      }
      form.set('file_type', /\.xlsx?$/i.test(file.name) ? 'xls' : 'stream');
      form.set('file_name', file.name);
      form.set('file', blob, 'file');
      return ask(bearer, '/open-apis/im/v1/files', { method: 'POST', body: form }, async (response) => {
        return { type: 'file', content: parseAnswer(UploadedFile, readData(await readJson(response))) };
      });
    },

    /** The bytes of a file in a message. */
    download: (
      bearer: string,
      messageId: string,
      { key, isPicture }: Pick<SentFile, 'key' | 'isPicture'>,
    ): Promise<Buffer> => {
      const path = `/open-apis/im/v1/messages/${encodeURIComponent(messageId)}/resources/${encodeURIComponent(key)}`;
      return ask(bearer, `${path}?type=${isPicture ? 'image' : 'file'}`, {}, async (response) => {
        if (isFile(response)) return readBytes(response, LARGEST_FILE_BYTES);
        readData(await readJson(response));
        throw new MessengerError('unknown', 'unreadable');
      }).catch((error: unknown) => {
        throw error instanceof MessengerError && error.code === TOO_LARGE_FOR_FEISHU ? tooLarge() : error;
      });
    },
  };
}

function tooLarge(): MessengerError {
  return new MessengerError('refused', 'too-large');
}

/** Whether the body is the file. A JSON file that somebody sent comes as an attachment, Feishu's own answers do not. */
function isFile({ ok, headers }: Response): boolean {
  const isJson = headers.get('content-type')?.includes('application/json') ?? false;
  return ok && (!isJson || headers.has('content-disposition'));
}

async function readJson(response: Response): Promise<unknown> {
  const text = (await readBytes(response, LARGEST_ANSWER_BYTES)).toString('utf8');
  return readAnswer(response.status, Object.fromEntries(response.headers), text);
}

/** Reads no further than `mostBytes`, whatever length was announced. */
async function readBytes(response: Response, mostBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > mostBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
