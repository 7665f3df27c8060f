/** From a digest to the variables of its cards: every word that is not in the templates. */
import { formatInstant, type Viewpoint } from '../../calendar/format.ts';
import { CLOSED, card } from '../../feature.ts';
import { Id } from '../../sight.ts';
import { drawChart } from './chart.ts';
import { namePeriod } from './compile/weeks.ts';
import { findScopeMatter } from './queries.ts';
import {
  type Bar,
  type DigestView,
  type FigureView,
  type MatterFigures,
  readDigest,
  type ScopeView,
} from './read-digest.ts';
import { findReply, findReplyMatter } from './replies.ts';
import { ScopeRef } from './schema.ts';

/** More figures than one card holds are left to the export. */
const MAX_FIGURES = 24;

/** So many numbers are on the front of the card, one of each of the first sections. */
const FRONT_NUMBERS = 3;

/** The digest itself: three numbers for each office, what needs the reader, one chart. */
export const digestCard = (matterFigures: MatterFigures) =>
  card({
    ref: Id,
    action: 'digest.read',
    matter: 'anywhere',
    load: async (db, run, viewer) => {
      const view = await readDigest(db, matterFigures, run, viewer.who, viewer);
      if (!view) return CLOSED;
      const period = namePeriod(view.run.name, viewer.calendar.dayOf(viewer.now));
      const names = view.scopes.map(({ group }) => group.name).join('、');
      return {
        run: view.run.id,
        period,
        span: describeSpan(view, viewer),
        names,
        word: view.missing.length > 0 ? '待补齐' : view.run.isLate ? '补发' : '已汇总',
        line: view.matters.length > 0 ? `${view.matters.length}件事请您关注` : '没有需要您处理的事',
        missing: view.missing.length > 0 ? `暂缺：${view.missing.join('、')}。补齐后本卡片自动更新。` : '',
        corrections: describeCorrections(view),
        scopes: view.scopes.map((scope) => frontOf(scope, view)),
        matters: view.matters.map((matter, index) => ({
          text: `${index + 1}. ${matter.title}`,
          words: `${view.scopes.length > 1 ? `${matter.group.name} · ` : ''}${matter.words}`,
          act: matter.act ?? { text: '', press: 'weekly-digest/rows', value: {} },
          hasAct: matter.act !== null,
          topic: `${matter.title}，${matter.words}`,
          rows: rowsValue(view, matter.group, matter.section, matter.figure, matter.key),
        })),
        chart: view.chart ? drawChart(view.chart) : null,
        chartTall: (view.chart?.bars.length ?? 0) > 4,
        bars: (view.chart?.bars ?? []).map(({ name, counts }) => describeBar(name, counts)).join('\n'),
        why: view.run.askedById ? '您发送了“周报”' : `您负责${names}，每周最后一个工作日汇总`,
      };
    },
  });

/** Every number of one scope, each opening its rows. */
export const figuresCard = (matterFigures: MatterFigures) =>
  card({
    ref: ScopeRef,
    action: 'digest.read',
    matter: findScopeMatter,
    load: async (db, wanted, viewer) => {
      const view = await readDigest(db, matterFigures, wanted.run, viewer.who, viewer);
      const scope = view?.scopes.find(({ group }) => group.kind === wanted.kind && group.id === wanted.id);
      if (!view || !scope) return undefined;
      const shown = chaptersThatFit(scope.chapters);
      return {
        period: namePeriod(view.run.name, viewer.calendar.dayOf(viewer.now)),
        span: describeSpan(view, viewer),
        name: scope.group.name,
        hidden: scope.chapters
          .slice(shown.length)
          .map(({ title }) => title)
          .join('、'),
        chapters: shown.map(({ section, title, figures, ratios }) => ({
          title,
          ratios: ratios.map(({ label, text }) => `${label} ${text}`).join(' · '),
          figures: figures.map((figure) => ({
            label: figure.label,
            delta: describeDelta(figure, view.against),
            number: `${figure.count}${figure.unit}`,
            value: rowsValue(view, scope.group, section, figure.key),
          })),
        })),
      };
    },
  });

