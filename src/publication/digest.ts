/** What of a kind of publication is done, open, and why not, in the weekly digest: the same figures for whatever can be done after its end. */
import type { DigestCount, DigestMatter, DigestQuestion, DigestSection } from '../digest-section.ts';
import type { Reader } from '../storage/database.ts';
import type { Kind } from './contract.ts';
import { findMany } from './queries.ts';

/** The section of a kind. Its figures are `done` and `overdue` in the period, and `open`, `unreached`, `on-leave` and `unreachable` at its end. */
export function standardDigest<C>(kind: Kind<C>): DigestSection {
  const { matter: title, noun, do: verb, open, due, withdraw } = kind.words;
  const unit = '人次';
  return {
    title,
    version: 2,
    figures: {
      done: {
        ...{ label: `${verb}${noun}`, unit, isBetterWhen: 'more', span: 'period' },
        definition: `本期内按下“我已${verb}”的人次，一人${verb}一项${noun}计1次。`,
      },
      overdue: {
        ...{ label: `逾期未${verb}`, unit, isBetterWhen: 'less', span: 'period' },
        definition: `${due}在本期内、到本期末仍未${verb}的人次。休假和联系不上的另计，${withdraw}的${noun}不计。`,
      },
      open: {
        ...{ label: open, unit, span: 'moment' },
        definition: `到本期末还没有到${due}、尚未${verb}的人次。休假和联系不上的另计。`,
      },
      unreached: {
        ...{ label: '没收到', unit, span: 'moment' },
        definition: `到本期末${noun}卡片还没有送到本人的人次，不计入${open}和逾期；${due}早于本期的不计。`,
      },
      'on-leave': {
        ...{ label: `休假未${verb}`, unit, span: 'moment' },
        definition: `到本期末尚未${verb}、期末当天在休假的人次；${due}早于本期的不计。`,
      },
      unreachable: {
        ...{ label: '联系不上', unit, span: 'moment' },
        definition: `到本期末尚未${verb}、${noun}卡片送不到本人的人次；${due}早于本期的不计。`,
      },
    },
    chart: {
      title: `${title}（人次）`,
      figures: { done: verb, open, overdue: '逾期', unreached: '没收到', 'on-leave': '休假', unreachable: '联系不上' },
    },
    matters: {
      figure: 'overdue',
      words: (count) => `${count}人逾期未${verb}`,
      describe: (db, keys) => describe(kind, db, keys),
    },
    count: (db, question) => count(kind, db, question),
  };
}

/** Done in the period; or published before its end, due no earlier than its beginning, and not done by its end. */
async function count<C>(
  kind: Kind<C>,
  db: Reader,
  { groups, period, calendar, listed }: DigestQuestion,
): Promise<DigestCount[]> {
  const ids = (kind: string) => groups.filter((group) => group.kind === kind).map(({ id }) => id);
  const { from, until, lastDay } = period;
  const counts = await db.sql<DigestCount>`
    WITH stood AS (
      SELECT id, feature, card, "dueAt" FROM publication
      WHERE feature = ${kind.feature} AND "publishedAt" < ${until} AND (state = 'published' OR state = 'withdrawn' AND "endedAt" >= ${until})),
    parts AS (
      SELECT "publicationId", "personId", "doneAt", "isUnreachable" FROM part WHERE "doneAt" >= ${from} AND "doneAt" < ${until}
      UNION ALL
      SELECT a."publicationId", a."personId", NULL, a."isUnreachable" FROM part a JOIN stood b ON b.id = a."publicationId"
      WHERE b."dueAt" >= ${from} AND (a."doneAt" IS NULL OR a."doneAt" >= ${until})),
    placed AS (
      SELECT p."unitId", p."branchId"::text AS "branchId", b.id, b."dueAt", p.name, a."doneAt",
        CASE WHEN a."doneAt" IS NOT NULL THEN 'done' WHEN l."personId" IS NOT NULL THEN 'on-leave' WHEN a."isUnreachable" THEN 'unreachable'
          WHEN COALESCE(reached_at(b.feature, b.card, b.id, p.id) >= ${until}, true) THEN 'unreached' WHEN b."dueAt" <= ${until} THEN 'overdue' ELSE 'open' END AS figure
      FROM parts a JOIN stood b ON b.id = a."publicationId" JOIN person p ON p.id = a."personId" AND p.status = 'active'
      LEFT JOIN (SELECT DISTINCT "personId" FROM leave WHERE ${lastDay}::date BETWEEN "firstDay" AND "lastDay") l ON l."personId" = p.id)
    SELECT g.kind, g.id, figure, placed.id::text AS matter, count(*)::int AS count,
      jsonb_agg(jsonb_build_object('who', name, 'what', '', 'count', 1,
        'note', to_char(COALESCE("doneAt", "dueAt") AT TIME ZONE ${calendar.timeZone}, 'FMMM"月"FMDD"日"HH24:MI') || CASE WHEN figure = 'done' THEN ${kind.words.do} ELSE '截止' END)
        ORDER BY name) FILTER (WHERE figure = ${listed ?? ''}) AS rows
    FROM placed CROSS JOIN LATERAL (VALUES ('unit', "unitId"), ('branch', "branchId")) g (kind, id)
    WHERE g.kind = 'unit' AND g.id = ANY (${ids('unit')}::text[]) OR g.kind = 'branch' AND g.id = ANY (${ids('branch')}::text[])
    GROUP BY g.kind, g.id, figure, placed.id`;
  const shown = counts.filter(({ rows }) => rows);
  const titles = await findTitles(kind, db, [...new Set(shown.map((one) => one.matter ?? ''))]);
  for (const { matter: id, rows } of shown) for (const row of rows ?? []) row.what = titles.get(id ?? '')?.title ?? '';
  return counts;
}

async function describe<C>(kind: Kind<C>, db: Reader, ids: string[]): Promise<DigestMatter[]> {
  return [...(await findTitles(kind, db, ids))].map(([id, { title, dueAt }]) => ({
    key: id,
    title,
    ...(dueAt && { due: dueAt }),
    act: { text: kind.words.nudge, press: `${kind.feature}/nudge-own`, value: { id } },
  }));
}

/** What these publications are called in one line, 第一议题学习：学习讲话, and until when they are. */
export async function findTitles<C>(
  kind: Kind<C>,
  db: Reader,
  ids: string[],
): Promise<Map<string, { title: string; dueAt: Date | null }>> {
  const found = await findMany(kind, db, ids);
  return new Map(found.map(({ id, content, dueAt }) => [id, { title: titleOf(kind, content), dueAt }]));
}

/** 第一议题学习：学习讲话. */
export function titleOf<C>(kind: Kind<C>, content: C): string {
  const { name, about } = kind.name(content);
  return about ? `${name}：${about}` : name;
}
