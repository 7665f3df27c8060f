/** Who may change which days are worked. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'holidays.edit': { administrator: 'detachment' },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
