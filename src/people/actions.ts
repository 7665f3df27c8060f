/** Who may do what with the roster, and how far. */
import type { Actions } from './permissions.ts';

export const actions = {
  'roster.keep': { administrator: 'detachment' },
} satisfies Actions;

declare module './permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
