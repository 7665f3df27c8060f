/** 人员名册: what the contacts do not know of people comes in, and goes out, as a list; and what an administrator must say of them. */
import type { Feature } from '../../feature.ts';
import { findLossItems } from '../../people/held-loss.ts';
import { roster as rosterList } from './roster-list.ts';

export const roster: Feature = { name: 'roster', called: '名册', lists: { roster: rosterList }, today: findLossItems };
