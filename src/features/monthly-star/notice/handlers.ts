/** The public notice: objections, known to whoever handles them and nobody else, and their answers. */
import { randomUUID } from 'node:crypto';
import { AppError, Outdated } from '../../../basics/errors.ts';
import { type PressTurn, type Reply, refuse } from '../../../feature.ts';
import { allow, enterRound, refreshLists, reviewersOf } from '../actors.ts';
import { findCandidate, updateCandidate } from '../checking/queries.ts';
import { objectionForm, verdictForm } from '../forms.ts';
import { findOfficeHolders, findRound, holdRound, isInRound, type Round } from '../round/queries.ts';
import { endWithoutStar } from '../round/steps.ts';
import { ObjectionFormRef } from '../schema.ts';
import { tellHandlers, tellObjector } from './objections.ts';

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
    ref: ObjectionFormRef.write({ round: round.id, id }),
    push: 'answer',
  });
  return { toast: '请在单独发给您的卡片上填写，只有处理人能看到是谁提出的。' };
}

/** 提交异议: up to the last moment of the last day of the notice. */
export async function submitObjection(turn: PressTurn): Promise<Reply> {
  const { round: roundId, id } = ObjectionFormRef.parse(turn.pressed.ref);
  const { round } = await enterRound(turn, roundId, 'object', 'member', 'reading');
  if (!round.noticeUntil || round.noticeUntil <= turn.now)
    throw new Outdated('公示已经结束，不能再提出异议。有情况可以按“投诉建议”反映。');
  const { candidate: about, text } = objectionForm.read(turn.form);
  const candidate = await findCandidate(turn.db, about);
  if (candidate?.roundId !== round.id || !candidate.isChosen) return refuse('请选择对哪一位有异议，再提交。');
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
  if (!found || !candidate || !round) throw new Outdated('这份异议已经不在了。');
  const holders = await findOfficeHolders(turn.db, turn.now);
  if (!reviewersOf(holders, candidate, [found.objectorId]).includes(turn.who.id))
    throw new AppError('not the handler of an objection', '这份异议不由您处理，没有改动任何内容。');
  allow(round, 'answer-objection', 'reviewer');
  const { answer } = verdictForm.read(turn.form);
  const data = { state: is, answer, handledById: turn.who.id, handledAt: turn.now };
  const done = await turn.db.models.starObjection.updateMany({ where: { id: found.id, state: 'open' }, data });
  if (done.count === 0) throw new Outdated('这份异议已经答复，不用再按。');
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
