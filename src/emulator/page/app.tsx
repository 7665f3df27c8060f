/** The whole page: the rail, the people, one or two seats, the panels. */
import { useReducer } from 'react';
import { Gallery } from './gallery/gallery.tsx';
import { PHONE, useMedia } from './hooks/use-media.ts';
import { TenantContext, useTenantSource } from './hooks/use-tenant.ts';
import { useTheme } from './hooks/use-theme.ts';
import { PeopleList } from './messenger/people-list.tsx';
import { SeatView } from './messenger/seat-view.tsx';
import { Panels } from './panels/panels.tsx';
import { Rail } from './rail.tsx';
import { DispatchContext, FIRST_STATE, reduce, type State } from './state.ts';
import { Tour } from './tour/tour.tsx';

/** Keeps the page's state; everything below asks for changes by `useDispatch`. */
export function App() {
  const [state, dispatch] = useReducer(reduce, FIRST_STATE);
  const { tenant, failure, isLoaded } = useTenantSource();
  const { theme, toggle } = useTheme();
  return (
    <DispatchContext value={dispatch}>
      <TenantContext value={tenant}>
        <div className={`app app-${state.view}`}>
          <Rail state={state} theme={theme} onToggleTheme={toggle} />
          {failure && (
            <div className="app-failure" role="alert">
              {failure}
            </div>
          )}
          {state.view === 'gallery' ? <Gallery /> : <Messages state={state} isLoaded={isLoaded} />}
          <Panels state={state} />
          {state.tour !== undefined && <Tour step={state.tour} state={state} />}
        </div>
      </TenantContext>
    </DispatchContext>
  );
}

/** On a phone one column at a time: people, then chats, then the conversation. */
function Messages({ state, isLoaded }: { state: State; isLoaded: boolean }) {
  const isPhone = useMedia(PHONE);
  const seat = state.seats[state.active] ?? {};
  if (isPhone) {
    return seat.person ? (
      <SeatView key={state.active} at={state.active} seat={seat} isActive isPhone isSplit={false} />
    ) : (
      <PeopleList state={state} isLoaded={isLoaded} />
    );
  }
  return (
    <>
      <PeopleList state={state} isLoaded={isLoaded} />
      <main className="seats">
        {state.seats.map((one, at) => (
          <SeatView
            key={at}
            at={at}
            seat={one}
            isActive={at === state.active}
            isPhone={false}
            isSplit={state.seats.length > 1}
          />
        ))}
      </main>
    </>
  );
}
