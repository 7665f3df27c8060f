/** The chats of the person who is played: the bot first, then the groups. */
import type { PageChat } from '../../site/page-api.ts';
import { formatShort } from '../format-time.ts';
import { useClock } from '../hooks/use-clock.ts';
import { useTenant } from '../hooks/use-tenant.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Unread } from './people-list.tsx';
import { withMention } from './plain-message.tsx';

/** Shrinks to pictures where the seat is narrow; the names stay for screen readers. */
export function ChatList({
  chats,
  open,
  onOpen,
}: {
  chats: PageChat[] | undefined;
  open: string | undefined;
  onOpen: (chat: string) => void;
}) {
  const now = useClock()?.now;
  const botName = useTenant().bot.name;
  return (
    <nav className="chats" aria-label="会话">
      <ul>
        {(chats ?? []).map((chat) => (
          <li key={chat.id}>
            <button
              type="button"
              className="chat-line"
              aria-current={chat.id === open ? 'true' : undefined}
              title={chat.name}
              onClick={() => onOpen(chat.id)}
            >
              <span className="chat-face">
                <Avatar name={chat.name} id={chat.id} size={40} kind={chat.kind === 'p2p' ? 'bot' : 'group'} />
                {chat.unread > 0 && <Unread count={chat.unread} />}
              </span>
              <span className="chat-words">
                <span className="chat-top">
                  <span className="chat-name">{chat.name}</span>
                  {chat.kind === 'p2p' && <span className="badge badge-bot">机器人</span>}
                  {chat.last && now && <time className="chat-time">{formatShort(new Date(chat.last.at), now)}</time>}
                </span>
                <span className="chat-last">
                  {(chat.last && withMention(chat.last.line, botName)) ??
                    (chat.kind === 'p2p' ? '发一句话试试' : `${chat.memberCount} 人`)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
