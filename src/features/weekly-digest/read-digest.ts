/** A run as one person may read it: the same for the card, the Word document and the sheet. */
import { addDays } from '../../calendar/create-calendar.ts';
import type { Viewpoint } from '../../calendar/format.ts';
import type { DigestFigure } from '../../digest-section.ts';
import type { Person } from '../../people/person.ts';
import { SMALLEST_GROUP } from '../../people/places/smallest-group.ts';
import type { Reader } from '../../storage/database.ts';
import { comparePressing } from './compile/matters.ts';
import { childrenOf, type RunGroup, scopesOf } from './compile/scopes.ts';
import { weekOf } from './compile/weeks.ts';
import * as queries from './queries.ts';

/** A figure of one scope. `before` is the period before as it looks now, `told` what its digest said, if that is comparable. */
export type FigureView = DigestFigure & { key: string; count: number; before: number; told: number | undefined };
export type ChapterView = {
  section: string;
  title: string;
  figures: FigureView[];
  /** `85%`, with the two counts it is made of. */
  ratios: { label: string; text: string }[];
};
export type ScopeView = { group: RunGroup; chapters: ChapterView[] };
export type MatterView = queries.StoredMatter & { section: string; figure: string; group: RunGroup };
/** A bar of the chart: who it is, and what became of everybody. */
export type Bar = { name: string; counts: { label: string; count: number }[] };
export type DigestView = {
  run: queries.DigestRun;
  /** What the numbers are held against: 上周, or 上期 when that was another week; 上月. */
  against: string;
  /** Titles of sections that are not there yet. */
  missing: string[];
  scopes: ScopeView[];
  matters: MatterView[];
  chart: { title: string; bars: Bar[] } | undefined;
};

const MAX_MATTERS = 5;
const MAX_BARS = 10;
/** So many weeks stand side by side where there are no units to show. */
const CHARTED_WEEKS = 5;

/** What a figure's matters are counted by, for each section. */
export type MatterFigures = ReadonlyMap<string, string>;

/** The run as of its making; undefined when there is none, or the person answers for nothing in it (any more). */
export async function readDigest(
  db: Reader,
  matterFigures: MatterFigures,
  runId: string,
  person: Person | undefined,
  viewpoint: Viewpoint,
): Promise<DigestView | undefined> {
  const run = await queries.findRun(db, runId);
  if (!run || !person || (run.askedById !== null && run.askedById !== person.id)) return undefined;
  const groups = await queries.findGroups(db, runId);
  const scopes = scopesOf(person, groups);
  const [main] = scopes;
  if (!main) return undefined;
  const chapters = await queries.findChapters(db, runId);
  const bars = [main, ...childrenOf(main, groups)];
  const parts = await queries.findParts(
    db,
    runId,
    [...scopes, ...bars].map(({ id }) => id),
  );
  const told = run.previousId
    ? await queries.findParts(
        db,
        run.previousId,
        scopes.map(({ id }) => id),
      )
    : [];
  return {
    run,
    against: nameBefore(run, viewpoint),
    missing: chapters.filter(({ compiledAt }) => !compiledAt).map(({ title }) => title),
    scopes: scopes.map((group) => ({ group, chapters: viewChapters(group, chapters, parts, told) })),
    matters: chooseMatters(scopes, parts, matterFigures, run.until),
    chart: (await chartUnits(main, bars, chapters, parts)) ?? (await chartWeeks(db, run, main, chapters, parts)),
  };
}

function nameBefore({ name, from, until }: queries.DigestRun, { calendar }: Viewpoint): string {
  if (!name.includes('W')) return '上月';
  return weekOf(calendar.dayOf(from)) === weekOf(addDays(calendar.dayOf(until), -7)) ? '上周' : '上期';
}

function viewChapters(
  group: RunGroup,
  chapters: queries.Chapter[],
  parts: queries.Part[],
  told: queries.Part[],
): ChapterView[] {
  return chapters.flatMap((chapter) => {
    const part = find(parts, group, chapter);
    if (!part) return [];
    const toldPart = find(told, group, chapter);
    const figures = Object.entries(chapter.figures).map(([key, figure]) => ({
      ...{ ...figure, key, count: part.total[key] ?? 0, before: part.totalBefore[key] ?? 0 },
      told: toldPart && (toldPart.total[key] ?? 0),
    }));
    // A share of the answers of a handful of people would say who it was.
    const ratios = chapter.ratios.flatMap(({ label, of, among }) => {
      const [share, whole] = [part.total[of] ?? 0, part.total[among] ?? 0];
      if (whole < SMALLEST_GROUP || group.allPeople < SMALLEST_GROUP) return [];
      return [{ label, text: `${Math.round((share * 100) / whole)}%（${share}/${whole}）` }];
    });
    return [{ section: chapter.section, title: chapter.title, figures, ratios }];
  });
}

