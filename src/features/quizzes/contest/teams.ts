/** A contest's result unit by unit, for those of five or more: a figure for the units themselves, never a league table. */
import { SMALLEST_GROUP } from '../../../people/places/smallest-group.ts';
import type { Reader } from '../../../storage/database.ts';
import { type Share, shareOf } from '../rules.ts';

/** A unit of the tree, and how those who serve in it itself have done. `people` are those who took part. */
export type TeamUnit = { id: string; name: string; parentId: string | null; sort: number; isInvited: boolean } & Share;
export type Team = { name: string; people: number; percent: number };

/**
 * The teams of a contest in organisational order: the units one level below the lowest unit that everybody invited belongs to, each
 * with all below it. Those with fewer than five participants are left out, and where the rest would betray them, the smallest that is shown too.
 */
export function formTeams(units: readonly TeamUnit[]): Team[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const paths = new Map(units.map((unit) => [unit.id, pathOf(unit, byId)]));
  const invited = units.filter(({ isInvited }) => isInvited).map(({ id }) => paths.get(id) ?? []);
  const depth = countCommon(invited);
  const teams = new Map<string, Share & { unit: TeamUnit }>();
  for (const unit of units.filter(({ isInvited }) => isInvited)) {
    const path = paths.get(unit.id) ?? [];
    const team = path[depth] ?? unit;
    const before = teams.get(team.id) ?? { unit: team, people: 0, answered: 0, correct: 0 };
    teams.set(team.id, { unit: team, ...add(before, unit) });
  }
  return hideSmall([...teams.values()])
    .sort((one, other) => compareInOrder(paths.get(one.unit.id) ?? [], paths.get(other.unit.id) ?? []))
    .map(({ unit, ...share }) => ({ name: unit.name, people: share.people, percent: shareOf(share) }));
}

/** 一大队：12人参加，平均答对81%, a line each; nothing when there are not at least two to tell. */
export async function describeTeams(db: Reader, quiz: string): Promise<string> {
  const teams = formTeams(await findTeamUnits(db, quiz));
  if (teams.length < 2) return '';
  return teams.map(({ name, people, percent }) => `${name}：${people}人参加，平均答对${percent}%`).join('\n');
}

function findTeamUnits(db: Reader, quiz: string): Promise<TeamUnit[]> {
  return db.sql`
    SELECT u.id, u.name, u."parentId", u.sort, part."unitId" IS NOT NULL AS "isInvited",
      COALESCE(part.people, 0) AS people, COALESCE(part.answered, 0) AS answered, COALESCE(part.correct, 0) AS correct
    FROM unit u LEFT JOIN (
      SELECT p."unitId", count(DISTINCT w."personId")::int AS people, count(w."personId")::int AS answered,
        count(*) FILTER (WHERE w.choice <@ q.key AND q.key <@ w.choice)::int AS correct
      FROM quiz_part a JOIN person p ON p.id = a."personId" LEFT JOIN quiz_answer w ON w."quizId" = a."quizId" AND w."personId" = a."personId"
      LEFT JOIN quiz_question q ON q.id = w."questionId" WHERE a."quizId" = ${quiz}::uuid GROUP BY p."unitId") part ON part."unitId" = u.id
    ORDER BY u.id`;
}

/** From the top of the tree to the unit itself. */
function pathOf(unit: TeamUnit, byId: Map<string, TeamUnit>): TeamUnit[] {
  const path = [unit];
  for (
    let above = byId.get(unit.parentId ?? '');
    above && !path.includes(above);
    above = byId.get(above.parentId ?? '')
  )
    path.unshift(above);
  return path;
}

/** How many units from the top all paths share. */
function countCommon(paths: TeamUnit[][]): number {
  const [first = []] = paths;
  const end = first.findIndex((unit, depth) => paths.some((path) => path[depth]?.id !== unit.id));
  return end < 0 ? first.length : end;
}

/** A group of fewer than five is not shown, nor can it be reckoned from the whole and the others. */
function hideSmall<T extends Share>(teams: T[]): T[] {
  const bySize = [...teams].sort((one, other) => one.people - other.people);
  let hidden = 0;
  while (bySize[0] && (bySize[0].people < SMALLEST_GROUP || (hidden > 0 && hidden < SMALLEST_GROUP)))
    hidden += bySize.shift()?.people ?? 0;
  return bySize;
}

function add(one: Share, other: Share): Share {
  return {
    people: one.people + other.people,
    answered: one.answered + other.answered,
    correct: one.correct + other.correct,
  };
}

function compareInOrder(one: TeamUnit[], other: TeamUnit[]): number {
  const depth = countCommon([one, other]);
  const [left, right] = [one[depth], other[depth]];
  if (!left || !right) return one.length - other.length;
  return left.sort - right.sort || (left.id < right.id ? -1 : 1);
}
