/** Quizzes in the weekly digest: who took part and who did not, how much was right, and which question was most often wrong. */
import type { DigestCount, DigestQuestion, DigestSection } from '../../digest-section.ts';
import type { Reader } from '../../storage/database.ts';
import { findQuestions } from './bank/queries.ts';
import { nameQuiz } from './schema.ts';

/** Of a question's text; more does not fit on a phone. */
const MAX_STEM = 40;

export const digest: DigestSection = {
  title: '答题',
  version: 3,
  figures: {
    taken: {
      label: '参加答题',
      unit: '人次',
      definition: '本期内作答的人次，一人答一次比拼、考试或每日一题计1次，不含个人练习。',
      isBetterWhen: 'more',
      span: 'period',
    },
    missed: {
      label: '未参加答题',
      unit: '人次',
      definition: '本期内结束的比拼和考试中收到了卡片、没有作答的人次。没收到、休假和联系不上的另计。',
      isBetterWhen: 'less',
      span: 'period',
    },
    unreached: {
      label: '没收到',
      unit: '人次',
      definition: '本期内结束的比拼和考试中没有作答、结束前卡片没有送到本人的人次。',
      span: 'period',
    },
    'on-leave': {
      label: '休假未参加',
      unit: '人次',
      definition: '本期内结束的比拼和考试中没有作答、结束当天在休假的人次。',
      span: 'period',
    },
    unreachable: {
      label: '联系不上',
      unit: '人次',
      definition: '本期内结束的比拼和考试中没有作答、卡片送不到本人的人次。',
      span: 'period',
    },
    answers: {
      label: '作答',
      unit: '题次',
      definition: '本期内作答的题次，考试在结束时计入，不含个人练习。只按题目列出，不列个人。',
      span: 'period',
    },
    right: {
      label: '答对',
      unit: '题次',
      definition: '本期内作答中答对的题次，考试在结束时计入，不含个人练习。只按题目列出，不列个人。',
      span: 'period',
    },
    wrong: {
      label: '答错',
      unit: '题次',
      definition: '本期内作答中答错的题次，考试在结束时计入，不含个人练习。只按题目列出，不列个人。',
      span: 'period',
    },
  },
  ratios: [{ label: '正确率', of: 'right', among: 'answers' }],
  matters: {
    figure: 'wrong',
    among: 'answers',
    limit: 1,
    words: (count, among) => `${among}题次中答错${count}题次，是本期最易错的题`,
    describe: describeQuestions,
  },
  count: async (db, question) => [...(await countParts(db, question)), ...(await countAnswers(db, question))],
};

const idsOf = ({ groups }: DigestQuestion, kind: string) =>
  groups.filter((group) => group.kind === kind).map(({ id }) => id);

/** First answered in the period; or closed in it without an answer. Practice is nobody else's business. */
function countParts(db: Reader, question: DigestQuestion): Promise<DigestCount[]> {
  const { period, calendar, listed } = question;
  const { from, until } = period;
  return db.sql<DigestCount>`
    WITH answered AS MATERIALIZED (SELECT DISTINCT "quizId", "personId" FROM quiz_answer WHERE "answeredAt" >= ${from} AND "answeredAt" < ${until}),
    part AS (
      -- A lateral join with a limit asks the key for each of the few; an anti-join might read all answers there ever were.
      SELECT w."quizId", w."personId", 'taken' AS figure FROM answered w
      LEFT JOIN LATERAL (SELECT true AS found FROM quiz_answer x WHERE x."quizId" = w."quizId" AND x."personId" = w."personId" AND x."answeredAt" < ${from} LIMIT 1) earlier ON true
      WHERE earlier.found IS NULL
      UNION ALL
      SELECT a."quizId", a."personId", CASE WHEN l."personId" IS NOT NULL THEN 'on-leave' WHEN a."isUnreachable" THEN 'unreachable'
        WHEN COALESCE(reached_at('quizzes', 'paper', q.id, a."personId") >= q."closesAt", true) THEN 'unreached' ELSE 'missed' END
      FROM quiz_run q JOIN quiz_part a ON a."quizId" = q.id
      LEFT JOIN LATERAL (SELECT "personId" FROM leave l WHERE l."personId" = a."personId"
        AND (q."closesAt" AT TIME ZONE ${calendar.timeZone})::date BETWEEN l."firstDay" AND l."lastDay" LIMIT 1) l ON true
      WHERE q.state = 'published' AND q.kind IN ('contest', 'exam') AND q."closesAt" >= ${from} AND q."closesAt" < ${until}
        AND NOT EXISTS (SELECT 1 FROM quiz_answer x WHERE x."quizId" = a."quizId" AND x."personId" = a."personId" AND x."answeredAt" < ${until}))
    SELECT g.kind, g.id, part.figure, q.id::text AS matter, count(*)::int AS count,
      jsonb_agg(jsonb_build_object('who', p.name, 'what', ${JSON.stringify(KIND_NAMES)}::jsonb ->> q.kind, 'count', 1,
        'note', to_char(q."closesAt" AT TIME ZONE ${calendar.timeZone}, 'FMMM"月"FMDD"日"HH24:MI') || '结束')
        ORDER BY p.name) FILTER (WHERE part.figure = ${listed ?? ''}) AS rows
    FROM part JOIN quiz_run q ON q.id = part."quizId" AND q.kind <> 'practice' AND q.state = 'published'
    JOIN person p ON p.id = part."personId" AND p.status = 'active'
    CROSS JOIN LATERAL (VALUES ('unit', p."unitId"), ('branch', p."branchId"::text)) g (kind, id)
    WHERE g.kind = 'unit' AND g.id = ANY (${idsOf(question, 'unit')}::text[]) OR g.kind = 'branch' AND g.id = ANY (${idsOf(question, 'branch')}::text[])
    GROUP BY g.kind, g.id, part.figure, q.id`;
}

