/** Whether a media query holds, as it changes. */
import { useSyncExternalStore } from 'react';

export const PHONE = '(max-width: 760px)';

/** True while the query holds; the component is drawn again when that changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}
