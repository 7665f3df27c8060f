/** Whether a session can be recorded as it was filled in, and when two are the same. Pure. */
import type { Day } from '../../../calendar/calendar.ts';
import { FormRefusal } from '../../../cards/form.ts';
import { sessionForm } from '../forms.ts';
import { CENTRE_GROUP, canHold, type Holder, type SessionKind } from '../kinds.ts';

/** A session that can be recorded. */
export type Session = {
  branchId: Holder;
  kind: SessionKind;
  heldOn: Day;
  host: string;
  topic: string;
  agenda: string;
  attendees: number;
  names: string[];
  minutes: string;
};

/** Older sessions are a slip of the pen: nobody keeps a ledger for longer in chat. */
const MAX_YEARS_BACK = 5;
const MAX_NAME_CHARACTERS = 30;

/** The names in a list as people type it: between commas, 、, semicolons, spaces or line breaks. */
export function readNames(text: string): string[] {
  return text.split(/[、，,；;\s]+/u).filter((name) => name !== '');
}

/**
 * The session that a form describes, its people counted where only their names are written. Throws `FormRefusal`, with the sentence that
 * says what is to be mended.
 */
export function readSession(raw: Record<string, unknown>, today: Day): Session {
  const names = readNames(String(raw.names ?? ''));
  const counted = names.length > 0 ? String(names.length) : '';
  const {
    holder,
    agenda = '',
    minutes = '',
    ...said
  } = sessionForm.read({ ...raw, attendees: raw.attendees || counted });
  const session = { ...said, branchId: holder === CENTRE_GROUP ? null : holder, agenda, names, minutes };
  const objection =
    objectToDay(session.heldOn, today) ??
    objectToHolder(session.branchId, session.kind) ??
    objectToNames(names, session.attendees);
  if (objection) throw new FormRefusal(objection);
  return session;
}

function objectToDay(day: Day, today: Day): string | undefined {
  if (day > today) return '日期还没有到。请在开展之后登记，或改正日期。';
  const earliest = `${Number(today.slice(0, 4)) - MAX_YEARS_BACK}-01-01`;
  return day < earliest ? `只能补登${earliest.slice(0, 4)}年以来的学习，请核对年份。` : undefined;
}

function objectToHolder(holder: Holder, kind: SessionKind): string | undefined {
  if (canHold(holder, kind)) return undefined;
  return holder === null
    ? '这类会议由支部召开，请把开展单位改为支部，或换一种类型。'
    : '理论学习中心组学习由中心组开展，请换一种类型，或联系政治处登记。';
}

function objectToNames(names: string[], attendees: number): string | undefined {
  if (names.some((name) => name.length > MAX_NAME_CHARACTERS)) return '名单请用顿号隔开姓名，例如：张三、李四。';
  if (names.length > 0 && names.length !== attendees)
    return `名单里有${names.length}人，人数填的是${attendees}人，请核对后再提交。`;
  return undefined;
}

/** What makes two sessions the same: holder, kind, day and topic, whatever its spaces, punctuation and width. */
export function identify({
  branchId,
  kind,
  heldOn,
  topic,
}: Pick<Session, 'branchId' | 'kind' | 'heldOn' | 'topic'>): string {
  const plain = topic
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '');
  return [branchId ?? CENTRE_GROUP, kind, heldOn, plain || topic.trim()].join('|');
}

const FIELDS: Record<keyof Session, string> = {
  kind: '类型',
  heldOn: '日期',
  branchId: '开展单位',
  host: '主持人',
  topic: '主题',
  agenda: '议程',
  attendees: '人数',
  names: '名单',
  minutes: '纪要',
};

/** The words for what differs between two states of a session, in the order of the form. */
export function nameChanges(before: Session, after: Session): string[] {
  const keys = Object.keys(FIELDS) as (keyof Session)[];
  return keys.filter((key) => String(before[key]) !== String(after[key])).map((key) => FIELDS[key]);
}
