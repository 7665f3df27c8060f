/** A short word at the top of a seat that goes by itself. */
import { useEffect, useEffectEvent } from 'react';
import type { Toast } from '../../site/page-api.ts';
import { Icon } from './icon.tsx';

const SHOWN_MS = 5000;

/** Read out politely by screen readers; the region stays, its content comes and goes. */
export function ToastView({ toast, onDone }: { toast: Toast | undefined; onDone: () => void }) {
  const done = useEffectEvent(onDone);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => done(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div className="toasts" role="status">
      {toast && (
        <div className={`toast toast-${toast.type}`}>
          <Icon name={toast.type === 'success' ? 'check' : toast.type === 'info' ? 'chat' : 'warning'} size={18} />
          {toast.content}
        </div>
      )}
    </div>
  );
}
