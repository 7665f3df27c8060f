/** From one person's paper to its card, which moves on in place: start, question after question, result. */
import { formatDeadline, formatInstant } from '../../../calendar/format.ts';
import { type CardVariables, card, type Viewer } from '../../../feature.ts';
import { formatSnooze } from '../../../publication/snooze.ts';
import { Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { nameSource, TOPICS, textsOf } from '../bank/question.ts';
import { formatWindow } from '../contest/format-window.ts';
import { describeAverage } from '../contest/summary.ts';
import { describeTeams } from '../contest/teams.ts';
import { choiceForm } from '../forms.ts';
import { arrangeOptions, endOf, isPassed, isRight } from '../rules.ts';
import { nameQuiz, nameTopics } from '../schema.ts';
import { sayWhenTold } from '../secrets.ts';
import { countRightAnswers, findPaper, type Paper, type PaperQuestion } from './queries.ts';

const KIND_WORDS: Record<string, string> = { single: '单选', multiple: '多选', 'true-false': '判断' };
/** Longer options do not fit on a button of a phone: they stand above, and the buttons carry their letters. */
const MAX_BUTTON_CHARACTERS = 16;
/** More would not be read, and would not fit on one card; the others come back in practice. */
const MAX_MISTAKES = 12;

/** One person's card of a quiz. What was over or withdrawn before it was sent is not sent any more. */
export const paper = card({
  ref: Id,
  action: 'self',
  form: choiceForm,
  load: async (db, quiz, viewer) => {
    const found = await findPaper(db, quiz, viewer.person ?? '', viewer.now);
    if (!found) return undefined;
    const end = endOf(found, found.startedAt);
    const isWithdrawn = found.state === 'withdrawn';
    const isOver = isWithdrawn || (end !== null && end <= viewer.now);
    if (isOver && !viewer.isSent) return undefined;
    const common = {
      name: nameQuiz(found.kind, found.topics),
      topics: nameTopics(found.topics),
      issuer: found.issuer ?? '',
      end: end ? formatDeadline(end, viewer) : '',
    };
    const current = nextQuestion(found);
    if (viewer.isUnasked && found.startedAt !== null && !current) return undefined;
    if (isWithdrawn || (isOver && found.answers.length === 0))
      return { template: 'paper-missed', ...common, isWithdrawn, ...dailyAnswer(found, viewer) };
    if (found.startedAt === null) return startCard(found, common, viewer);
    if (current && !isOver) return { template: 'paper-question', ...common, ...askQuestion(found, current, viewer) };
    return {
      template: 'paper-result',
      ...common,
      ...result(found, isOver, await countRight(db, quiz, found, viewer), viewer),
      crowd: isOver && found.kind === 'contest' ? await describeAverage(db, quiz) : '',
      teams: isOver && found.isByUnit ? await describeTeams(db, quiz) : '',
    };
  },
});

/** What somebody got wrong, for them alone. */
export const mistakes = card({
  ref: Id,
  action: 'self',
  load: async (db, quiz, viewer) => {
    const found = await findPaper(db, quiz, viewer.person ?? '', viewer.now, true);
    if (!found) return undefined;
    const end = examEnd(found, viewer);
    const wrong = wrongAnswers(found);
    const untold = findUntold(found);
    const rest =
      untold.count > 0 ? `另有${untold.count}题正在考试或答题中使用，${untold.until(viewer)}以后可以看。` : '';
    return {
      name: nameQuiz(found.kind, found.topics),
      line: end
        ? `考试于${formatInstant(end, viewer)}结束后可以看错题。`
        : `答错${wrong.length}题${wrong.length > MAX_MISTAKES ? `，这里列出${MAX_MISTAKES}题` : ''}。练习里会再遇到它们。${rest}`,
      items: wrong.slice(0, MAX_MISTAKES).map(({ question, key, choice }) => ({
        id: question.id,
        stem: question.stem,
        text: [
          `您选：${textsOf(question, choice)}`,
          `正确：${textsOf(question, key)}`,
          question.explanation,
          basisOf(question),
        ].join('\n'),
      })),
    };
  },
});

function startCard(found: Paper, common: Record<string, string>, viewer: Viewer): CardVariables {
  const { kind, questionCount, minutes, passPercent, opensAt, closesAt } = found;
  const isExam = kind === 'exam';
  return {
    template: 'paper-start',
    ...common,
    opens: formatDeadline(opensAt, viewer),
    time: closesAt ? formatWindow(opensAt, closesAt, viewer) : '',
    paper: isExam
      ? `${questionCount}题，开始后${minutes}分钟内答完，答对${passPercent}%及格`
      : `${questionCount}题，自愿参加，不比速度、不排名次`,
    isExam,
    snoozed: formatSnooze(found.snoozedUntil, viewer),
    result: found.isByUnit ? '按单位统计平均答对率，参加不足5人的单位不单列' : '',
  };
}

function askQuestion(found: Paper, question: PaperQuestion, viewer: Viewer) {
  const choices = arrangeOptions(question, found.seed ?? '').map(({ id, text }, index) => ({
    id,
    text,
    letter: 'ABCDEFGH'[index] ?? '',
  }));
  return {
    question: question.id,
    kind: KIND_WORDS[question.kind] ?? '',
    topic: TOPICS[question.topic] ?? '',
    progress: `第${found.answers.length + 1}/${found.questionIds.length}题`,
    stem: question.stem,
    choices,
    holds: {},
    options: { choice: choices.map(({ id: value, text }) => ({ value, text })) },
    isMany: question.kind === 'multiple',
    isLong: choices.some(({ text }) => text.length > MAX_BUTTON_CHARACTERS),
    ...lastVerdict(found, viewer),
  };
}

/** Right or wrong, why, and the article of what was answered last, unless that is secret; an exam says nothing of single questions. */
function lastVerdict(found: Paper, viewer: Viewer) {
  const last = found.answers.at(-1);
  const question = found.kind === 'exam' ? undefined : found.questions.find(({ id }) => id === last?.questionId);
  if (!last || !question) return { verdict: '', because: '', last: '' };
  const verdict = `第${found.answers.length}题`;
  if (question.key === null)
    return { verdict: `${verdict}已记录`, because: sayWhen(question, viewer), last: question.id };
  return {
    verdict: isRight(last.choice, question.key)
      ? `${verdict}答对`
      : `${verdict}答错，正确答案：${textsOf(question, question.key)}`,
    because: `${question.explanation}\n${basisOf(question)}`,
    last: question.id,
  };
}

/**
 * So many are right, of those whose key may be told: what is missing would follow from the sum. An exam that is over counts them all, since it
 * tells its result whatever other exam asks the same.
 */
async function countRight(db: Reader, quiz: string, found: Paper, viewer: Viewer): Promise<number> {
  const { count } = findUntold(found);
  if (count > 0 && found.kind === 'exam' && !examEnd(found, viewer))
    return countRightAnswers(db, quiz, viewer.person ?? '');
  return found.answers.length - count - wrongAnswers(found).length;
}

function result(found: Paper, isOver: boolean, right: number, viewer: Viewer) {
  const all = found.questionIds.length;
  const { passPercent } = found;
  return {
    line: describeResult(found, right, viewer),
    unanswered: found.answers.length < all && isOver ? `${all - found.answers.length}题没有作答` : '',
    hasMistakes: found.kind !== 'daily' && (wrongAnswers(found).length > 0 || findUntold(found).count > 0),
    isPractice: found.kind === 'practice',
    isDaily: found.kind === 'daily',
    passLine: passPercent === null ? '' : `${passPercent}%`,
    ...lastVerdict(found, viewer),
  };
}

function describeResult(found: Paper, right: number, viewer: Viewer): string {
  const { kind, passPercent } = found;
  const all = found.questionIds.length;
  const end = examEnd(found, viewer);
  // Even the sum is a key: with all of them right, every answer is one.
  if (end) return `已交卷。成绩和错题在${formatInstant(end, viewer)}考试结束后公布`;
  if (kind === 'exam' && passPercent !== null)
    return `答对 ${right} 题，共 ${all} 题，${isPassed(right, all, passPercent) ? '及格' : '尚未及格'}`;
  const untold = findUntold(found);
  if (kind === 'daily') return untold.count > 0 ? '已记录' : right > 0 ? '答对了' : '这题答错了';
  const rest = untold.count > 0 ? `；${untold.count}题还不能公布对错，${untold.until(viewer)}以后可以看` : '';
  return `答对 ${right} 题，共 ${all} 题${rest}`;
}

/** Yesterday's question is still worth reading: with its answer. */
function dailyAnswer(found: Paper, viewer: Viewer) {
  const question = found.kind === 'daily' ? found.questions[0] : undefined;
  return {
    stem: question?.stem ?? '',
    because: !question
      ? ''
      : question.key === null
        ? sayWhen(question, viewer)
        : `正确答案：${textsOf(question, question.key)}\n${question.explanation}\n${basisOf(question)}`,
  };
}

/** What was wrong, of what may be told. */
function wrongAnswers(found: Paper): { question: PaperQuestion; key: string[]; choice: string[] }[] {
  return found.answers.flatMap(({ questionId, choice }) => {
    const question = found.questions.find(({ id }) => id === questionId);
    return question?.key && !isRight(choice, question.key) ? [{ question, key: question.key, choice }] : [];
  });
}

/** How many answers nobody may grade yet, and in words until when. */
function findUntold({ answers, questions }: Paper): { count: number; until: (viewer: Viewer) => string } {
  const ends = questions.flatMap(({ id, until }) =>
    until && answers.some(({ questionId }) => questionId === id) ? [new Date(until).getTime()] : [],
  );
  return { count: ends.length, until: (viewer) => formatInstant(new Date(Math.max(...ends)), viewer) };
}

/** The end of an exam that is still on, for others if not for this person: until then it tells no result. */
function examEnd({ kind, state, closesAt }: Paper, { now }: Viewer): Date | undefined {
  return kind === 'exam' && state === 'published' && closesAt && closesAt > now ? closesAt : undefined;
}

function sayWhen(question: PaperQuestion, viewer: Viewer): string {
  return question.until ? sayWhenTold(new Date(question.until), viewer) : '';
}

/** The first question of the paper that has no answer. */
function nextQuestion({ questionIds, answers, questions }: Paper): PaperQuestion | undefined {
  const id = questionIds.find((one) => !answers.some(({ questionId }) => questionId === one));
  return questions.find((question) => question.id === id);
}

/** The source, and whether anybody has compared it with the official text. */
function basisOf(question: PaperQuestion): string {
  return `依据：${nameSource(question)}：${question.basis}${question.isCompared ? '' : '（尚未与正式文本核对）'}`;
}
