/** Refusals that several handlers share. */
import { AppError } from '../../errors.ts';
import type { PersonTurn } from '../../feature.ts';
import type { Scope } from '../../people/permissions.ts';
import type { Audience } from './schema.ts';

export const PAST = '这项任务已经不能再改动。发送“学习进度”可以看到您发布的任务。';

/** The card behind this refusal is shown anew: its buttons are of the past. */
export class OutdatedTask extends AppError {
  override readonly keepsForm = false;

  constructor(tell: string) {
    super('a task is in another state', tell);
  }
}

/** A secretary speaks to the own branch, an administrator to the detachment. */
export function refuseForeignAudience(turn: PersonTurn, audience: Audience): void {
  const scope: Scope =
    audience.kind === 'branch'
      ? { branchId: audience.id }
      : audience.kind === 'unit'
        ? { unitIds: [audience.id ?? ''] }
        : 'detachment';
  if (turn.may('study.publish', scope)) return;
  throw new AppError(
    'an audience out of scope',
    '您只能发布给自己的支部，没有发布。请把范围改为本支部，或联系政治处。',
  );
}
