/** 题库 as an xlsx file, both ways. */
import { list } from '../../list.ts';
import { takeBank } from './bank-import.ts';
import { findBank } from './bank-queries.ts';
import { bankPlan, writeBankRow } from './bank-rows.ts';
import { findItemStatistics } from './item-statistics.ts';
import { bringShippedBank } from './shipped-bank.ts';

/** All questions that are not retired, with how they have done so far. */
export const lists = {
  题库: list({
    plan: bankPlan,
    in: { action: 'quiz.review', take: takeBank },
    out: {
      action: 'quiz.review',
      rows: async (turn) => {
        await bringShippedBank(turn);
        const questions = await findBank(turn.db);
        const statistics = await findItemStatistics(
          turn.db,
          questions.map(({ id }) => id),
        );
        return questions.map((question) => writeBankRow(question, statistics.get(question.id)));
      },
    },
  }),
};
