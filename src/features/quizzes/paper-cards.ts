/** From one person's paper to its card, which moves on in place: start, question after question, result. */
import { formatDeadline, formatInstant } from '../../calendar/format.ts';
import type { Card, CardVariables, Viewer } from '../../feature.ts';
import { formatWindow } from './format-window.ts';
import { findPaper, type Paper, type PaperQuestion } from './paper-queries.ts';
import { nameSource, TOPICS, textsOf } from './question.ts';
import { arrangeOptions, countRight, endOf, isPassed, isRight } from './rules.ts';
import { nameQuiz, nameTopics } from './schema.ts';
import { describeAverage } from './summary.ts';
import { describeTeams } from './teams.ts';

const KIND_WORDS: Record<string, string> = { single: '单选', multiple: '多选', 'true-false': '判断' };
/** Longer options do not fit on a button of a phone: they stand above, and the buttons carry their letters. */
const MAX_BUTTON_CHARACTERS = 16;
/** More would not be read, and would not fit on one card; the others come back in practice. */
const MAX_MISTAKES = 12;

/** One person's card of a quiz. What was over or withdrawn before it was sent is not sent any more. */
export const paper: Card = {
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
    if (isWithdrawn || (isOver && found.answers.length === 0))
      return { template: 'paper-missed', ...common, isWithdrawn, ...dailyAnswer(found) };
    if (found.startedAt === null) return startCard(found, common, viewer);
    if (current && !isOver) return { template: 'paper-question', ...common, ...askQuestion(found, current) };
    return {
      template: 'paper-result',
      ...common,
      ...(await result(found, isOver)),
      crowd: isOver && found.kind === 'contest' ? await describeAverage(db, quiz) : '',
      teams: isOver && found.isByUnit ? await describeTeams(db, quiz) : '',
    };
  },
};

/** What somebody got wrong, for them alone. */
export const mistakes: Card = {
  load: async (db, quiz, viewer) => {
    const found = await findPaper(db, quiz, viewer.person ?? '', viewer.now, true);
    if (!found) return undefined;
    const end = endOf(found, found.startedAt);
    const isHidden = found.kind === 'exam' && found.closesAt !== null && found.closesAt > viewer.now;
    const wrong = isHidden ? [] : wrongAnswers(found);
    return {
      name: nameQuiz(found.kind, found.topics),
      line: isHidden
        ? `考试${end && found.closesAt ? `于${formatInstant(found.closesAt, viewer)}` : ''}结束后可以看错题。`
        : `答错${wrong.length}题${wrong.length > MAX_MISTAKES ? `，这里列出${MAX_MISTAKES}题` : ''}。练习里会再遇到它们。`,
      items: wrong.slice(0, MAX_MISTAKES).map(({ question, choice }) => ({
        id: question.id,
        stem: question.stem,
        text: [
          `您选：${textsOf(question, choice)}`,
          `正确：${textsOf(question, question.key)}`,
          question.explanation,
          basisOf(question),
        ].join('\n'),
      })),
    };
  },
};

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
    result: found.isByUnit ? '按单位统计平均答对率，参加不足5人的单位不单列' : '',
  };
}

function askQuestion(found: Paper, question: PaperQuestion) {
  const options = arrangeOptions(question, found.seed ?? '').map(({ id, text }, index) => ({
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
    options,
    isMany: question.kind === 'multiple',
    isLong: options.some(({ text }) => text.length > MAX_BUTTON_CHARACTERS),
    ...lastVerdict(found),
  };
}

/** Right or wrong, why, and the article of what was answered last; an exam keeps quiet until it is over. */
function lastVerdict(found: Paper) {
  const last = found.answers.at(-1);
  const question = found.kind === 'exam' ? undefined : found.questions.find(({ id }) => id === last?.questionId);
  if (!last || !question) return { verdict: '', because: '', last: '' };
  const isCorrect = isRight(last.choice, question.key);
  return {
    verdict: isCorrect
      ? `第${found.answers.length}题答对`
      : `第${found.answers.length}题答错，正确答案：${textsOf(question, question.key)}`,
    because: `${question.explanation}\n${basisOf(question)}`,
    last: question.id,
  };
}

async function result(found: Paper, isOver: boolean) {
  const keys = new Map(found.questions.map(({ id, key }) => [id, key]));
  const right = countRight(found.answers, keys);
  const all = found.questionIds.length;
  const { kind, passPercent } = found;
  const passed =
    kind === 'exam' && passPercent !== null ? (isPassed(right, all, passPercent) ? '及格' : '尚未及格') : '';
  return {
    line:
      kind === 'daily'
        ? right > 0
          ? '答对了'
          : '这题答错了'
        : `答对 ${right} 题，共 ${all} 题${passed && `，${passed}`}`,
    unanswered: found.answers.length < all && isOver ? `${all - found.answers.length}题没有作答` : '',
    hasMistakes: wrongAnswers(found).length > 0 && (kind === 'contest' || kind === 'exam' || kind === 'practice'),
    isPractice: kind === 'practice',
    isDaily: kind === 'daily',
    passLine: passPercent === null ? '' : `${passPercent}%`,
    ...lastVerdict(found),
  };
}

/** Yesterday's question is still worth reading: with its answer. */
function dailyAnswer(found: Paper) {
  const question = found.kind === 'daily' ? found.questions[0] : undefined;
  return {
    stem: question?.stem ?? '',
    because: question
      ? `正确答案：${textsOf(question, question.key)}\n${question.explanation}\n${basisOf(question)}`
      : '',
  };
}

function wrongAnswers(found: Paper): { question: PaperQuestion; choice: string[] }[] {
  return found.answers.flatMap(({ questionId, choice }) => {
    const question = found.questions.find(({ id }) => id === questionId);
    return question && !isRight(choice, question.key) ? [{ question, choice }] : [];
  });
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
