/** Who may ask what became of what was sent to others. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'deliveries.trace': { administrator: 'detachment' },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
