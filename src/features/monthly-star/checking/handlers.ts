/** Checking of deeds: candidacies are looked at one by one, asked about, mended, passed or returned. */
import { AppError, Outdated } from '../../../basics/errors.ts';
import { type PersonTurn, type PressTurn, type Reply, sendCard } from '../../../feature.ts';
import { enterRound, partOf, refreshLists } from '../actors.ts';
import { idOf, listRef } from '../card-ref.ts';
import { candidateForm, questionForm } from '../forms.ts';
import { openCard } from '../round/open.ts';
import { findPosts, findRound, type Round } from '../round/queries.ts';
import { beginStep } from '../round/steps.ts';
import { warnOfPrivateMarks } from './private-marks.ts';
import {
  type Candidate,
  changeStatement,
  findCandidate,
  findCandidates,
  findTestimonies,
  updateCandidate,
} from './queries.ts';
import { proposeStatement } from './statement.ts';

/** 查看: the card of one candidacy, for whoever has a part in judging it. */
export async function openCandidate(turn: PressTurn, { candidate }: { candidate: string }): Promise<Reply> {
  const found = await findCandidate(turn.db, idOf(candidate));
  const round = found && (await findRound(turn.db, found.roundId));
  if (!round || !(await partOf(turn.db, round, found, turn)))
    throw new Outdated('您现在不办理这位候选人。发送“每月一星”可以看到进展。');
  await sendCard(turn, 'candidate', candidate);
  return { toast: '事迹卡片已单独发给您。' };
}

/** 查看候选人, and 看其余: a page of the list. */
export async function openCandidates(turn: PressTurn, { page }: { page: number }): Promise<Reply> {
  return openCard(turn, { card: 'candidates', ref: listRef(idOf(turn.pressed.ref), page) });
}

/** 保存修改: the deeds as they will be published, or the post; what stood there before is kept. */
export async function editCandidate(turn: PressTurn): Promise<Reply> {
  const { candidate } = await readChecked(turn);
  const saved = await save(turn, candidate);
  await refreshPages(turn, candidate);
  return { toast: saved.isChanged ? `已保存，原文留有记录。${saved.warning}` : '内容没有变化。' };
}

/** 核实通过. Private marks in the text are shown first; a second press with the same text says that they were seen. */
export async function passCandidate(turn: PressTurn): Promise<Reply> {
  const { candidate } = await readChecked(turn);
  const saved = await save(turn, candidate);
  if (saved.warning && saved.isChanged) {
    await refreshPages(turn, candidate);
    return { toast: `${saved.warning}。修改后再按；确认无误可以再按一次“核实通过”。`, kind: 'warning' };
  }
  await updateCandidate(turn.db, candidate.id, { state: 'passed', reason: null, checkedById: turn.who.id });
  // Whoever was told that it was returned sees that it is no longer so.
  await turn.refresh({ card: 'returned', ref: candidate.id });
  await refreshPages(turn, candidate);
  return { toast: `${candidate.name}的事迹已核实通过。`, kind: 'success' };
}

/** 退回, with its reason, which the nominators are told. */
export async function returnCandidate(turn: PressTurn): Promise<Reply> {
  const { candidate } = await readChecked(turn);
  const { reason } = candidateForm.pick('reason').read(turn.form);
  await updateCandidate(turn.db, candidate.id, { state: 'returned', reason, checkedById: turn.who.id });
  const nominators = new Set((await findTestimonies(turn.db, candidate)).map(({ nominatorId }) => nominatorId));
  for (const person of nominators)
    await turn.deliver({
      key: `returned:${candidate.id}:${person}`,
      to: { person },
      card: 'returned',
      ref: candidate.id,
      push: 'quiet',
    });
  await refreshPages(turn, candidate);
  return { toast: '已退回，原因会告诉提名人。', kind: 'success' };
}

/** 询问提名人: each of them gets a card to answer on. */
export async function askNominators(turn: PressTurn): Promise<Reply> {
  const { candidate } = await readChecked(turn);
  const { question } = candidateForm.pick('question').read(turn.form);
  const asked = await turn.db.models.starQuestion.findMany({
    where: { candidacyId: candidate.id, question, answer: null },
  });
  const waiting = new Set(asked.map(({ nominatorId }) => nominatorId));
  const serving = (await findTestimonies(turn.db, candidate)).filter(({ isActive }) => isActive);
  if (serving.length === 0) return { toast: '提名人都已离开队伍，没有人可以答复。', kind: 'warning' };
  const everybody = new Set(serving.map(({ nominatorId }) => nominatorId));
  const nominators = [...everybody].filter((person) => !waiting.has(person));
  if (nominators.length === 0) return { toast: '这个问题已经问过，还在等答复。' };
  for (const nominatorId of nominators) {
    const { id } = await turn.db.models.starQuestion.create({
      data: { candidacyId: candidate.id, nominatorId, askedById: turn.who.id, askedAt: turn.now, question },
    });
    await turn.deliver({
      key: `question:${id}`,
      to: { person: nominatorId },
      card: 'question',
      ref: id,
      push: 'work',
      gathers: true,
    });
  }
  await refresh(turn, candidate);
  return { toast: `已问${nominators.length}位提名人，答复会显示在这张卡片上。`, kind: 'success' };
}

