/** The drawer at the right: clock, faults or the wire. */
import { type ReactNode, useEffect, useRef } from 'react';
import { type State, useDispatch } from '../state.ts';
import { Icon } from '../ui/icon.tsx';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { ClockPanel } from './clock-panel.tsx';
import { FaultsPanel } from './faults-panel.tsx';
import { WirePanel } from './wire-panel.tsx';

/** One panel at a time, or none. */
export function Panels({ state }: { state: State }) {
  if (state.panel === 'clock')
    return (
      <Drawer title="时钟">
        <ClockPanel />
      </Drawer>
    );
  if (state.panel === 'faults')
    return (
      <Drawer title="故障">
        <FaultsPanel />
      </Drawer>
    );
  if (state.panel === 'wire')
    return (
      <Drawer title={state.wireMessage ? '这条消息的通信' : '通信'} isWide>
        <WirePanel key={state.wireMessage} message={state.wireMessage} />
      </Drawer>
    );
  return null;
}

/** Not modal: the conversation stays in use beside it. Escape closes it. */
function Drawer({ title, isWide = false, children }: { title: string; isWide?: boolean; children: ReactNode }) {
  const dispatch = useDispatch();
  const closer = useRef<HTMLButtonElement>(null);
  useEffect(() => closer.current?.focus(), []);
  const close = () => dispatch({ do: 'panel', panel: undefined });
  return (
    <aside
      className={`drawer ${isWide ? 'drawer-wide' : ''}`}
      aria-label={title}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <header className="drawer-head">
        <h2>{title}</h2>
        <button ref={closer} type="button" className="icon-button" aria-label="关闭面板" onClick={close}>
          <Icon name="close" size={18} />
        </button>
      </header>
      <ScrollRegion className="drawer-body" label={`${title}内容`}>
        {children}
      </ScrollRegion>
    </aside>
  );
}
