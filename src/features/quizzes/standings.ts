/** What became of a quiz as a whole, for whoever watches over it: who stands where, and afterwards how it went. */
import { formatInstant } from '../../calendar/format.ts';
import type { Card, Viewer } from '../../feature.ts';
import { nameAudience } from '../../people/audience.ts';
import type { Reader } from '../../storage/database.ts';
import { type ExamResult, findExamResults } from './exam-results.ts';
import { formatWindow } from './format-window.ts';
import * as queries from './queries.ts';
import { nameQuiz, nameTopics } from './schema.ts';
import { describeAverage, describeMastery, describeRanking, listHardest } from './summary.ts';
import { describeTeams } from './teams.ts';

/** More do not fit on a card, nor would anybody read them. */
const MAX_NAMES = 300;

/** The issuer's card: taken part, not, on leave; after the end what was hardest and how topics are mastered. */
export const progress: Card = {
  load: async (db, id, viewer) => {
    const quiz = await queries.findQuiz(db, id);
    if (!quiz?.closesAt || !quiz.opensAt) return undefined;
    const { audience, topics } = queries.draftOf(quiz);
    const tally = await queries.tallyQuiz(db, id, viewer.calendar.dayOf(viewer.now));
    const isWithdrawn = quiz.state === 'withdrawn';
    const isOver = quiz.closesAt <= viewer.now;
    const rest = tally.all - tally.took - tally.onLeave - tally.unreachable;
    return {
      name: nameQuiz(quiz.kind, topics),
      counts: `已参加 ${tally.took} · 未参加 ${rest} · 休假 ${tally.onLeave} · 联系不上 ${tally.unreachable}（共${tally.all}人）`,
      topics: nameTopics(topics),
      time: formatWindow(quiz.opensAt, quiz.closesAt, viewer),
      audience: audience ? await nameAudience(db, audience) : '',
      isOver: isOver || isWithdrawn,
      isExam: quiz.kind === 'exam',
      count: tally.all,
      state: isWithdrawn
        ? { is: 'over', word: '已撤销' }
        : isOver
          ? { is: 'done', word: '已结束' }
          : { is: 'open', word: quiz.opensAt > viewer.now ? '未开始' : '进行中' },
      rest,
      canRemind: !isOver && !isWithdrawn && rest > 0,
      ...(isOver && !isWithdrawn ? await summarise(db, quiz, viewer) : NO_SUMMARY),
    };
  },
};

const NO_SUMMARY = { hardest: [], mastery: '', average: '', teams: '', ranking: '' };

async function summarise(db: Reader, quiz: queries.Quiz, viewer: Viewer) {
  return {
    hardest: await listHardest(db, quiz.id),
    mastery: await describeMastery(db, quiz.id),
    average: await describeAverage(db, quiz.id),
    teams: quiz.isByUnit ? await describeTeams(db, quiz.id) : '',
    ranking: viewer.settings.rankings ? await describeRanking(db, quiz.id) : '',
  };
}

/** An exam's results with names, in the order of names: for the person who asked. */
export const results: Card = {
  load: async (db, id, viewer) => {
    const quiz = await queries.findQuiz(db, id);
    if (!quiz?.closesAt || quiz.passPercent === null) return undefined;
    const all = await findExamResults(db, id, quiz.passPercent);
    const those = (outcome: ExamResult['outcome']) => all.filter((one) => one.outcome === outcome);
    const [passed, failed, absent] = [those('passed'), those('failed'), those('absent')];
    const list = (marked: ExamResult[]) =>
      listNames(marked.map(({ name, right, all }) => `${name}（${right}/${all}）`));
    const isOver = quiz.closesAt <= viewer.now;
    return {
      name: nameQuiz(quiz.kind, quiz.topics),
      isOver,
      line: isOver ? `参加${passed.length + failed.length}人，共${all.length}人` : `考试还在进行，结束后再看完整成绩。`,
      passed: list(passed),
      failed: list(failed),
      absent: listNames(absent.map(({ name }) => name)),
    };
  },
};

/** Who has not taken part, and why not: for the person who asked. */
export const absent: Card = {
  load: async (db, id, viewer) => {
    const quiz = await queries.findQuiz(db, id);
    if (!quiz) return undefined;
    const away = await queries.findAbsent(db, id, viewer.calendar.dayOf(viewer.now));
    const those = (why: queries.Absent['why']) =>
      listNames(away.filter((one) => one.why === why).map(({ name }) => name));
    return {
      name: nameQuiz(quiz.kind, quiz.topics),
      line: away.length === 0 ? '所有人都已参加。' : `未参加共${away.length}人`,
      open: those('open'),
      onLeave: those('leave'),
      unreachable: those('unreachable'),
      at: formatInstant(viewer.now, viewer),
    };
  },
};

/** As many names as a card holds. */
function listNames(names: string[]): string {
  const shown = names.slice(0, MAX_NAMES).join('、');
  return names.length > MAX_NAMES ? `${shown}等${names.length}人` : shown;
}
