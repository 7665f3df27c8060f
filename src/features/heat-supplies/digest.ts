/** Hand-outs in the weekly digest: who has collected, who waits, who went away with less than was meant. */
import type { DigestCount, DigestMatter, DigestQuestion, DigestSection } from '../../digest-section.ts';
import type { Reader } from '../../storage/database.ts';
import { KINDS, nameKind } from './kinds.ts';

export const digest: DigestSection = {
  title: '物资发放',
  version: 2,
  figures: {
    issued: {
      label: '领到物资',
      unit: '人次',
      definition: '本期内确认领取的人次，含只领到一部分的；一人在一次发放中计1次。',
      isBetterWhen: 'more',
      span: 'period',
    },
    short: {
      label: '没领到或没领齐',
      unit: '人次',
      definition: '本期内确认没领到或只领到一部分的人次。',
      isBetterWhen: 'less',
      span: 'period',
    },
    waiting: {
      label: '待领取',
      unit: '人次',
      definition: '到本期末正在发放、收到了通知、还没有领取的人次，含已预留的；通知还没送到的不计。',
      span: 'moment',
    },
  },
  matters: { figure: 'short', words: (count) => `${count}人没领到或没领齐`, describe: describeHandouts },
  count: countClaims,
};

/** One who collected a part counts as issued and as short: two figures of one row. */
function countClaims(db: Reader, { groups, period, calendar, listed }: DigestQuestion): Promise<DigestCount[]> {
  const ids = (kind: string) => groups.filter((group) => group.kind === kind).map(({ id }) => id);
  const { from, until } = period;
  return db.sql<DigestCount>`
    WITH part AS (
      SELECT c."personId", h.id, h.kind, c."settledAt", c.reason, f.figure
      FROM supply_claim c JOIN handout_run h ON h.id = c."handoutId" AND h.state IN ('open', 'closed', 'withdrawn')
      CROSS JOIN LATERAL (
        SELECT 'issued' AS figure WHERE c.state IN ('collected', 'partial') AND c."settledAt" >= ${from} AND c."settledAt" < ${until}
        UNION ALL SELECT 'short' WHERE c.state IN ('missed', 'partial') AND c."settledAt" >= ${from} AND c."settledAt" < ${until}
        UNION ALL SELECT 'waiting' WHERE (c.state <> 'open' OR reached_at('heat-supplies', 'claim', h.id, c."personId") < ${until}) AND h."publishedAt" < ${until} AND (h."endedAt" IS NULL OR h."endedAt" >= ${until})
          AND (c."settledAt" IS NULL OR c."settledAt" >= ${until})) f),
    placed AS (
      SELECT p."unitId", p."branchId"::text AS "branchId", p.name, part.* FROM part JOIN person p ON p.id = part."personId" AND p.status = 'active')
    SELECT g.kind, g.id, figure, placed.id::text AS matter, count(*)::int AS count,
      jsonb_agg(jsonb_build_object('who', name, 'what', COALESCE(${JSON.stringify(KIND_NAMES)}::jsonb ->> placed.kind, '物资'), 'count', 1,
        'note', CASE WHEN figure = 'waiting' THEN '待领取'
          ELSE to_char("settledAt" AT TIME ZONE ${calendar.timeZone}, 'FMMM"月"FMDD"日"HH24:MI') || CASE WHEN reason = '' THEN '' ELSE '：' || reason END END)
        ORDER BY name) FILTER (WHERE figure = ${listed ?? ''}) AS rows
    FROM placed CROSS JOIN LATERAL (VALUES ('unit', "unitId"), ('branch', "branchId")) g (kind, id)
    WHERE g.kind = 'unit' AND g.id = ANY (${ids('unit')}::text[]) OR g.kind = 'branch' AND g.id = ANY (${ids('branch')}::text[])
    GROUP BY g.kind, g.id, figure, placed.id`;
}

const KIND_NAMES = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, nameKind(kind)]));

async function describeHandouts(db: Reader, ids: string[]): Promise<DigestMatter[]> {
  const rows = await db.sql<{ id: string; kind: string; closesAt: Date | null }>`
    SELECT id, kind, "closesAt" FROM handout_run WHERE id = ANY (${ids}::uuid[])`;
  return rows.map(({ id, kind, closesAt }) => ({
    key: id,
    title: nameKind(kind),
    ...(closesAt && { due: closesAt }),
    act: { text: '领取进度', press: 'heat-supplies/open-progress', value: { handout: id } },
  }));
}
