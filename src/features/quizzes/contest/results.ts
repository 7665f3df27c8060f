/** An exam's results with names, for whoever may watch over it. */
import { card, type PressTurn, type Reply, sendCard } from '../../../feature.ts';
import { joinNames } from '../../../publication/issuer/progress.ts';
import { find, findMatter } from '../../../publication/queries.ts';
import { Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { nameQuiz } from '../schema.ts';
import { type ExamResult, findExamResults } from './exam-results.ts';
import { quiz as kind } from './publication.ts';

/** 查看成绩单: to the person who asked. */
export async function listResults(turn: PressTurn): Promise<Reply> {
  await sendCard(turn, 'results', turn.pressed.ref);
  return { toast: '成绩单已单独发给您，请勿转发到群里。' };
}

/** An exam's results with names, in the order of names: for the person who asked. */
export const results = card({
  ...{ ref: Id, action: 'quiz.watch', matter: (db: Reader, id: string) => findMatter(kind, db, id) },
  load: async (db, id, viewer) => {
    const quiz = await find(kind, db, id);
    if (!quiz?.dueAt || quiz.content.passPercent === null) return undefined;
    const isOver = quiz.dueAt <= viewer.now;
    const all = isOver ? await findExamResults(db, id, quiz.content.passPercent) : [];
    const those = (outcome: ExamResult['outcome']) => all.filter((one) => one.outcome === outcome);
    const [passed, failed, absent] = [those('passed'), those('failed'), those('absent')];
    const list = (marked: ExamResult[]) =>
      joinNames(marked.map(({ name, right, all }) => `${name}（${right}/${all}）`));
    return {
      name: nameQuiz(quiz.content.kind, quiz.content.topics),
      isOver,
      line: isOver ? `参加${passed.length + failed.length}人，共${all.length}人` : `考试还在进行，结束后再看完整成绩。`,
      passed: list(passed),
      failed: list(failed),
      absent: joinNames(absent.map(({ name }) => name)),
      unreached: joinNames(those('unreached').map(({ name }) => name)),
    };
  },
});
