/** Who may do what with study tasks, and how far. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'study.publish': { administrator: 'detachment', secretary: 'own branch', leader: 'own unit and below' },
  'study.watch': {
    administrator: 'detachment',
    secretary: 'own branch',
    leader: 'own unit and below',
    'discipline-commissioner': 'own branch',
  },
  'study.nudge': { administrator: 'detachment', secretary: 'own branch', leader: 'own unit and below' },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
