/** 学习台账 as a list: the columns of the form, and 编号, by which a row that came out is known when it comes back. */
import { z } from 'zod';
import { FormRefusal } from '../../../cards/form.ts';
import type { PersonTurn } from '../../../feature.ts';
import { type ListOutcome, type ListRow, list } from '../../../list.ts';
import { findOwnHolders, type HolderRow } from '../branches.ts';
import { CENTRE_GROUP, canHold, nameKind, SESSION_KINDS } from '../kinds.ts';
import { refreshAround } from '../refresh-around.ts';
import * as queries from './queries.ts';
import { identify, nameChanges, readNames, readSession, type Session } from './rules.ts';

const KIND_NAMES = SESSION_KINDS.map(nameKind) as [string, ...string[]];

export const sessionList = list({
  plan: {
    name: '学习台账',
    synonyms: ['台账', '学习登记'],
    columns: {
      id: {
        header: '编号（新登记请留空）',
        kind: 'text',
        type: z.uuid('不是台账的编号，新登记请留空').optional(),
        width: 20,
      },
      kind: { header: '类型', synonyms: ['学习类型'], kind: 'text', type: z.enum(KIND_NAMES), width: 20 },
      heldOn: { header: '日期', synonyms: ['时间'], kind: 'day', type: z.string() },
      holder: { header: '开展单位', synonyms: ['党支部', '支部'], kind: 'text', type: z.string(), width: 28 },
      host: { header: '主持人', kind: 'text', type: z.string(), width: 12 },
      topic: { header: '主题', synonyms: ['学习主题', '内容'], kind: 'text', type: z.string(), width: 40 },
      agenda: { header: '议程', kind: 'text', type: z.string().optional(), width: 40 },
      attendees: {
        header: '参加人数',
        synonyms: ['人数'],
        kind: 'number',
        type: z.number().int('请填整数').optional(),
      },
      names: {
        header: '参加人员',
        synonyms: ['名单', '参加人员名单'],
        kind: 'text',
        type: z.string().optional(),
        width: 40,
      },
      minutes: { header: '会议纪要', synonyms: ['纪要'], kind: 'text', type: z.string().optional(), width: 40 },
    },
  },
  in: { action: 'sessions.record', take: takeSessions },
  out: {
    action: 'sessions.watch',
    rows: async (turn, { firstDay, lastDay }) => {
      const holders = new Map((await findOwnHolders(turn.db, turn.who, 'sessions.watch')).map((one) => [one.id, one]));
      return (await queries.findRecorded(turn.db, firstDay, lastDay)).flatMap((row) => {
        const holder = holders.get(row.branchId);
        if (!holder) return [];
        const { kind, names, ...session } = queries.sessionOf(row);
        return [{ ...session, id: row.id, kind: nameKind(kind), holder: holder.name, names: names.join('、') }];
      });
    },
  },
});

type SessionValues = {
  id?: string | undefined;
  kind: string;
  heldOn: string;
  holder: string;
  host: string;
  topic: string;
  agenda?: string | undefined;
  attendees?: number | undefined;
  names?: string | undefined;
  minutes?: string | undefined;
};

type Read = { number: number; id: string | undefined; session: Session };

