/** One half of the screen: the person who is played, the chats, the open conversation. */
import { useEffect, useState } from 'react';
import type { Toast } from '../../site/page-api.ts';
import { useChats } from '../hooks/use-chats.ts';
import { useTenant } from '../hooks/use-tenant.ts';
import { type Seat, useDispatch } from '../state.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { ToastView } from '../ui/toast-view.tsx';
import { ChatList } from './chat-list.tsx';
import { Conversation } from './conversation.tsx';
import { EmptySeat } from './empty-seat.tsx';

type Props = { at: number; seat: Seat; isActive: boolean; isPhone: boolean; isSplit: boolean };

/** Becomes the active seat when somebody presses or types in it. */
export function SeatView({ at, seat, isActive, isPhone, isSplit }: Props) {
  const dispatch = useDispatch();
  const chats = useChats(seat.person);
  const [toast, setToast] = useState<Toast>();
  const first = chats?.[0]?.id;
  useEffect(() => {
    if (!isPhone && !seat.chat && first) dispatch({ do: 'open-chat', seat: at, chat: first });
  }, [isPhone, seat.chat, first, at, dispatch]);
  const chat = chats?.find((one) => one.id === seat.chat);
  const name = useTenant().nameOf(seat.person ?? '');
  const activate = () => dispatch({ do: 'activate', seat: at });
  if (!seat.person) return <EmptySeat isSplit={isSplit} isActive={isActive} onChoose={activate} />;
  const showsList = !isPhone || !chat;
  return (
    <section
      className={`seat ${isActive && isSplit ? 'is-active' : ''}`}
      aria-label={`${name ?? seat.person}的飞书`}
      data-seat={seat.person}
      onPointerDown={activate}
      onFocus={activate}
    >
      {showsList && <SeatHead at={at} person={seat.person} isPhone={isPhone} isSplit={isSplit} />}
      <div className="seat-body">
        {showsList && (
          <ChatList chats={chats} open={seat.chat} onOpen={(id) => dispatch({ do: 'open-chat', seat: at, chat: id })} />
        )}
        {chat && (
          <Conversation
            key={`${seat.person} ${chat.id}`}
            person={seat.person}
            chat={chat}
            draft={seat.draft}
            onBack={isPhone ? () => dispatch({ do: 'open-chat', seat: at, chat: undefined }) : undefined}
            onToast={setToast}
          />
        )}
      </div>
      <ToastView toast={toast} onDone={() => setToast(undefined)} />
    </section>
  );
}

function SeatHead({
  at,
  person,
  isPhone,
  isSplit,
}: {
  at: number;
  person: string;
  isPhone: boolean;
  isSplit: boolean;
}) {
  const dispatch = useDispatch();
  const known = useTenant().personOf(person);
  const leave = () => dispatch({ do: 'leave-seat', seat: at });
  return (
    <header className="seat-head">
      {isPhone && (
        <button type="button" className="icon-button" aria-label="返回人员列表" onClick={leave}>
          <Icon name="back" />
        </button>
      )}
      <Avatar name={known?.name ?? ''} id={person} size={28} />
      <h2 className="seat-name">
        {known?.name ?? person}
        {known?.badge && <span className="badge">{known.badge}</span>}
      </h2>
      <span className="seat-unit">{known?.unitPath.split(' / ').slice(-1)[0]}</span>
      <span className="seat-space" />
      {!isPhone && at === 0 && (
        <button
          type="button"
          className="btn btn-quiet"
          aria-pressed={isSplit}
          onClick={() => dispatch({ do: 'split' })}
        >
          <Icon name="split" size={16} />
          {isSplit ? '单人' : '双人并排'}
        </button>
      )}
      {!isPhone && isSplit && at === 1 && (
        <button type="button" className="icon-button" aria-label="关闭右侧" title="关闭右侧" onClick={leave}>
          <Icon name="close" size={18} />
        </button>
      )}
    </header>
  );
}
