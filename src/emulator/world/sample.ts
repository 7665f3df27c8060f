/** The sample detachment: what the emulator starts with, the same every time. City, people and numbers are invented. */
import { createHash } from 'node:crypto';
import { DETACHMENT, SAMPLE_UNITS, type SampleUnit, sampleName } from './sample-units.ts';
import {
  BRANCH_FIELD,
  IN_SERVICE,
  POLITICS_FIELD,
  type Politics,
  type World,
  type WorldGroup,
  type WorldUser,
} from './world.ts';

/** A role the bot gives at its first start with the sample; an empty scope is the whole detachment. */
export type SampleRole = {
  personId: string;
  role: 'administrator' | 'secretary' | 'leader' | 'discipline-commissioner';
  scope: { branchName?: string; unitId?: string };
};

/** People worth knowing by name, as open_ids. All but the administrator and the chief are of 一大队 and its branch. */
export const SAMPLE_PEOPLE = {
  /** 支队长, leads the whole detachment. */
  chief: openId(DETACHMENT, 'officer', 0),
  /** Of the 政治处. */
  administrator: openId('政治处', 'officer', 3),
  /** 大队长. */
  leader: openId('一大队', 'officer', 0),
  /** 教导员 and 党支部书记. */
  secretary: openId('一大队', 'officer', 1),
  /** An officer without any role, Party member. */
  officer: openId('一大队', 'officer', 3),
  /** An auxiliary who is no Party member. */
  auxiliary: openId('一大队', 'auxiliary', 1),
};

/** The branch of the well-known people. */
export const SAMPLE_BRANCH = '一大队党支部';

/** The bot's menu, as docs/feishu-setup.md has it set up. */
const MENU = [
  { name: '今天', key: 'today.today' },
  { name: '发布', key: 'help.send' },
  { name: '帮助', key: 'help.help' },
];

/** How an account that cannot be reached differs. */
const NOT_ACTIVATED = { ...IN_SERVICE, is_activated: false, is_unjoin: true };
const FROZEN = { ...IN_SERVICE, is_frozen: true };
/** Feishu's types of employment: regular, and labour contract. */
const OFFICER_TYPE = 1;
const AUXILIARY_TYPE = 4;

type Kind = 'officer' | 'auxiliary';
type SamplePerson = WorldUser & { unit: SampleUnit; branch: string; kind: Kind; role?: SampleRole['role'] };

/** The sample tenant, as `startEmulator` takes it. */
export function sampleWorld(): World {
  const people = samplePeople();
  return {
    units: SAMPLE_UNITS.map(({ name, parent }, order) => ({
      open_department_id: unitId(name),
      name,
      parent: parent ? unitId(parent) : '0',
      leader: openId(name, 'officer', 0),
      order,
    })),
    users: people.map(({ unit, branch, kind, role, ...user }) => user),
    groups: sampleGroups(people),
    bot: { name: '警心助手', open_id: `ou_${hex('bot')}`, menu: MENU },
  };
}

/** Who holds which role in the sample: one administrator, a leader for each unit, a secretary and a 纪检委员 for each branch. */
export function sampleRoles(): SampleRole[] {
  return samplePeople().flatMap(({ open_id: personId, role, unit, branch }): SampleRole[] => {
    if (!role) return [];
    if (role === 'administrator') return [{ personId, role, scope: {} }];
    return [{ personId, role, scope: role === 'leader' ? { unitId: unitId(unit.name) } : { branchName: branch } }];
  });
}

function samplePeople(): SamplePerson[] {
  const seats = SAMPLE_UNITS.flatMap((unit) => [
    ...Array.from({ length: unit.officers }, (_, seat) => ({ unit, kind: 'officer' as const, seat })),
    ...Array.from({ length: unit.auxiliaries }, (_, seat) => ({ unit, kind: 'auxiliary' as const, seat })),
  ]);
  return seats.map(({ unit, kind, seat }, index) => createPerson(unit, kind, seat, index));
}

