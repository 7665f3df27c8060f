/** 人员名册: what the contacts do not know of people comes in, and goes out, as a list. */
import type { Feature } from '../../feature.ts';
import { roster as rosterList } from './roster-list.ts';

export const roster: Feature = { name: 'roster', lists: { roster: rosterList } };
