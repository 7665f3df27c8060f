/** A session on its card: the form, the record with its history, or what is left of a deleted one. */
import { formatDay, formatInstant } from '../../../calendar/format.ts';
import { type CardVariables, card, type Viewer } from '../../../feature.ts';
import { may } from '../../../people/permissions.ts';
import { Id } from '../../../sight.ts';
import type { Reader } from '../../../storage/database.ts';
import { findHolder, findOwnHolders, nameHolder, namePerson } from '../branches.ts';
import { sessionForm } from '../forms.ts';
import { CENTRE_GROUP, canHold, nameKind, SESSION_KINDS } from '../kinds.ts';
import { findMinutesOf } from '../minutes/queries.ts';
import { findSessionMatter } from './matter.ts';
import { findChanges, findSession, type StudySession, sessionOf } from './queries.ts';
import { nameChanges, type Session } from './rules.ts';

export const session = card({
  ref: Id,
  action: 'sessions.watch',
  matter: findSessionMatter,
  form: sessionForm,
  load: async (db, id, viewer) => {
    const row = await findSession(db, id);
    if (!row) return undefined;
    if (row.state === 'draft' || (row.state === 'recorded' && row.editingById === viewer.person))
      return form(db, row, viewer);
    return record(db, row, viewer);
  },
});

async function form(db: Reader, row: StudySession, viewer: Viewer): Promise<CardVariables> {
  const holders = viewer.who ? await findOwnHolders(db, viewer.who, 'sessions.record') : [];
  const said = sessionOf(row);
  const kinds = SESSION_KINDS.filter((kind) => holders.some(({ id }) => canHold(id, kind)));
  // A fresh form of somebody with many branches has none chosen: null means the centre group only where it was recorded.
  const isChosen = said.branchId !== null || row.state === 'recorded' || row.kind !== null;
  return {
    template: 'session-form',
    hint: row.state === 'draft' ? '开展过的学习和会议可以当天登记，也可以补登。' : '请修改后提交，原来的内容会保留。',
    holds: {
      ...said,
      holder: isChosen ? (said.branchId ?? CENTRE_GROUP) : null,
      attendees: said.attendees || null,
      names: said.names.join('、'),
    },
    options: {
      kind: kinds.map((value) => ({ value, text: nameKind(value) })),
      holder: holders.map(({ id, name }) => ({ value: id ?? CENTRE_GROUP, text: name })),
    },
    isCorrection: row.state === 'recorded',
  };
}

async function record(db: Reader, row: StudySession, viewer: Viewer): Promise<CardVariables> {
  const said = sessionOf(row);
  const scope = (await findHolder(db, row.branchId))?.scope;
  const isDeleted = row.state === 'deleted';
  return {
    template: isDeleted ? 'session-closed' : 'session-record',
    kind: nameKind(row.kind),
    holder: await nameHolder(db, row.branchId),
    day: formatDay(said.heldOn, viewer),
    host: said.host,
    topic: said.topic,
    attendance: `${said.attendees}人`,
    names: said.names.join('、'),
    agenda: said.agenda,
    minutes: said.minutes,
    file: (await findMinutesOf(db, row.id))?.name ?? '',
    by: await namePerson(db, row.enteredById),
    at: row.recordedAt ? formatInstant(row.recordedAt, viewer) : '',
    history: await history(db, row, viewer),
    mayChange:
      !isDeleted && viewer.who !== undefined && scope !== undefined && may(viewer.who, 'sessions.record', scope),
  };
}

/** Who changed what, one line each, the newest first, with the topic and day that stood there before. */
async function history(db: Reader, row: StudySession, viewer: Viewer): Promise<string> {
  const changes = await findChanges(db, row.id);
  let after: Session = sessionOf(row);
  return changes
    .map(({ what, before: kept, changedAt, by }) => {
      const line = `${formatInstant(changedAt, viewer)} ${by}`;
      if (what === 'file') return `${line}更换或删除了纪要文件，原为：${(kept as { name: string }).name}`;
      const before = kept as Session;
      const words = nameChanges(before, after).join('、') || '内容';
      const was = `原为：${formatDay(before.heldOn, viewer)} ${nameKind(before.kind)} ${before.topic} ${before.attendees}人`;
      after = before;
      return `${line}${what === 'deleted' ? '删除' : `更正了${words}，${was}`}`;
    })
    .join('\n');
}
