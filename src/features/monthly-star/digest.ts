/** The star of the month in the weekly digest: who was nominated and honoured, and the step that waits with whoever is to act. */
import type { DigestCount, DigestMatter, DigestQuestion, DigestSection } from '../../digest-section.ts';
import { findPlacedBranches } from '../../people/places/placed-branches.ts';
import type { Reader } from '../../storage/database.ts';
import { STATE_WORDS } from './actors.ts';
import type { State } from './rules.ts';

export const digest: DigestSection = {
  title: '每月一星',
  version: 2,
  figures: {
    nominated: {
      label: '被提名',
      unit: '人',
      definition: '本期内有人提名的人数，按被提名人所在单位计，一轮中一人计1次。',
      span: 'period',
    },
    honoured: {
      label: '当选每月一星',
      unit: '人',
      definition: '本期内列入光荣榜的人数，按本人所在单位计。',
      span: 'period',
    },
    running: {
      label: '进行中的评选',
      unit: '轮',
      definition:
        '到本期末已经发起、还没有发布或取消的评选，计在开展评选的单位或支部；支部的也计在支部全体人员所在的单位。',
      span: 'moment',
    },
  },
  matters: { figure: 'running', words: () => '正在进行', describe: describeRounds },
  count: countRounds,
};

/** Who is to act in a step; the rest of the time it is the clock. */
const ACTORS: Partial<Record<State, string>> = {
  nominating: '全体同志提名',
  checking: '由组织者核实',
  reviewing: '由纪检委员提出意见',
  voting: '投票中，结果供参考',
  deciding: '由领导研究决定',
  noticing: '公示中，可以提出异议',
};

/** A round of the whole detachment counts at its top, one of a branch also for the smallest unit that holds all of the branch's people. */
async function countRounds(db: Reader, { groups, period, listed }: DigestQuestion): Promise<DigestCount[]> {
  const ids = (kind: string) => groups.filter((group) => group.kind === kind).map(({ id }) => id);
  const { from, until } = period;
  const homes = (await findPlacedBranches(db)).map(({ id, unitIds: [unit] }) => ({ branch: id, unit }));
  return db.sql<DigestCount>`
    WITH item AS (
      SELECT DISTINCT 'nominated' AS figure, n."roundId", n."nomineeId" AS "personId", NULL::jsonb AS places
      FROM star_nomination n WHERE n.state = 'submitted' AND n."nomineeId" IS NOT NULL AND n."changedAt" >= ${from} AND n."changedAt" < ${until}
      UNION ALL SELECT 'honoured', h."roundId", h."personId", NULL FROM star_honour h WHERE h."awardedAt" >= ${from} AND h."awardedAt" < ${until}
      UNION ALL SELECT 'running', r.id, NULL, r.audience->'places' FROM star_round r
      WHERE EXISTS (SELECT 1 FROM star_step s WHERE s."roundId" = r.id AND s.state = 'nominating' AND s."enteredAt" < ${until})
        AND NOT EXISTS (SELECT 1 FROM star_step s WHERE s."roundId" = r.id AND s.state IN ('published', 'cancelled') AND s."enteredAt" < ${until})),
    placed AS (
      SELECT DISTINCT item.figure, item."roundId", item."personId", r.title, p.name, g.kind, g.id
      FROM item JOIN star_round r ON r.id = item."roundId" LEFT JOIN person p ON p.id = item."personId"
      CROSS JOIN LATERAL (
        SELECT 'unit' AS kind, p."unitId" AS id WHERE p.id IS NOT NULL
        UNION ALL SELECT 'branch', p."branchId"::text WHERE p.id IS NOT NULL
        UNION ALL SELECT place.kind, place.id FROM jsonb_to_recordset(item.places) AS place (kind text, id text) WHERE place.kind <> 'detachment'
        UNION ALL SELECT 'unit', home.unit FROM jsonb_to_recordset(${JSON.stringify(homes)}::jsonb) AS home (branch text, unit text)
          WHERE item.places @> jsonb_build_array(jsonb_build_object('kind', 'branch', 'id', home.branch))
        UNION ALL SELECT 'unit', u.id FROM unit u WHERE item.places @> '[{"kind": "detachment"}]' AND u."parentId" IS NULL) g)
    SELECT kind, id, figure, "roundId"::text AS matter, count(*)::int AS count,
      jsonb_agg(jsonb_build_object('who', COALESCE(name, ''), 'what', title, 'count', 1, 'note', '') ORDER BY name)
        FILTER (WHERE figure = ${listed ?? ''}) AS rows
    FROM placed WHERE kind = 'unit' AND id = ANY (${ids('unit')}::text[]) OR kind = 'branch' AND id = ANY (${ids('branch')}::text[])
    GROUP BY kind, id, figure, "roundId"`;
}

async function describeRounds(db: Reader, ids: string[]): Promise<DigestMatter[]> {
  const rounds = await db.sql<{ id: string; title: string; state: State; due: Date | null }>`
    SELECT id, title, state, CASE state WHEN 'nominating' THEN "nominateUntil" WHEN 'checking' THEN "checkUntil" WHEN 'reviewing' THEN "reviewUntil"
      WHEN 'voting' THEN "voteUntil" WHEN 'deciding' THEN "decideUntil" WHEN 'noticing' THEN "noticeUntil" END AS due
    FROM star_round WHERE id = ANY (${ids}::uuid[])`;
  return rounds.map(({ id, title, state, due }) => ({
    key: id,
    title: `${title}：${STATE_WORDS[state]}${ACTORS[state] ? `，${ACTORS[state]}` : ''}`,
    ...(due && { due }),
    act: { text: '进展', press: 'monthly-star/open', value: { card: 'round', ref: id } },
  }));
}
