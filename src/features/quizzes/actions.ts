/** Who may do what with quizzes and the bank, and how far. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'quiz.publish': { administrator: 'detachment', secretary: 'own branch', leader: 'own unit and below' },
  'quiz.watch': {
    administrator: 'detachment',
    secretary: 'own branch',
    leader: 'own unit and below',
    'discipline-commissioner': 'own branch',
  },
  'quiz.review': { administrator: 'detachment' },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
