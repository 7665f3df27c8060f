/** What happens to the draft of a contest or an exam: written, filled in, cancelled, published. */
import { formatInstant } from '../../calendar/format.ts';
import { AppError } from '../../errors.ts';
import type { PersonTurn, PressTurn, Reply } from '../../feature.ts';
import { findNames, refuseForeignAudience, withoutNames } from '../../people/audience.ts';
import { findPool } from './bank-queries.ts';
import { type Draft, EMPTY_DRAFT, EXAM_DEFAULTS, findMissing, findObjection } from './draft-rules.ts';
import * as queries from './queries.ts';
import { DraftForm, type IssuedKind } from './schema.ts';
import { readKind, readSentence } from './sentence.ts';
import { bringShippedBank } from './shipped-bank.ts';

/** The card behind this refusal is shown anew: its buttons are of the past. */
class OutdatedQuiz extends AppError {
  override readonly keepsForm = false;
}

/** 发布答题, or a sentence that says it: a draft with what was understood, shown to its writer only. */
export function draftContest(turn: PersonTurn, typed: { text: string; rest: string }): Promise<undefined> {
  return draftQuiz(turn, typed);
}

/** 发布考试. */
export function draftExam(turn: PersonTurn, typed: { rest: string }): Promise<undefined> {
  return draftQuiz(turn, { text: typed.rest, rest: typed.rest }, 'exam');
}

async function draftQuiz(
  turn: PersonTurn,
  typed: { text: string; rest: string },
  asked?: IssuedKind,
): Promise<undefined> {
  await bringShippedBank(turn);
  const names = await findNames(turn.db);
  // A unit may be called 考核办: what its name says is not what is asked for.
  const kind = asked ?? readKind(withoutNames(typed.text, names));
  const viewpoint = { now: turn.saidAt, calendar: turn.calendar };
  const said = readSentence(typed.rest, viewpoint, names, turn.who.branchId);
  const draft: Draft = { ...EMPTY_DRAFT, ...(kind === 'exam' && EXAM_DEFAULTS), ...said, kind };
  await refuseObjection(turn, draft);
  const id = await queries.createDraft(turn.db, draft, turn.who.id, turn.now);
  await turn.deliver({ key: `draft:${id}`, to: { person: turn.who.id }, card: 'draft', ref: id, push: 'answer' });
}

/** The form of a draft: what it says replaces what was understood. */
export async function fillDraft(turn: PressTurn): Promise<Reply> {
  const quiz = await readDraft(turn);
  const { topics, count, opensAt, closesAt, audience, minutes, passPercent, isByUnit } = DraftForm.parse(turn.form);
  const draft: Draft = {
    kind: queries.draftOf(quiz).kind,
    topics: topics ?? [],
    count: count ?? null,
    opensAt: opensAt ?? null,
    closesAt: closesAt ?? null,
    audience: audience ?? null,
    minutes: minutes ?? null,
    passPercent: passPercent ?? null,
    isByUnit,
  };
  const missing = findMissing(draft);
  if (missing.length > 0)
    return { toast: `还差：${missing.join('、')}。请补上后再提交。`, kind: 'warning', keepForm: true };
  await refuseObjection(turn, draft);
  await queries.updateDraft(turn.db, quiz.id, draft);
  return { toast: '请核对后确认发布。' };
}

/** Back from the preview to the form, with everything filled in. */
export async function editDraft(turn: PressTurn): Promise<Reply> {
  const quiz = await readDraft(turn);
  await queries.reopenDraft(turn.db, quiz.id);
  return { toast: '请修改后提交。' };
}

/** 取消 on a draft. */
export async function cancelDraft(turn: PressTurn): Promise<Reply> {
  const quiz = await readDraft(turn);
  await queries.moveQuiz(turn.db, quiz.id, 'draft', { state: 'cancelled' });
  return { toast: '已取消，没有发给任何人。' };
}

/**
 * 确认发布: everybody of the audience gets their part, the secretary the card that counts along, and the end is set, in one
 * transaction. The cards go out ahead, in rounds.
 */
export async function publishQuiz(turn: PressTurn): Promise<Reply> {
  const quiz = await readDraft(turn);
  const draft = queries.draftOf(quiz);
  await refuseObjection(turn, draft);
  const { audience, closesAt, opensAt } = draft;
  if (findMissing(draft).length > 0 || !audience || !closesAt)
    return { toast: '还有内容没有填，请按“修改”补上。', kind: 'warning' };
  const arrival = turn.policy.nextQuietPush(turn.now);
  if (arrival >= closesAt) {
    const when = formatInstant(arrival, turn);
    return { toast: `卡片最早${when}才能送达，来不及答题，没有发布。请按“修改”改时间。`, kind: 'warning' };
  }
  const published = { state: 'published', publishedAt: turn.now, opensAt: opensAt ?? turn.now } as const;
  if (!(await queries.moveQuiz(turn.db, quiz.id, 'draft', published)))
    throw new OutdatedQuiz('a quiz was published twice', '这次答题已经发布，不用再按。');
  const count = await queries.invite(turn.db, quiz.id, audience);
  if (count === 0)
    throw new AppError('an audience of nobody', '这个范围里现在没有人，没有发布。请按“修改”换一个范围。');
  await turn.later('announce', { quiz: quiz.id, after: '' });
  await turn.later('close', { quiz: quiz.id }, { at: closesAt, key: `close:${quiz.id}` });
  await turn.deliver({
    key: `progress:${quiz.id}`,
    to: { person: turn.who.id },
    card: 'progress',
    ref: quiz.id,
    push: 'answer',
  });
  return { toast: `已发布给${count}人，到时间自动开始和结束。`, kind: 'success' };
}

/** Throws what stands against a draft as a sentence for its writer. */
async function refuseObjection(turn: PersonTurn, draft: Draft): Promise<void> {
  if (draft.audience) refuseForeignAudience(turn, 'quiz.publish', draft.audience);
  const pool = await findPool(turn.db, draft.topics, turn.calendar.dayOf(turn.now));
  const objection = findObjection(draft, turn.now, pool.length);
  if (objection) throw new AppError('a draft was objected to', objection);
}

/** The draft a card is about; a draft that is none any more is refused in words. */
async function readDraft(turn: PressTurn): Promise<queries.Quiz> {
  const quiz = await queries.findQuiz(turn.db, turn.pressed.ref);
  if (quiz?.state === 'draft') return quiz;
  const tell =
    quiz?.state === 'published' ? '这次答题已经发布，不用再按。' : '这份草稿已经取消。发送“发布答题”可以重新开始。';
  throw new OutdatedQuiz('a quiz is no draft any more', tell);
}
