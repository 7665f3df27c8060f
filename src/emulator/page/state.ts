/** What the page shows: who is played in which half, which view and panel are open. */
import { createContext, type Dispatch, useContext } from 'react';

/** One half of the screen: a person whose part is played, and the chat that is open. */
export type Seat = { person?: string; chat?: string; draft?: string };
export type PanelName = 'clock' | 'faults' | 'wire';
export type State = {
  view: 'messages' | 'gallery';
  seats: Seat[];
  /** The seat that a press on the people list changes. */
  active: number;
  panel?: PanelName;
  /** The message whose calls the wire panel shows; all calls without one. */
  wireMessage?: string;
  /** The step of the guided tour, from 0. */
  tour?: number;
};

export type Action =
  | { do: 'view'; view: State['view'] }
  | { do: 'play'; person: string; seat?: number }
  | { do: 'leave-seat'; seat: number }
  | { do: 'open-chat'; seat: number; chat: string | undefined }
  /** Puts a text into the line to type. */
  | { do: 'draft'; seat: number; text: string }
  | { do: 'activate'; seat: number }
  | { do: 'split' }
  | { do: 'panel'; panel: PanelName | undefined; message?: string }
  | { do: 'tour'; step: number | undefined };

export const FIRST_STATE: State = { view: 'messages', seats: [{}], active: 0 };

/** The next state; nothing else changes it. */
export function reduce(state: State, action: Action): State {
  switch (action.do) {
    case 'view':
      return { ...state, view: action.view };
    case 'play': {
      const at = Math.min(action.seat ?? state.active, 1);
      const seats = [...state.seats];
      while (seats.length <= at) seats.push({});
      if (seats[at]?.person !== action.person) seats[at] = { person: action.person };
      return { ...state, view: 'messages', seats, active: at };
    }
    case 'leave-seat': {
      if (state.seats.length === 1) return { ...state, seats: [{}], active: 0 };
      return { ...state, seats: state.seats.filter((_, at) => at !== action.seat), active: 0 };
    }
    case 'open-chat': {
      const seats = state.seats.map((seat, at) => (at === action.seat ? { ...seat, chat: action.chat } : seat));
      return { ...state, seats };
    }
    case 'draft':
      return {
        ...state,
        seats: state.seats.map((seat, at) => (at === action.seat ? { ...seat, draft: action.text } : seat)),
      };
    case 'activate':
      return state.active === action.seat ? state : { ...state, active: action.seat };
    case 'split':
      if (state.seats.length > 1) return { ...state, seats: state.seats.slice(0, 1), active: 0 };
      return { ...state, seats: [...state.seats, {}], active: 1 };
    case 'panel':
      return { ...state, panel: action.panel, wireMessage: action.message };
    case 'tour':
      return { ...state, view: 'messages', tour: action.step };
  }
}

export const DispatchContext = createContext<Dispatch<Action>>(() => {});

/** Changes the page's state. */
export function useDispatch(): Dispatch<Action> {
  return useContext(DispatchContext);
}
