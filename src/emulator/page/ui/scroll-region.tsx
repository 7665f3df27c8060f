/** A part that scrolls by itself and can be reached, and scrolled, with the keyboard alone. */
import type { ReactNode } from 'react';

/** A named region, so that a screen reader can say where the focus is. */
export function ScrollRegion({
  className,
  label,
  children,
}: {
  className: string;
  label: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it no key could scroll this.
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