const KIND_NAMES = Object.fromEntries(['contest', 'exam', 'daily'].map((kind) => [kind, nameQuiz(kind, [])]));

/**
 * Answers of the period by question, graded by the key as it is now: a corrected key counts for everybody, at once. An exam's count when it
 * ends: before that nobody learns what was right.
 */
async function countAnswers(db: Reader, question: DigestQuestion): Promise<DigestCount[]> {
  const { period, listed = '' } = question;
  const rows = await db.sql<{
    kind: 'unit' | 'branch';
    id: string;
    question: string;
    stem: string;
    answers: number;
    right: number;
  }>`
    WITH given AS (
      SELECT p."unitId", p."branchId", w."questionId", w.choice, count(*) AS count FROM (
        SELECT w."personId", w."questionId", w.choice FROM quiz_answer w
        JOIN quiz_run q ON q.id = w."quizId" AND q.kind NOT IN ('practice', 'exam') AND q.state = 'published'
        WHERE w."answeredAt" >= ${period.from} AND w."answeredAt" < ${period.until}
        UNION ALL SELECT w."personId", w."questionId", w.choice FROM quiz_run q JOIN quiz_answer w ON w."quizId" = q.id
        WHERE q.kind = 'exam' AND q.state = 'published' AND q."closesAt" >= ${period.from} AND q."closesAt" < ${period.until}) w
      JOIN person p ON p.id = w."personId" AND p.status = 'active' GROUP BY 1, 2, 3, 4)
    SELECT g.kind, g.id, k.id AS question, CASE WHEN ${listed} IN ('answers', 'right', 'wrong') THEN k.stem ELSE '' END AS stem, sum(given.count)::int AS answers,
      COALESCE(sum(given.count) FILTER (WHERE given.choice @> k.key AND given.choice <@ k.key), 0)::int AS right
    FROM given JOIN quiz_question k ON k.id = given."questionId"
    CROSS JOIN LATERAL (VALUES ('unit', given."unitId"), ('branch', given."branchId"::text)) g (kind, id)
    WHERE g.kind = 'unit' AND g.id = ANY (${idsOf(question, 'unit')}::text[]) OR g.kind = 'branch' AND g.id = ANY (${idsOf(question, 'branch')}::text[])
    GROUP BY g.kind, g.id, k.id`;
  return rows.flatMap(({ kind, id, question: matter, stem, answers, right }) => {
    const counts = { answers, right, wrong: answers - right };
    const note = `作答${answers}题次，答对${right}题次`;
    const found = Object.entries(counts).filter(([, count]) => count > 0);
    return found.map(([figure, count]) => ({
      ...{ kind, id, figure, matter, count },
      rows: figure === listed ? [{ who: '', what: stem, note, count }] : null,
    }));
  });
}

async function describeQuestions(db: Reader, ids: string[]) {
  return (await findQuestions(db, ids)).map(({ id, stem }) => ({
    key: id,
    title: stem.length > MAX_STEM ? `${stem.slice(0, MAX_STEM)}…` : stem,
  }));
}
