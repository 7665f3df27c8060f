/** A workbook that is refused as a whole, before any row of it counts. */
import { AppError } from '../basics/errors.ts';

/** `tell` says in Chinese what is wrong with the file and what to do; nothing of the file's content is in `message`. */
export class SheetError extends AppError {
  override name = 'SheetError';
}

/** The refusal of a file whose parts do not fit together; `detail` (English) is for the log. */
export function damaged(detail: string): SheetError {
  return new SheetError(
    `damaged xlsx: ${detail}`,
    '文件已损坏，读不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 后重新发送。',
  );
}
