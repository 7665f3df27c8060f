/** Who may see what was not understood. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'misheard.read': { administrator: 'detachment' },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
