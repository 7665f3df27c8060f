/** Who may do what with roles, and how far. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'roles.assign': { administrator: 'detachment' },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
