/** Who may say what a unit, a branch or somebody is called besides the name. */
import type { Actions } from '../../people/permissions.ts';

export const actions = {
  'aliases.edit': { administrator: 'detachment' },
} satisfies Actions;

declare module '../../people/permissions.ts' {
  interface Declared extends Record<keyof typeof actions, true> {}
}