/** The same matter seen from two offices is one. */
function chooseMatters(scopes: RunGroup[], parts: queries.Part[], figures: MatterFigures, until: Date): MatterView[] {
  const all = new Map<string, MatterView>();
  for (const group of scopes) {
    for (const part of parts.filter(({ kind, groupId }) => kind === group.kind && groupId === group.id)) {
      for (const matter of part.matters) {
        const key = `${part.section} ${matter.key}`;
        const view = { ...matter, section: part.section, figure: figures.get(part.section) ?? '', group };
        if (!all.has(key)) all.set(key, view);
      }
    }
  }
  return [...all.values()].sort(comparePressing(until)).slice(0, MAX_MATTERS);
}

/** A bar for the unit's own people and one for each unit below, in the order of the contacts; small ones and the rest as one. */
async function chartUnits(main: RunGroup, groups: RunGroup[], chapters: queries.Chapter[], parts: queries.Part[]) {
  const chapter = chapters.find(({ chart }) => chart);
  if (!chapter?.chart || groups.length < 2) return undefined;
  const { title, figures } = chapter.chart;
  const countsOf = (group: RunGroup) => {
    const part = find(parts, group, chapter);
    return Object.keys(figures).map((figure) => (group === main ? part?.own[figure] : part?.total[figure]) ?? 0);
  };
  const sizeOf = (group: RunGroup) => (group === main ? group.people : group.allPeople);
  const large = groups.filter((group) => sizeOf(group) >= SMALLEST_GROUP);
  const shown = large.length <= MAX_BARS ? large : large.slice(0, MAX_BARS - 1);
  const rest = groups.filter((group) => !shown.includes(group));
  const sumOf = (all: RunGroup[]) =>
    Object.keys(figures).map((_, index) => all.reduce((sum, group) => sum + (countsOf(group)[index] ?? 0), 0));
  const bars = [
    ...shown.map((group) => ({ name: group === main ? '本级' : group.name, counts: countsOf(group) })),
    // A rest of a handful of people would be broken out by being all that is left.
    ...(rest.reduce((sum, group) => sum + sizeOf(group), 0) >= SMALLEST_GROUP
      ? [{ name: '其他', counts: sumOf(rest) }]
      : []),
  ];
  return nameCounts(title, bars, chapter);
}

/** Where no units are to be shown, the last weeks stand side by side, as their digests told them. */
async function chartWeeks(
  db: Reader,
  run: queries.DigestRun,
  main: RunGroup,
  chapters: queries.Chapter[],
  parts: queries.Part[],
) {
  const chapter = chapters.find(({ chart }) => chart);
  const now = chapter && find(parts, main, chapter);
  if (!chapter?.chart || !now || !run.name.includes('W')) return undefined;
  const { title, figures } = chapter.chart;
  const bars = [
    { name: `第${Number(run.name.slice(6))}周`, counts: Object.keys(figures).map((figure) => now.total[figure] ?? 0) },
  ];
  for (const earlier of await queries.findRunsBefore(db, run.until, CHARTED_WEEKS - 1)) {
    const part = find(await queries.findParts(db, earlier.id, [main.id]), main, chapter);
    if (part)
      bars.unshift({
        name: `第${Number(earlier.name.slice(6))}周`,
        counts: Object.keys(figures).map((figure) => part.total[figure] ?? 0),
      });
  }
  return nameCounts(title, bars, chapter);
}

function nameCounts(title: string, bars: { name: string; counts: number[] }[], { chart }: queries.Chapter) {
  const labels = Object.values(chart?.figures ?? {});
  const named = bars.map(({ name, counts }) => ({
    name,
    counts: labels.map((label, index) => ({ label, count: counts[index] ?? 0 })),
  }));
  return named.some(({ counts }) => counts.some(({ count }) => count > 0)) ? { title, bars: named } : undefined;
}

function find(parts: queries.Part[], group: RunGroup, { section, version }: queries.Chapter): queries.Part | undefined {
  return parts.find(
    (part) =>
      part.section === section && part.version === version && part.kind === group.kind && part.groupId === group.id,
  );
}
