/** What happens in the emulator, as it happens: one connection for the whole page. */
import { useEffect, useEffectEvent } from 'react';
import type { StreamEvent } from '../site/page-api.ts';

/** `resync` says that events may have been missed before the connection was there: read everything again. */
export type PageEvent = StreamEvent | { kind: 'resync' } | { kind: 'lost' };
type Listener = (event: PageEvent) => void;

const listeners = new Set<Listener>();
let source: EventSource | undefined;

function open(): void {
  source = new EventSource('emulator/api/stream');
  let isLost = false;
  const tell = (event: PageEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  source.onopen = () => {
    isLost = false;
    tell({ kind: 'resync' });
  };
  source.onerror = () => {
    if (!isLost) tell({ kind: 'lost' });
    isLost = true;
  };
  source.onmessage = (message: MessageEvent<string>) => tell(JSON.parse(message.data) as StreamEvent);
}

/** Calls `listener` for every event while the component is on the page. The browser reconnects by itself. */
export function useStream(listener: Listener): void {
  const latest = useEffectEvent(listener);
  useEffect(() => {
    const own: Listener = (event) => latest(event);
    listeners.add(own);
    if (!source) open();
    return () => {
      listeners.delete(own);
    };
  }, []);
}
