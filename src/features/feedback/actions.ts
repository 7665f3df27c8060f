/** Who may do what with feedback, and how far. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'feedback.read': { administrator: 'detachment' },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
