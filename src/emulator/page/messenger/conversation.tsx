/** The open conversation: its head, its messages, and the line to type. */
import { useEffect, useMemo } from 'react';
import type { PageChat, PressPost, Toast } from '../../site/page-api.ts';
import { api, fileUrl, reasonOf } from '../api.ts';
import { useMessages } from '../hooks/use-messages.ts';
import { useTenant } from '../hooks/use-tenant.ts';
import { useDispatch } from '../state.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Composer } from './composer.tsx';
import { MessageLog } from './message-log.tsx';
import type { MessageSurroundings } from './message-row.tsx';

type Props = {
  person: string;
  chat: PageChat;
  draft: string | undefined;
  onBack?: (() => void) | undefined;
  onToast: (toast: Toast) => void;
};

/** Tells the emulator that the chat was opened, and that what is shown was read. */
export function Conversation({ person, chat, draft, onBack, onToast }: Props) {
  const { messages, hasMore, isLoaded, readOlder, keepNewest } = useMessages(person, chat.id);
  const surroundings = useSurroundings(person, onToast);
  const newest = messages.at(-1)?.id;
  useEffect(() => {
    void api.enter(person, chat.id).catch(() => undefined);
  }, [person, chat.id]);
  // What arrives in an open conversation counts as read.
  useEffect(() => {
    if (isLoaded && chat.unread > 0) void api.read(person, chat.id).catch(() => undefined);
  }, [person, chat.id, chat.unread, newest, isLoaded]);
  return (
    <div className="conversation">
      <header className="conversation-head">
        {onBack && (
          <button type="button" className="icon-button" aria-label="返回会话列表" onClick={onBack}>
            <Icon name="back" />
          </button>
        )}
        <Avatar name={chat.name} id={chat.id} size={32} kind={chat.kind === 'p2p' ? 'bot' : 'group'} />
        <h2 className="conversation-name">{chat.name}</h2>
        {chat.kind === 'group' ? (
          <span className="conversation-note">{chat.memberCount} 人</span>
        ) : (
          <span className="badge badge-bot">机器人</span>
        )}
      </header>
      <MessageLog
        person={person}
        messages={messages}
        hasMore={hasMore}
        isLoaded={isLoaded}
        readOlder={readOlder}
        keepNewest={keepNewest}
        surroundings={surroundings}
        label={`与${chat.name}的会话`}
      />
      {chat.kind === 'p2p' && <BotMenu person={person} onToast={onToast} />}
      <Composer
        key={draft}
        person={person}
        chat={chat}
        draft={draft}
        onRefused={(content) => onToast({ type: 'error', content })}
      />
    </div>
  );
}

/** What the bot's developer put below the talk: each item does its part at a press. */
function BotMenu({ person, onToast }: Pick<Props, 'person' | 'onToast'>) {
  const { menu } = useTenant().bot;
  if (menu.length === 0) return null;
  const choose = (key: string) =>
    api.choose(person, key).catch((error: unknown) => onToast({ type: 'error', content: reasonOf(error) }));
  return (
    <div className="bot-menu" role="toolbar" aria-label="机器人菜单">
      {menu.map(({ name, key }) => (
        <button key={key} type="button" className="btn btn-quiet" onClick={() => void choose(key)}>
          {name}
        </button>
      ))}
    </div>
  );
}

/** What the messages' cards need, the same object until the person or the tenant changes. */
function useSurroundings(person: string, onToast: (toast: Toast) => void): MessageSurroundings {
  const dispatch = useDispatch();
  const { nameOf, people } = useTenant();
  return useMemo(
    () => ({
      nameOf,
      fileUrl,
      members: people.map(({ id, name }) => ({ id, name })),
      tell: (content) => onToast({ type: 'info', content }),
      press: async (message: string, post: PressPost) => {
        try {
          const answer = await api.press(person, message, post);
          if (!answer.ok) onToast({ type: 'error', content: `操作没有成功（${answer.code}）：${answer.message}` });
          else if (answer.toast) onToast(answer.toast);
        } catch (error) {
          onToast({ type: 'error', content: reasonOf(error) });
        }
      },
      showCalls: (message: string) => dispatch({ do: 'panel', panel: 'wire', message }),
    }),
    [person, nameOf, people, onToast, dispatch],
  );
}
