/** The list of features: the one line that a new feature adds outside its own folders. */
import type { Feature } from '../feature.ts';
import { feedback } from './feedback/index.ts';
import { help } from './help/index.ts';
import { leave } from './leave/index.ts';
import { quizzes } from './quizzes/index.ts';
import { roles } from './roles/index.ts';
import { studySessions } from './study-sessions/index.ts';
import { studyTasks } from './study-tasks/index.ts';
import { today } from './today/index.ts';
import { weeklyDigest } from './weekly-digest/index.ts';

const work = [studyTasks, studySessions, quizzes, leave, roles, feedback];
const inbox = today(work);
const digest = weeklyDigest(work);

/** Everything the bot can do, in the order in which 帮助 shows it. */
export const features: Feature[] = [inbox, ...work, digest, help([inbox, ...work, digest])];
