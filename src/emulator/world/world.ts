/** What an emulated Feishu tenant consists of before anybody has written a word: units, people, groups, the bot. */

/** The tenant's own contact field that carries the name of the Party branch. */
export const BRANCH_FIELD = 'C-branch';
/** The tenant's own contact field that carries the politics status, one of `Politics`. */
export const POLITICS_FIELD = 'C-politics';

/** The texts that stand in the field `POLITICS_FIELD`. */
export type Politics = '中共党员' | '中共预备党员' | '入党积极分子' | '群众';

/** A tenant as `startEmulator` takes it. Field names are Feishu's own. */
export type World = {
  units: WorldUnit[];
  users: WorldUser[];
  groups: WorldGroup[];
  /** `menu` is what the developer console was told: items that push an event with their key. */
  bot: { name: string; open_id: string; menu?: { name: string; key: string }[] };
};

/** A department. `parent` is an `open_department_id`, or `0` at the top; `order` sorts it among its siblings. */
export type WorldUnit = {
  open_department_id: string;
  name: string;
  parent: string;
  /** The open_id of the person in charge. */
  leader?: string;
  order: number;
};

/** A user of the contacts. Ids begin with `ou_` (open_id) and `on_` (union_id). */
export type WorldUser = {
  open_id: string;
  union_id: string;
  user_id: string;
  name: string;
  /** The `open_department_id`s, the main one first. */
  department_ids: string[];
  mobile: string;
  /** 1 is a regular employee; the others are outsourced, interns, contractors, consultants and the tenant's own kinds. */
  employee_type: number;
  employee_no?: string;
  job_title: string;
  custom_attrs: CustomAttribute[];
  status: UserStatus;
  /** What the emulator's page shows beside the name, for example 支部书记. No Open API call tells it. */
  badge?: string;
};

/** The value of one of the tenant's own contact fields. */
export type CustomAttribute = { id: string; type: 'TEXT'; value: { text: string } };

/** Feishu's five flags of a user. */
export type UserStatus = {
  is_frozen: boolean;
  is_resigned: boolean;
  is_activated: boolean;
  is_exited: boolean;
  is_unjoin: boolean;
};

/** The status of somebody who works here and uses Feishu. */
export const IN_SERVICE: UserStatus = {
  is_frozen: false,
  is_resigned: false,
  is_activated: true,
  is_exited: false,
  is_unjoin: false,
};

/** A group chat the bot is in. `chat_id` begins with `oc_`; `members` are open_ids, the first one owns the group. */
export type WorldGroup = { chat_id: string; name: string; members: string[] };
