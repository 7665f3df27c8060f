/** Which matters come first on a digest. Pure. */

/** What orders them; `due` is an instant in ISO format. */
type Pressing = { due: string | null; count: number; key: string };

/**
 * What was due by the end of the period comes first, the largest on top: which hour of the week it was due is no difference to a
 * leader. Then what is due soon, the earliest on top; then what has no date.
 */
export function comparePressing(until: Date): (a: Pressing, b: Pressing) => number {
  const dueOf = ({ due }: Pressing) => (due === null ? '9999' : due <= until.toISOString() ? '' : due);
  return (a, b) => dueOf(a).localeCompare(dueOf(b)) || b.count - a.count || a.key.localeCompare(b.key);
}
