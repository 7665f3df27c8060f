/** Makes the next thing to press glow, wherever and whenever it appears on the page. */
import { useEffect, useState } from 'react';
import { findTarget, type Target } from './steps.ts';

type Seen = { isSeen: boolean; wasSeen: boolean };

/**
 * Whether the target is on the page now, and whether it was since this step began. Changes on the page also draw the
 * tour again. `watch` is brought into view once, when it is there.
 */
export function useGlow(target: Target | undefined, watch: Target | undefined): Seen {
  const key = JSON.stringify(target);
  const [seen, setSeen] = useState<Seen & { key: string | undefined; beat: number }>({
    key,
    isSeen: false,
    wasSeen: false,
    beat: 0,
  });
  const watchKey = JSON.stringify(watch);
  useEffect(() => {
    let toWatch = watchKey ? (JSON.parse(watchKey) as Target) : undefined;
    const wanted = key ? (JSON.parse(key) as Target) : undefined;
    let frame = 0;
    const look = () => {
      frame = 0;
      const element = wanted ? findTarget(wanted) : undefined;
      for (const old of document.querySelectorAll('.tour-target'))
        if (old !== element) old.classList.remove('tour-target');
      if (element && !element.classList.contains('tour-target')) {
        element.classList.add('tour-target');
        // In the middle of the people list, where the tour's own box does not cover it.
        element.scrollIntoView({ block: element.closest('.people') ? 'center' : 'nearest' });
      }
      const watched = toWatch && findTarget(toWatch);
      if (watched) {
        watched.scrollIntoView({ block: 'nearest' });
        toWatch = undefined;
      }
      setSeen((before) => {
        const isSeen = element !== undefined;
        return { key, isSeen, wasSeen: isSeen || (before.key === key && before.wasSeen), beat: before.beat + 1 };
      });
    };
    const observer = new MutationObserver((changes) => {
      const isOwn = changes.every((change) => (change.target as Element).closest?.('.tour, .rail'));
      if (!isOwn && !frame) frame = requestAnimationFrame(look);
    });
    frame = requestAnimationFrame(look);
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
      attributeFilter: ['open', 'aria-disabled'],
    });
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      for (const old of document.querySelectorAll('.tour-target')) old.classList.remove('tour-target');
    };
  }, [key, watchKey]);
  return seen.key === key ? seen : { isSeen: false, wasSeen: false };
}
