/** Links of a card. */
import type { ReactNode } from 'react';

/** A link that cannot leave http and https; anything else is its own text. */
export function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  if (!/^https?:\/\//i.test(href)) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
