-- What a person has yet to answer: the questions on their own papers of everything that is open at that instant.
CREATE FUNCTION open_questions(at timestamptz, who text) RETURNS TABLE ("questionId" text, "quizId" uuid, until timestamptz) LANGUAGE sql STABLE AS $$
  SELECT asked.id, q.id, q."closesAt" FROM quiz q JOIN quiz_attempt a ON a."quizId" = q.id AND a."personId" = who
  CROSS JOIN LATERAL unnest(a."questionIds") AS asked (id)
  WHERE q.kind IN ('exam', 'contest', 'daily') AND q.state = 'published' AND q."closesAt" > at
    AND NOT EXISTS (SELECT 1 FROM quiz_answer w WHERE w."quizId" = q.id AND w."personId" = who AND w."questionId" = asked.id)
$$;

-- Whose key must not be told to a person at that instant, and until when at most: what stands on anybody's paper of an open exam, and what
-- the person has yet to answer. A contest tells each person the key once they have answered; an exam tells nobody before it is over.
-- The one place that says it. Written by hand, since Prisma's models know no functions.
CREATE FUNCTION secret_keys(at timestamptz, who text) RETURNS TABLE ("questionId" text, "quizId" uuid, until timestamptz) LANGUAGE sql STABLE AS $$
  SELECT asked.id, q.id, q."closesAt" FROM quiz q JOIN quiz_attempt a ON a."quizId" = q.id
  CROSS JOIN LATERAL unnest(a."questionIds") AS asked (id)
  WHERE q.kind = 'exam' AND q.state = 'published' AND q."closesAt" > at
  UNION ALL SELECT "questionId", "quizId", until FROM open_questions(at, who)
$$;