/** The person in a unit's `seat`: seat 0 leads the unit, then come the secretaries and the 纪检委员, one for each branch. */
function createPerson(unit: SampleUnit, kind: Kind, seat: number, index: number): SamplePerson {
  const open_id = openId(unit.name, kind, seat);
  const count = unit.branches.length;
  const branch = unit.branches[seat === 0 ? 0 : (seat - 1) % count] ?? unit.branches[0];
  const { role, title, badge } = kind === 'officer' ? describeSeat(unit, seat) : { title: '辅警' };
  const politics = role ? '中共党员' : politicsOf(kind, seat);
  return {
    open_id,
    union_id: `on_${hex(`union/${open_id}`)}`,
    user_id: hex(`user/${open_id}`).slice(0, 8),
    name: sampleName(index),
    department_ids: [unitId(unit.name)],
    // No telephone number in China begins with 100 and has eleven digits.
    mobile: `+86100${String(index).padStart(8, '0')}`,
    employee_type: kind === 'officer' ? OFFICER_TYPE : AUXILIARY_TYPE,
    employee_no: String(104001 + index),
    job_title: title,
    custom_attrs: [textField(BRANCH_FIELD, branch), textField(POLITICS_FIELD, politics)],
    status: role || seat < 4 ? IN_SERVICE : statusOf(index),
    ...(badge && { badge }),
    unit,
    branch,
    kind,
    ...(role && { role }),
  };
}

function describeSeat(unit: SampleUnit, seat: number): { role?: SampleRole['role']; title: string; badge?: string } {
  const count = unit.branches.length;
  if (seat === 0) return { role: 'leader', title: unit.head, badge: unit.head };
  if (seat <= count) {
    return { role: 'secretary', title: seat === 1 ? `${unit.secretary}、党支部书记` : '党支部书记', badge: '支部书记' };
  }
  if (seat <= 2 * count) return { role: 'discipline-commissioner', title: '党支部纪检委员', badge: '纪检委员' };
  if (unit.name === '政治处' && seat === 3)
    return { role: 'administrator', title: '民警（系统管理员）', badge: '管理员' };
  return { title: '民警' };
}

/** Three officers in four and one auxiliary in five are Party members; a few are on the way. */
function politicsOf(kind: Kind, seat: number): Politics {
  const members = kind === 'officer' ? 15 : 4;
  const place = (seat * 7) % 20;
  if (place < members) return '中共党员';
  if (place === members) return '中共预备党员';
  return place <= members + 2 ? '入党积极分子' : '群众';
}

function statusOf(index: number): WorldUser['status'] {
  if (index % 60 === 17) return NOT_ACTIVATED;
  return index % 100 === 43 ? FROZEN : IN_SERVICE;
}

function sampleGroups(people: SamplePerson[]): WorldGroup[] {
  const reachable = people.filter(({ status }) => status.is_activated && !status.is_frozen);
  const group = (name: string, owner: string, isIn: (person: SamplePerson) => boolean): WorldGroup => {
    const members = reachable.filter(isIn).map((person) => person.open_id);
    return { chat_id: `oc_${hex(`group/${name}`)}`, name, members: [...new Set([owner, ...members])] };
  };
  return [
    group('支队通知群', SAMPLE_PEOPLE.administrator, ({ role }) => role === 'leader' || role === 'secretary'),
    group('支部书记群', SAMPLE_PEOPLE.administrator, ({ role }) => role === 'secretary'),
    group('一大队工作群', SAMPLE_PEOPLE.leader, ({ unit }) => unit.name === '一大队' || unit.parent === '一大队'),
  ];
}

function textField(id: string, text: string): WorldUser['custom_attrs'][number] {
  return { id, type: 'TEXT', value: { text } };
}

function openId(unit: string, kind: Kind, seat: number): string {
  return `ou_${hex(`${unit}/${kind}/${seat}`)}`;
}

function unitId(name: string): string {
  return `od-${hex(`unit/${name}`)}`;
}

/** 32 hexadecimal digits, as Feishu's ids have, that follow from the text. */
function hex(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
