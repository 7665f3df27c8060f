/** The kinds of study sessions and meetings, who holds them, and the words for both. */
import { z } from 'zod';

type Holding = 'branch' | 'centre-group' | 'both';

/** Every kind with its name in the office, whoever holds it. */
const TABLE = {
  'first-agenda-item': { name: '第一议题学习', holding: 'both' },
  'theory-study-center-group': { name: '理论学习中心组学习', holding: 'centre-group' },
  'branch-themed-study': { name: '支部专题学习', holding: 'both' },
  'group-discussion': { name: '研讨交流', holding: 'both' },
  'online-platform': { name: '线上平台学习', holding: 'both' },
  'themed-party-day': { name: '主题党日', holding: 'branch' },
  'branch-general-meeting': { name: '党员大会', holding: 'branch' },
  'branch-committee-meeting': { name: '支委会', holding: 'branch' },
  'group-meeting': { name: '党小组会', holding: 'branch' },
  'party-lecture': { name: '党课', holding: 'branch' },
  'organizational-life-meeting': { name: '组织生活会', holding: 'branch' },
} as const satisfies Record<string, { name: string; holding: Holding }>;

export type SessionKind = keyof typeof TABLE;
export const SESSION_KINDS = Object.keys(TABLE) as [SessionKind, ...SessionKind[]];
export const SessionKind = z.enum(SESSION_KINDS);

/** Who holds a session: the centre group, or a branch by its id. On the wire `centre-group` or the id. */
export type Holder = string | null;
export const CENTRE_GROUP = 'centre-group';
export const CENTRE_GROUP_NAME = '中心组';
export const HolderText = z
  .union([z.literal(CENTRE_GROUP), z.uuid()])
  .transform((text): Holder => (text === CENTRE_GROUP ? null : text));

/** The name of a kind: 主题党日. What is no kind (any more) is 学习. */
export function nameKind(kind: string | null): string {
  return SessionKind.safeParse(kind).data ? TABLE[kind as SessionKind].name : '学习';
}

/** Whether the centre group, or a branch, holds sessions of this kind. */
export function canHold(holder: Holder, kind: SessionKind): boolean {
  const { holding }: { holding: Holding } = TABLE[kind];
  return holding === 'both' || (holding === 'centre-group') === (holder === null);
}