/** As many whole chapters, from the first, as a card holds: Feishu takes 200 elements, and a figure is seven of them. */
function chaptersThatFit<T extends { figures: unknown[] }>(chapters: T[]): T[] {
  let figures = 0;
  const end = chapters.findIndex((chapter) => {
    figures += chapter.figures.length;
    return figures > MAX_FIGURES;
  });
  return end < 0 ? chapters : chapters.slice(0, end);
}

/** What somebody replied to their digest, with the matter quoted, about to become a task. */
export const replyCard = card({
  ref: Id,
  action: 'self',
  matter: findReplyMatter,
  load: async (db, id) => {
    const reply = await findReply(db, id);
    if (!reply) return undefined;
    return { said: reply.text, matter: reply.matter, topic: `${reply.text}（针对：${reply.matter}）` };
  },
});

/** `11月20日（周五）17:07 至 11月27日（周五）17:07`. */
export function describeSpan({ run }: DigestView, viewpoint: Viewpoint): string {
  return `${formatInstant(run.from, viewpoint)} 至 ${formatInstant(run.until, viewpoint)}`;
}

/** `较上周 +3`; a figure of the year says how many were added. */
export function describeDelta({ count, before }: FigureView, against: string): string {
  if (count === before) return `与${against}持平`;
  return `较${against} ${count > before ? '+' : '−'}${Math.abs(count - before)}`;
}

/** What the last digest told otherwise than the data say today: its snapshot stays, so it is put right here. */
export function describeCorrections({ scopes, against }: DigestView): string[] {
  return scopes.flatMap(({ group, chapters }) =>
    chapters.flatMap(({ figures }) =>
      figures
        .filter(({ before, told }) => told !== undefined && told !== before)
        .map(
          ({ label, unit, before, told }) =>
            `${against}数字更正：${scopes.length > 1 ? `${group.name}` : ''}${label} ${told}${unit} → ${before}${unit}`,
        ),
    ),
  );
}

function frontOf({ group, chapters }: ScopeView, view: DigestView) {
  return {
    name: view.scopes.length > 1 ? group.name : '',
    value: { run: view.run.id, kind: group.kind, id: group.id },
    numbers: chapters.slice(0, FRONT_NUMBERS).flatMap(({ section, figures: [figure] }) =>
      figure
        ? [
            {
              label: figure.label,
              number: `${figure.count}`,
              unit: figure.unit,
              delta: describeDelta(figure, view.against),
              color: colorOf(figure),
              value: rowsValue(view, group, section, figure.key),
            },
          ]
        : [],
    ),
    year: describeYear(chapters),
  };
}

/** `今年中心组42次 · 今年支部180次`. */
function describeYear(chapters: ScopeView['chapters']): string {
  return chapters
    .flatMap(({ figures }) => figures.filter(({ span, count }) => span === 'year' && count > 0))
    .map(({ label, count, unit }) => `${label}${count}${unit}`)
    .join(' · ');
}

/** `一大队：完成任务60 · 待完成4`; what is nothing is left out. */
function describeBar(name: string, counts: Bar['counts']): string {
  const found = counts.filter(({ count }) => count > 0).map(({ label, count }) => `${label}${count}`);
  return `${name}：${found.length > 0 ? found.join(' · ') : '无'}`;
}

/** The words say which way a number went; the colour says whether that is good. */
function colorOf({ count, before, isBetterWhen }: FigureView): string {
  if (!isBetterWhen || count === before) return 'grey';
  return count > before === (isBetterWhen === 'more') ? 'green' : 'orange';
}

function rowsValue(
  { run }: DigestView,
  { kind, id }: { kind: 'unit' | 'branch'; id: string },
  section: string,
  figure: string,
  matter = '',
) {
  return { run: run.id, kind, id, section, figure, matter };
}
