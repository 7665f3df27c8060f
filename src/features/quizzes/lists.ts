/** 题库 as an xlsx file, both ways, and 考试成绩, which comes out. */
import { z } from 'zod';
import { list } from '../../list.ts';
import { findPlacedPeople, scopeOfPerson } from '../../people/places/placed-people.ts';
import { takeBank } from './bank/import.ts';
import { findItemStatistics } from './bank/item-statistics.ts';
import { findBank } from './bank/queries.ts';
import { bankPlan, writeBankRow } from './bank/rows.ts';
import { bringShippedBank } from './bank/shipped-bank.ts';
import { type ExamResult, findExamResults } from './contest/exam-results.ts';
import { findClosedExams } from './contest/queries.ts';
import { nameTopics } from './schema.ts';
import { findOwnOpen } from './secrets.ts';

const OUTCOMES: Record<ExamResult['outcome'], string> = {
  passed: '及格',
  failed: '未及格',
  absent: '未参加',
  unreached: '没收到',
};

/** All questions that are not retired, with how they have done so far; without those that the reader has yet to answer. */
const bank = list({
  plan: bankPlan,
  in: { action: 'quiz.review', take: takeBank },
  out: {
    action: 'quiz.review',
    rows: async (turn) => {
      await bringShippedBank(turn);
      const ownOpen = await findOwnOpen(turn.db, turn.now, turn.who.id);
      const questions = (await findBank(turn.db)).filter(({ id }) => !ownOpen.has(id));
      const statistics = await findItemStatistics(
        turn.db,
        questions.map(({ id }) => id),
      );
      return questions.map((question) => writeBankRow(question, statistics.get(question.id)));
    },
  },
});

/** The results of exams that ended in the period, of those whom the reader may watch, exam by exam and by name. */
const examResults = list({
  plan: {
    name: '考试成绩',
    columns: {
      topics: { header: '考试内容', kind: 'text', type: z.string(), width: 30 },
      closedAt: { header: '结束时间', kind: 'instant', type: z.date() },
      name: { header: '姓名', kind: 'name', type: z.string() },
      unit: { header: '单位', kind: 'text', type: z.string() },
      branch: { header: '所属党支部', kind: 'text', type: z.string(), width: 28 },
      right: { header: '答对题数', kind: 'number', type: z.number().optional() },
      all: { header: '总题数', kind: 'number', type: z.number().optional() },
      outcome: { header: '结果', kind: 'text', type: z.string() },
    },
  },
  out: {
    action: 'quiz.watch',
    rows: async ({ db, now, calendar, may }, { firstDay, lastDay }) => {
      const placed = (await findPlacedPeople(db)).filter((person) => may('quiz.watch', scopeOfPerson(person)));
      const watched = new Map(placed.map((person) => [person.id, person]));
      const end = calendar.at(calendar.addDays(lastDay, 1), '00:00');
      const rows = [];
      for (const exam of await findClosedExams(db, calendar.at(firstDay, '00:00'), end < now ? end : now)) {
        for (const { personId, outcome, right, all } of await findExamResults(db, exam.id, exam.passPercent)) {
          const person = watched.get(personId);
          if (!person) continue;
          const { name, unit, branch } = person;
          const taken = outcome === 'absent' || outcome === 'unreached' ? {} : { right, all };
          const said = { topics: nameTopics(exam.topics), closedAt: exam.closesAt, outcome: OUTCOMES[outcome] };
          rows.push({ ...said, name, unit, branch, ...taken });
        }
      }
      return rows;
    },
  },
});

export const lists = { 题库: bank, 考试成绩: examResults };
