/** The list of features: the one line that a new feature adds outside its own folders. */
import type { Feature } from '../feature.ts';
import { aliases } from './aliases/index.ts';
import { deliveries } from './deliveries/index.ts';
import { feedback } from './feedback/index.ts';
import { heatSupplies } from './heat-supplies/index.ts';
import { help } from './help/index.ts';
import { holidays } from './holidays/index.ts';
import { leave } from './leave/index.ts';
import { lists } from './lists/index.ts';
import { misheard } from './misheard/index.ts';
import { monthlyStar } from './monthly-star/index.ts';
import { quizzes } from './quizzes/index.ts';
import { roles } from './roles/index.ts';
import { roster } from './roster/index.ts';
import { studySessions } from './study-sessions/index.ts';
import { studyTasks } from './study-tasks/index.ts';
import { today } from './today/index.ts';
import { weeklyDigest } from './weekly-digest/index.ts';

const work = [studyTasks, studySessions, quizzes, heatSupplies, monthlyStar, leave, roster, holidays, roles, feedback];
const tables = lists(work);
const inbox = today(work);
const digest = weeklyDigest(work);
const everyday = [inbox, ...work, tables, digest];
const all = [...everyday, deliveries(everyday), misheard(everyday), aliases(everyday)];

/** Everything the bot can do, in the order in which 帮助 shows it. */
export const features: Feature[] = [...all, help(all)];