async function takeSessions(turn: PersonTurn, rows: ListRow<SessionValues>[]): Promise<ListOutcome> {
  const holders = await findOwnHolders(turn.db, turn.who, 'sessions.record');
  const outcome: ListOutcome = { added: 0, changed: 0, same: 0, problems: [] };
  const read: Read[] = [];
  for (const { number, values } of rows) {
    const one = readRow(turn, holders, values);
    if ('reason' in one) outcome.problems.push({ row: number, ...one });
    else read.push({ number, id: values.id, session: one });
  }
  await queries.lockSessions(turn.db);
  const identities = read.map(({ session }) => identify(session));
  const known = await queries.findByIdOrIdentity(
    turn.db,
    read.flatMap(({ id }) => id ?? []),
    identities,
  );
  const ledger = new Ledger(known);
  const touched: { ids: string[]; sessions: Session[] } = { ids: [], sessions: [] };
  for (const { number, id, session } of read) {
    const before = id === undefined ? ledger.sameAs(session) : ledger.byId(id);
    const other = ledger.sameAs(session);
    const problem = findProblem(holders, id, before, other) ?? ledger.objectToTwin(before?.id ?? other?.id, session);
    if (problem) {
      outcome.problems.push({ row: number, ...problem });
    } else if (!before) {
      const added = await queries.addSession(turn.db, session, turn.who.id, turn.now);
      ledger.keep(added, number, session);
      outcome.added += 1;
      touched.sessions.push(session);
    } else if (nameChanges(before.session, session).length === 0) {
      ledger.keep(before.id, number, session);
      outcome.same += 1;
    } else {
      if (before.row) await queries.correctSession(turn.db, before.row, session, turn.who.id, turn.now);
      ledger.keep(before.id, number, session);
      outcome.changed += 1;
      touched.ids.push(before.id);
      touched.sessions.push(before.session, session);
    }
  }
  await refreshAround(turn, touched.ids, touched.sessions);
  return outcome;
}

/** The session that a row describes, or what is to be mended. */
function readRow(
  turn: PersonTurn,
  holders: HolderRow[],
  values: SessionValues,
): Session | { column?: string; reason: string } {
  const holder = holders.find(({ name }) => name === values.holder);
  if (!holder) return { column: 'holder', reason: '没有这个单位，或者不是您负责的支部' };
  const kind = SESSION_KINDS.find((one) => nameKind(one) === values.kind);
  if (!kind || !canHold(holder.id, kind)) return { column: 'kind', reason: '这个单位不开展这类学习' };
  const { attendees = readNames(values.names ?? '').length } = values;
  if (attendees === 0) return { column: 'attendees', reason: '请填参加人数或参加人员' };
  const filledIn = { ...values, kind, holder: holder.id ?? CENTRE_GROUP, attendees: String(attendees) };
  try {
    return readSession(filledIn, turn.calendar.dayOf(turn.now));
  } catch (error) {
    if (!(error instanceof FormRefusal)) throw error;
    return { reason: error.tell };
  }
}

function findProblem(
  holders: HolderRow[],
  id: string | undefined,
  before: Kept | undefined,
  other: Kept | undefined,
): { column?: string; reason: string } | undefined {
  if (id !== undefined && !before)
    return { column: 'id', reason: '台账里没有这个编号，可能已经删除；新登记请把编号留空' };
  if (before && !holders.some(({ id: own }) => own === before.session.branchId))
    return { column: 'id', reason: '这个编号是其他支部的登记' };
  if (before && other && before.id !== other.id)
    return { reason: '与台账中的另一次登记相同（单位、类型、日期、主题都一样）' };
  return undefined;
}

/** A session as it stands by now, with the row it was before this import, and the row of the file that spoke of it. */
type Kept = { id: string; session: Session; row?: queries.StudySession; number?: number };

/** The recorded sessions that the file speaks of, kept up while its rows are taken. */
class Ledger {
  readonly #ids = new Map<string, Kept>();
  readonly #identities = new Map<string, Kept>();

  constructor(rows: queries.StudySession[]) {
    for (const row of rows) this.#put({ id: row.id, session: queries.sessionOf(row), row });
  }

  byId(id: string): Kept | undefined {
    return this.#ids.get(id);
  }

  sameAs(session: Session): Kept | undefined {
    return this.#identities.get(identify(session));
  }

  /** Two rows of one file that want the same session to be different. */
  objectToTwin(id: string | undefined, session: Session): { reason: string } | undefined {
    const kept = id === undefined ? undefined : this.#ids.get(id);
    if (kept?.number === undefined || nameChanges(kept.session, session).length === 0) return undefined;
    return { reason: `与第 ${kept.number} 行是同一次学习，内容不同` };
  }

  keep(id: string, number: number, session: Session): void {
    const before = this.#ids.get(id);
    if (before) this.#identities.delete(identify(before.session));
    this.#put({ id, session, number });
  }

  #put(kept: Kept): void {
    this.#ids.set(kept.id, kept);
    this.#identities.set(identify(kept.session), kept);
  }
}
