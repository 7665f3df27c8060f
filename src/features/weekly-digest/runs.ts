/** 周报记录: what an administrator sees of each run, and a card for one person more. */
import { formatInstant } from '../../calendar/format.ts';
import { text } from '../../cards/fields.ts';
import { form } from '../../cards/form.ts';
import {
  card,
  type PersonTurn,
  type PressTurn,
  type Reply,
  refuse,
  type SentOut,
  sendCard,
  type Turn,
  type Viewer,
  type Viewpoint,
} from '../../feature.ts';
import { findOne } from '../../people/find-people.ts';
import { findPerson } from '../../people/find-person.ts';
import { mayAnywhere } from '../../people/permissions.ts';
import type { Person } from '../../people/person.ts';
import { AnyRef, Id } from '../../sight.ts';
import type { Reader } from '../../storage/database.ts';
import { scopesOf } from './compile/scopes.ts';
import { namePeriod } from './compile/weeks.ts';
import * as queries from './queries.ts';

const SHOWN_RUNS = 8;
const MAX_NAMES = 60;

const sendOneForm = form({
  name: text('单独补发给', { max: 40, note: '姓名', example: '例如：陈远山 一大队', ask: '请写上要补发给谁。' }),
});

/** 周报记录: the last runs. */
export async function showRuns(turn: PersonTurn): Promise<undefined> {
  await sendCard(turn, 'runs', turn.eventId);
}

/** 详情 beside a run. */
export async function openRun(turn: PressTurn, { run }: { run: string }): Promise<Reply> {
  await sendCard(turn, 'run', run);
  return { toast: '这一期的记录已发给您。', keepForm: true };
}

/** 单独补发: the digest once more for one person; nobody else gets anything. What the run still lacks is tried at once. */
export async function sendOne(turn: PressTurn): Promise<Reply> {
  const id = turn.pressed.ref;
  const { name } = sendOneForm.read(turn.form);
  const match = await findOne(turn.db, name);
  if ('unclear' in match) return refuse(match.unclear);
  const person = await findPerson(turn.db, match.person.id, turn.now);
  if (!person || scopesOf(person, await queries.findGroups(turn.db, id)).length === 0)
    return refuse(`${match.person.name}在这一期里没有负责的单位或支部，没有补发。请先用“设置角色”设置。`);
  for (const { section, compiledAt } of await queries.findChapters(turn.db, id)) {
    if (!compiledAt) await turn.later('compile', { run: id, section }, { key: `compile:${id}:${section}` });
  }
  await queries.setOutcome(turn.db, id, person.id, 'written', turn.now);
  await turn.deliver({
    key: `digest:${id}:${person.id}:${turn.eventId}`,
    to: { person: person.id },
    card: 'digest',
    ref: id,
    push: 'work',
  });
  return { toast: `已补发给${person.name}，其他人不会再收到。`, kind: 'success' };
}

/** The newest digest of a week, which nobody sent: whoever looks after the runs may ask to whom it came. */
export async function findSentOut(db: Reader, who: Person, view: Viewpoint): Promise<SentOut[]> {
  const run = mayAnywhere(who, 'digest.run') ? await queries.findWeekRun(db) : null;
  if (!run) return [];
  const title = `${namePeriod(run.name, view.calendar.dayOf(view.now))}周报`;
  return [{ id: run.id, title, at: run.startedAt, isOver: true, card: 'digest', refs: [run.id] }];
}

/** A digest that will never arrive. */
export async function noteUndeliverable(
  turn: Turn,
  failed: { card: string; ref: string; person: string },
): Promise<void> {
  if (failed.card !== 'digest') return;
  await queries.setOutcome(turn.db, failed.ref, failed.person, 'undeliverable', turn.now);
  await turn.refresh({ card: 'run', ref: failed.ref });
}

/** The last runs, a line each. */
export const runsCard = card({
  ref: AnyRef,
  action: 'digest.run',
  matter: 'anywhere',
  load: async (db, _ref, viewer) => {
    const runs = await queries.findRecentRuns(db, SHOWN_RUNS);
    return {
      runs: await Promise.all(
        runs.map(async (run) => {
          const { facts, isComplete } = await describeRun(db, run, viewer);
          return { run: run.id, name: facts.name, detail: `${facts.when} · ${facts.sent}`, isComplete };
        }),
      ),
    };
  },
});

/** One run: when, how long, for whom, what is missing. It stays current while the run lasts. */
export const runCard = card({
  ref: Id,
  action: 'digest.run',
  matter: 'anywhere',
  form: sendOneForm,
  load: async (db, id, viewer) => {
    const run = await queries.findRun(db, id);
    if (!run) return undefined;
    const { facts, isComplete, undeliverable } = await describeRun(db, run, viewer);
    return { ...facts, isComplete, undeliverable: listNames(undeliverable), holds: {} };
  },
});

async function describeRun(db: Reader, run: queries.DigestRun, viewer: Viewer) {
  const [chapters, letters] = [await queries.findChapters(db, run.id), await queries.findLetters(db, run.id)];
  const missing = chapters.filter(({ compiledAt }) => !compiledAt).map(({ title }) => title);
  const namesOf = (outcome: queries.Outcome) =>
    letters.filter((one) => one.outcome === outcome).map(({ name }) => name);
  const undeliverable = namesOf('undeliverable');
  const seconds = run.deliveredAt ? (run.deliveredAt.getTime() - run.startedAt.getTime()) / 1000 : undefined;
  const asker = run.askedById ? await findPerson(db, run.askedById, viewer.now) : undefined;
  return {
    isComplete: missing.length === 0,
    undeliverable,
    facts: {
      name: `${namePeriod(run.name, viewer.calendar.dayOf(viewer.now))}${run.askedById ? `（${asker?.name ?? '个人'}查询）` : ''}`,
      when: `${formatInstant(run.startedAt, viewer)}${run.isLate ? '补办' : ''}`,
      took: seconds === undefined ? '进行中' : `${Math.max(1, Math.round(seconds))}秒`,
      progress: `${chapters.length - missing.length}/${chapters.length}个板块`,
      missing: missing.length > 0 ? `${missing.join('、')}（系统会继续重试）` : '',
      sent: `发送${namesOf('written').length + undeliverable.length}人 · 无内容${namesOf('nothing-to-say').length}人`,
    },
  };
}

function listNames(names: string[]): string {
  return names.length > MAX_NAMES ? `${names.slice(0, MAX_NAMES).join('、')} 等${names.length}人` : names.join('、');
}
