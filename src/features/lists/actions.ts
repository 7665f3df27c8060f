/** Who may do what with lists that come in and go out, and how far. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'lists.import': {
    administrator: 'detachment',
    secretary: 'own branch',
    leader: 'own unit and below',
    keeper: 'own point',
  },
  'lists.export': {
    administrator: 'detachment',
    secretary: 'own branch',
    leader: 'own unit and below',
    'discipline-commissioner': 'own branch',
    keeper: 'own point',
  },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
