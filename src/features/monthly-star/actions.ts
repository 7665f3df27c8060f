/** Who may do what with the monthly star, and how far. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'star.organise': { administrator: 'detachment', secretary: 'own branch' },
  'star.review': { administrator: 'detachment', 'discipline-commissioner': 'own branch' },
  'star.decide': { leader: 'own unit and below' },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
