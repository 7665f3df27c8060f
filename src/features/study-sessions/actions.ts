/** Who may do what with study sessions, and how far. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'sessions.record': { administrator: 'detachment', secretary: 'own branch' },
  'sessions.watch': {
    administrator: 'detachment',
    secretary: 'own branch',
    leader: 'own unit and below',
    'discipline-commissioner': 'own branch',
  },
  'sessions.plan': { administrator: 'detachment', secretary: 'own branch' },
  'sessions.direct': { administrator: 'detachment' },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
