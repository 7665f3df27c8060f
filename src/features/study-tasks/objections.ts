/** Refusals that several handlers share. */
import { AppError } from '../../errors.ts';

export const PAST = '这项任务已经不能再改动。发送“学习进度”可以看到您发布的任务。';

/** The card behind this refusal is shown anew: its buttons are of the past. */
export class OutdatedTask extends AppError {
  override readonly keepsForm = false;

  constructor(tell: string) {
    super('a task is in another state', tell);
  }
}

/** For whoever has a part in a task that does not stand any more. */
export const WITHDRAWN = '这项任务已经撤销，无需再办。如有疑问请联系发布人。';
