/** The cards of series: form, preview, the series as it runs; and a branch's reminder of one occurrence. */
import { formatDay, formatInstant } from '../../../calendar/format.ts';
import { type CardVariables, card, type Viewer } from '../../../feature.ts';
import { may } from '../../../people/permissions.ts';
import { Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { findHolderMatter, findOwnHolders, nameHolder } from '../branches.ts';
import { ALL_BRANCHES, seriesForm } from '../forms.ts';
import { nameKind } from '../kinds.ts';
import { findHeld } from '../ledger/queries.ts';
import { firstOfMonth, lastOfMonth } from '../months.ts';
import { isHeldWithin } from '../plan/requirements.ts';
import { findOccurrence, findSeries, findSeriesMatter, runningOf, type StudySeries, seriesDraftOf } from './queries.ts';
import { findSeriesGaps, heldBySeries, nextOccurrences, nextReminder, occurrenceIn, remindAt } from './rules.ts';

/** So many dates ahead are shown. */
const DATES_SHOWN = 3;

/** A series: the form while something is missing or being changed, the preview before it is confirmed, then how it runs. */
export const series = card({
  ref: Id,
  action: 'sessions.plan',
  matter: findSeriesMatter,
  form: seriesForm,
  load: async (db, id, viewer) => {
    const row = await findSeries(db, id);
    if (!row) return undefined;
    const gaps = findSeriesGaps(seriesDraftOf(row));
    const isOpen = row.state === 'draft' || row.state === 'active';
    if (isOpen && (gaps.length > 0 || row.editingById === viewer.person)) return form(db, row, gaps, viewer);
    const common = { ...(await wordsOf(db, row)), rule: ruleOf(row), dates: datesOf(row, viewer) };
    if (row.state === 'draft') return { template: 'series-preview', ...common };
    if (row.state !== 'active')
      return {
        template: 'series-closed',
        ...common,
        line: row.state === 'stopped' ? '已停止，以后不再提醒。' : '已取消，没有提醒任何人。',
      };
    const next = nextReminder(runningOf(row), viewer.calendar.dayOf(viewer.now), viewer.calendar);
    return { template: 'series-running', ...common, next: next ? nextWords(next, viewer) : '接下来的都已跳过' };
  },
});

/** One branch's reminder: when, what, and the way to record it. What is held, skipped or stopped before it is sent is not sent. */
export const occurrence = card({
  ref: Id,
  action: 'sessions.watch',
  matter: async (db, id) => {
    const row = await findOccurrence(db, id);
    return row ? findHolderMatter(db, row.branchId) : undefined;
  },
  load: async (db, id, viewer) => {
    const row = await findOccurrence(db, id);
    if (!row) return undefined;
    const { month, series: of } = row;
    const days = { firstDay: firstOfMonth(month), lastDay: lastOfMonth(month) };
    const held = (await findHeld(db, days, row.branchId)).get(row.branchId) ?? [];
    const isHeld = isHeldWithin(held, of.kind ?? '', days);
    const isOver = of.state !== 'active' || of.skippedMonths.includes(month);
    if (!viewer.isSent && (isHeld || isOver)) return undefined;
    const day = viewer.calendar.dayOf(row.dueAt);
    const isPast = day < viewer.calendar.dayOf(viewer.now);
    return {
      ...(await wordsOf(db, of)),
      occurrence: id,
      branch: await nameHolder(db, row.branchId),
      day: formatDay(day, viewer),
      moved: movedWords(of, month, day, viewer),
      line: isHeld
        ? '本月已开展并登记，不用再办。'
        : isOver
          ? '这次安排已取消，不用再办。'
          : `${isPast ? '原定' : '请于 '}${formatDay(day, viewer)}${isPast ? '开展，开展过请登记' : ' 开展'}`,
      isOpen:
        !isHeld &&
        !isOver &&
        viewer.who !== undefined &&
        may(viewer.who, 'sessions.record', { branchId: row.branchId }),
      state: isHeld
        ? { is: 'done', word: '已登记' }
        : isOver
          ? { is: 'over', word: '已失效' }
          : { is: 'open', word: isPast ? '待登记' : '待开展' },
    };
  },
});

async function form(db: Reader, row: StudySeries, gaps: string[], viewer: Viewer): Promise<CardVariables> {
  const { who: person } = viewer;
  const own = person ? await findOwnHolders(db, person, 'sessions.plan') : [];
  const everywhere =
    person && may(person, 'sessions.plan', 'detachment') ? [{ value: ALL_BRANCHES, text: '各支部' }] : [];
  const branches = [...everywhere, ...own.flatMap(({ id, name }) => (id === null ? [] : [{ value: id, text: name }]))];
  return {
    template: 'series-form',
    hint:
      row.state === 'active'
        ? '请修改后提交，已发出的提醒会随之更新。'
        : gaps.length > 0
          ? `还差：${gaps.join('、')}。`
          : '请修改后提交。',
    holds: heldBySeries(seriesDraftOf(row)),
    options: { branch: branches },
    isActive: row.state === 'active',
  };
}

async function wordsOf(db: Reader, row: StudySeries): Promise<{ kind: string; topic: string; audience: string }> {
  return {
    kind: nameKind(row.kind),
    topic: row.topic,
    audience: row.branchId === null ? '各支部' : await nameHolder(db, row.branchId),
  };
}

/** The rule of a series in words: 每月10日，遇休息日改到前一个工作日；提前7天提醒. */
function ruleOf({ dayOfMonth, shift, leadDays }: StudySeries): string {
  const day =
    dayOfMonth === 31 ? '最后一天' : `${dayOfMonth}日${(dayOfMonth ?? 0) > 28 ? '（没有这天的月份按最后一天）' : ''}`;
  const lead = leadDays === 0 ? '当天' : `提前${leadDays}天`;
  return `每月${day}，遇休息日改到${shift === 'before' ? '前' : '后'}一个工作日（不跨月）；${lead}上午提醒支部书记`;
}

/** The next dates, each with what is to be said about it. */
function datesOf(row: StudySeries, viewer: Viewer): { month: string; day: string; note: string; isSkipped: boolean }[] {
  const running = runningOf(row);
  return nextOccurrences(running, viewer.calendar.dayOf(viewer.now), DATES_SHOWN, viewer.calendar).map(
    ({ month, planned, day, isSkipped }) => {
      const at = remindAt(day, running.leadDays, viewer.calendar);
      const moved = planned === day ? '' : `${formatDay(planned, viewer)}是休息日，改到这天；`;
      const reminder =
        month <= row.remindedMonth ? '已提醒' : at <= viewer.now ? '马上提醒' : `${formatInstant(at, viewer)}提醒`;
      const certain = viewer.calendar.knowsYear(Number(day.slice(0, 4))) ? '' : '；放假安排公布后可能调整';
      return {
        month,
        day: formatDay(day, viewer),
        note: isSkipped ? '这一次跳过' : `${moved}${reminder}${certain}`,
        isSkipped,
      };
    },
  );
}

function nextWords({ day, at }: { day: string; at: Date }, viewer: Viewer): string {
  return `${formatDay(day, viewer)}，${at <= viewer.now ? '马上提醒' : `${formatInstant(at, viewer)}提醒`}`;
}

function movedWords(row: StudySeries, month: string, day: string, viewer: Viewer): string {
  const { planned } = occurrenceIn(month, runningOf(row), viewer.calendar);
  return planned === day || viewer.calendar.isWorkday(planned)
    ? ''
    : `${formatDay(planned, viewer)}是休息日，改到${formatDay(day, viewer)}`;
}
