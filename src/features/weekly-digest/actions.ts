/** Who may do what with the weekly digest, and how far. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'digest.read': { administrator: 'detachment', secretary: 'own branch', leader: 'own unit and below' },
  'digest.run': { administrator: 'detachment' },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
