/** Who may do what with leave, and how far. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'leave.record': { administrator: 'detachment', secretary: 'own branch', leader: 'own unit and below' },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
