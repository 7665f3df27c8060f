/** Who may do what with heat supplies, and how far. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'supplies.hand-out': { administrator: 'detachment', secretary: 'own branch', leader: 'own unit and below' },
  'supplies.watch': { administrator: 'detachment', secretary: 'own branch', leader: 'own unit and below' },
  'supplies.see': {
    administrator: 'detachment',
    keeper: 'own point',
    secretary: 'own branch',
    leader: 'own unit and below',
  },
  'supplies.keep': { administrator: 'detachment', keeper: 'own point' },
  'supplies.points': { administrator: 'detachment' },
  'supplies.answer': { administrator: 'detachment', secretary: 'own branch', keeper: 'own point' },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
