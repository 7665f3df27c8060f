/** The public notice: objections, known to whoever handles them and nobody else, and their answers. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors.ts';
import type { PressTurn, Reply } from '../../feature.ts';
import { allow, enterRound, OutdatedRound, refreshLists, reviewersOf } from './actors.ts';
import { findCandidate, updateCandidate } from './candidate-queries.ts';
import { tellHandlers, tellObjector } from './objections.ts';
import { refuseLong } from './refuse-long.ts';
import { findOfficeHolders, findRound, holdRound, isInRound, type Round } from './round-queries.ts';
import { AnswerForm, ObjectionForm } from './schema.ts';
import { endWithoutStar } from './steps.ts';

/** 提出异议: the form, to the person alone; it is good for one objection. */
export async function openObjection(turn: PressTurn): Promise<Reply> {
  const round = await findRound(turn.db, turn.pressed.ref);
  if (round?.state !== 'noticing' || !round.noticeUntil || round.noticeUntil <= turn.now)
    return { toast: '公示已经结束，不能再提出异议。有情况可以按“投诉建议”反映。', kind: 'warning' };
  await refuseOutsider(turn, round);
  const id = randomUUID();
  await turn.deliver({
    key: `objection-form:${id}`,
    to: { person: turn.who.id },
    card: 'objection-form',
    ref: `${round.id}:${id}`,
    push: 'answer',
  });
  return { toast: '请在单独发给您的卡片上填写，只有处理人能看到是谁提出的。' };
}

/** 提交异议: up to the last moment of the last day of the notice. */
export async function submitObjection(turn: PressTurn): Promise<Reply> {
  const [roundId = '', id = ''] = turn.pressed.ref.split(':');
  const { round } = await enterRound(turn, roundId, 'object', 'member', 'reading');
  if (!round.noticeUntil || round.noticeUntil <= turn.now)
    throw new OutdatedRound('公示已经结束，不能再提出异议。有情况可以按“投诉建议”反映。');
  const { candidate: about, text } = ObjectionForm.parse(turn.form);
  const refuse = (toast: string): Reply => ({ toast, kind: 'warning', keepForm: true });
  const candidate = about ? await findCandidate(turn.db, about) : undefined;
  if (candidate?.roundId !== round.id || !candidate.isChosen) return refuse('请选择对哪一位有异议，再提交。');
  if (text === '') return refuse('请写明异议的内容和依据，再提交。');
  const tooLong = refuseLong('异议', text);
  if (tooLong) return tooLong;
  await refuseOutsider(turn, round);
  const kept = await turn.db.sql`
    INSERT INTO star_objection (id, "roundId", "candidacyId", "objectorId", text, "writtenAt")
    VALUES (${id}::uuid, ${round.id}::uuid, ${candidate.id}::uuid, ${turn.who.id}, ${text}, ${turn.now}) ON CONFLICT DO NOTHING RETURNING id`;
  if (kept.length === 0) return { toast: '这份异议已经收到，不用再交。' };
  await tellHandlers(turn, { id, candidacyId: candidate.id, objectorId: turn.who.id }, 'first');
  return { toast: '已收到，处理后会单独答复您。', kind: 'success' };
}

/** Said before anything is written, and again when it is handed in: a group, or whoever was transferred, may have the card too. */
async function refuseOutsider(turn: PressTurn, round: Round): Promise<void> {
  if (await isInRound(turn.db, round, turn.who.id)) return;
  throw new AppError('an objection from elsewhere', '您不在本轮的范围内。有情况可以按“投诉建议”反映。');
}

/** 异议成立 and 不成立: both with an answer, which the objector is given. An upheld one takes the star back, with its reason kept. */
export async function answerObjection(turn: PressTurn, { is }: { is: 'upheld' | 'rejected' }): Promise<Reply> {
  const found = await turn.db.models.starObjection.findUnique({ where: { id: turn.pressed.ref } });
  const candidate = found && (await findCandidate(turn.db, found.candidacyId));
  const round = candidate && (await holdRound(turn.db, candidate.roundId, 'moving'));
  if (!found || !candidate || !round) throw new OutdatedRound('这份异议已经不在了。');
  const holders = await findOfficeHolders(turn.db, turn.now);
  if (!reviewersOf(holders, candidate, [found.objectorId]).includes(turn.who.id))
    throw new AppError('not the handler of an objection', '这份异议不由您处理，没有改动任何内容。');
  allow(round, 'answer-objection', 'reviewer');
  const { answer } = AnswerForm.parse(turn.form);
  if (answer === '') return { toast: '请先写下核查情况和答复，再按。', kind: 'warning', keepForm: true };
  const tooLong = refuseLong('答复', answer);
  if (tooLong) return tooLong;
  const data = { state: is, answer, handledById: turn.who.id, handledAt: turn.now };
  const done = await turn.db.models.starObjection.updateMany({ where: { id: found.id, state: 'open' }, data });
  if (done.count === 0) throw new OutdatedRound('这份异议已经答复，不用再按。');
  if (is === 'upheld')
    await updateCandidate(turn.db, candidate.id, {
      state: 'withdrawn',
      isChosen: false,
      reason: `公示期异议成立：${answer}`,
    });
  await tellObjector(turn, found);
  await turn.refresh({ card: 'notice', ref: round.id });
  await refreshLists(turn, round.id);
  return goOn(turn, round.id, is);
}

/** With nobody left the round ends; a notice that was only waiting for this answer is published at once. */
async function goOn(turn: PressTurn, id: string, is: 'upheld' | 'rejected'): Promise<Reply> {
  const said = is === 'upheld' ? '异议成立，已取消这位同志的入选。' : '已答复提出人。';
  const round = await findRound(turn.db, id);
  if (!round) return { toast: said, kind: 'success' };
  if (await endWithoutStar(turn, round, 'reviewer', turn.who.id))
    return { toast: `${said}本轮没有其他入选的同志，已结束。`, kind: 'success' };
  const isOver = round.noticeUntil !== null && round.noticeUntil <= turn.now;
  if (isOver) await turn.later('end-step', { round: id, state: 'noticing' }, { key: `end:${id}` });
  return { toast: said, kind: 'success' };
}
