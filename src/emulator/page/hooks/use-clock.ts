/** The emulator's clock, which may have been moved, running on in the page. */
import { useEffect, useState } from 'react';
import type { Clock } from '../../site/page-api.ts';
import { api } from '../api.ts';
import { useStream } from '../stream.ts';

/** The emulator's now, to the second, by how much it was moved, and the next workday; undefined until they are known. */
export function useClock(): { now: Date; movedByMs: number; nextWorkday: string } | undefined {
  const [base, setBase] = useState<{ clock: Clock; at: number }>();
  const [, beat] = useState(0);
  const take = (clock: Clock) => setBase({ clock, at: performance.now() });
  useEffect(() => {
    api.clock().then(take, () => undefined);
    const timer = setInterval(() => beat((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  useStream((event) => {
    if (event.kind === 'clock') take(event.clock);
    if (event.kind === 'resync') api.clock().then(take, () => undefined);
  });
  if (!base) return undefined;
  return { ...base.clock, now: new Date(Date.parse(base.clock.now) + performance.now() - base.at) };
}