/** A nominator's answer, once; the checker gets the card again. */
export async function answerQuestion(turn: PressTurn): Promise<Reply> {
  const question = await turn.db.models.starQuestion.findUnique({ where: { id: turn.pressed.ref } });
  if (question?.nominatorId !== turn.who.id) throw new Outdated('没有找到问您的这个问题。');
  const { answer } = questionForm.read(turn.form);
  const candidate = await findCandidate(turn.db, question.candidacyId);
  if (!candidate) throw new Outdated('这位候选人已经不在了，无需答复。');
  await enterRound(turn, candidate.roundId, 'answer-question', 'member', 'reading');
  const where = { id: question.id, answer: null };
  const kept = await turn.db.models.starQuestion.updateMany({ where, data: { answer, answeredAt: turn.now } });
  if (kept.count === 0) return { toast: '这个问题您已经答复过了。' };
  const ref = `${candidate.id}:0`;
  const to = { person: question.askedById };
  await turn.deliver({ key: `candidate:${ref}:answered:${question.id}`, to, card: 'candidate', ref, push: 'work' });
  await refresh(turn, candidate);
  return { toast: '已答复，谢谢。', kind: 'success' };
}

/** 完成核实: every candidacy has been decided on, and one at least has passed. */
export async function finishChecking(turn: PressTurn): Promise<Reply> {
  const { round, to } = await enterRound(turn, turn.pressed.ref, 'finish-checking', 'organiser');
  const candidates = await findCandidates(turn.db, round.id);
  const open = candidates.filter(({ state, isActive }) => state === 'proposed' && isActive);
  const others = open.filter(({ nomineeId }) => nomineeId !== turn.who.id);
  if (open.length > others.length && others.length === 0)
    return { toast: '还有1位由另一位组织者核实，核实后才能完成。', kind: 'warning' };
  if (others.length > 0)
    return {
      toast: `还有${others.length}位没有核实（${others[0]?.name ?? ''}等），请逐一通过或退回。`,
      kind: 'warning',
    };
  const passed = candidates.filter(({ state, isActive }) => state === 'passed' && isActive);
  if (passed.length === 0)
    return { toast: '没有核实通过的候选人，不能往下走。可以取消本轮并写明原因。', kind: 'warning' };
  await beginStep(turn, round, to, turn.who.id);
  return { toast: `核实完成，${passed.length}位候选人请纪检委员提出意见。`, kind: 'success' };
}

/** The candidacy a card is about, if this person may check it now: an organiser, but never the nominee. */
async function readChecked(turn: PressTurn): Promise<{ candidate: Candidate; round: Round }> {
  const candidate = await findCandidate(turn.db, idOf(turn.pressed.ref));
  if (!candidate) throw new Outdated('这位候选人已经不在了。');
  const { round } = await enterRound(turn, candidate.roundId, 'check', 'organiser');
  if (candidate.nomineeId === turn.who.id)
    throw new AppError('a check of oneself', '您是候选人，不能核实自己的事迹，请由另一位组织者办理。');
  if (candidate.state === 'withdrawn') throw new Outdated('这位候选人的提名已经撤回，不用再核实。');
  return { candidate, round };
}

/** Keeps text and post as they stand in the form, and what the text was before. */
async function save(turn: PressTurn, candidate: Candidate): Promise<{ isChanged: boolean; warning: string }> {
  const { post, statement } = candidateForm.pick('post', 'statement').read(turn.form);
  const known = (await findPosts(turn.db, candidate.roundId)).find(({ id }) => id === post);
  const hasNewPost = known !== undefined && known.id !== candidate.postId;
  if (hasNewPost) await updateCandidate(turn.db, candidate.id, { postId: known.id });
  const before = candidate.statement ?? proposeStatement(await findTestimonies(turn.db, candidate));
  if (statement !== before)
    await changeStatement(turn.db, candidate.id, { before, after: statement, by: turn.who.id, now: turn.now });
  const isFirst = candidate.statement === null;
  if (isFirst && statement === before) await updateCandidate(turn.db, candidate.id, { statement });
  return { isChanged: isFirst || statement !== before || hasNewPost, warning: warnOfPrivateMarks(statement) };
}

/** Every page holds the form with the deeds: an older text on another page would be saved over the new one. */
async function refreshPages(turn: PersonTurn, candidate: Candidate): Promise<void> {
  const further = (await findTestimonies(turn.db, candidate)).slice(1);
  await turn.refresh(...further.map((_, at) => ({ card: 'candidate', ref: `${candidate.id}:${at + 1}` })));
  await refresh(turn, candidate);
}

async function refresh(turn: PersonTurn, candidate: Candidate): Promise<void> {
  await turn.refresh({ card: 'candidate', ref: `${candidate.id}:0` });
  await refreshLists(turn, candidate.roundId);
}
