/** The two upload calls: images and files, sent as multipart forms. */
import type { Core } from '../core.ts';
import { FeishuError } from './feishu-error.ts';
import { readMultipart } from './multipart.ts';
import type { OpenCall, OpenRequest } from './open-api.ts';

const IMAGE_BYTES = 10 * 1024 * 1024;
const FILE_BYTES = 30 * 1024 * 1024;
const FILE_TYPES = ['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'];

/** First bytes by which the image formats Feishu takes are known: JPG, PNG, GIF, BMP, TIFF (both orders), ICO. */
const IMAGE_STARTS = ['ffd8ff', '89504e47', '47494638', '424d', '49492a00', '4d4d002a', '00000100'];

/** Sources: /im-v1/image/create, /im-v1/file/create. */
export function uploadCalls(core: Core): OpenCall[] {
  return [
    { method: 'post', path: '/open-apis/im/v1/images', handle: (call) => uploadImage(core, call) },
    { method: 'post', path: '/open-apis/im/v1/files', handle: (call) => uploadFile(core, call) },
  ];
}

function uploadImage(core: Core, call: OpenRequest): unknown {
  const form = readForm(call);
  const type = form.get('image_type')?.toString();
  const bytes = checkSize(form.get('image'), IMAGE_BYTES);
  if (type !== 'message' && type !== 'avatar') throw badParameter('image_type');
  if (!isImage(bytes)) throw new FeishuError(234011, "Can't recognize the image format.");
  return { image_key: core.files.add({ name: 'image', kind: 'image', uploadedBy: 'bot' }, bytes).key };
}

function uploadFile(core: Core, call: OpenRequest): unknown {
  const form = readForm(call);
  const [type, name] = [form.get('file_type')?.toString(), form.get('file_name')?.toString()];
  const bytes = checkSize(form.get('file'), FILE_BYTES);
  if (!type || !FILE_TYPES.includes(type)) throw badParameter('file_type');
  if (!name) throw badParameter('file_name');
  return { file_key: core.files.add({ name, kind: 'file', uploadedBy: 'bot' }, bytes).key };
}

function readForm(call: OpenRequest): Map<string, Buffer> {
  const form = Buffer.isBuffer(call.body) ? readMultipart(call.type, call.body) : undefined;
  if (!form) throw badParameter('the body is not a multipart form');
  return form;
}

function checkSize(bytes: Buffer | undefined, mostBytes: number): Buffer {
  if (!bytes) throw badParameter('the file is missing');
  if (bytes.length === 0) throw new FeishuError(234010, "File's size can't be 0.");
  if (bytes.length > mostBytes) throw new FeishuError(234006, 'The file size exceed the max value.');
  return bytes;
}

function isImage(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 12);
  const isWebp = start.toString('latin1').startsWith('RIFF') && start.toString('latin1', 8) === 'WEBP';
  const isHeic = start.toString('latin1', 4, 8) === 'ftyp';
  return isWebp || isHeic || IMAGE_STARTS.some((known) => start.toString('hex').startsWith(known));
}

function badParameter(what: string): FeishuError {
  return new FeishuError(234001, `Invalid request param: ${what}.`);
}
