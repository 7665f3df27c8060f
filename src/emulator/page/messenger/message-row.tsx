/** One message: who wrote it, what it says, what can be looked up about it. */
import { memo, useMemo } from 'react';
import type { PageMessage, PressPost } from '../../site/page-api.ts';
import type { CardSurroundings } from '../card/card-context.ts';
import type { Card } from '../card/card-types.ts';
import { CardView } from '../card/card-view.tsx';
import { formatMoment, formatTime } from '../format-time.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { PlainMessage } from './plain-message.tsx';

export type MessageSurroundings = Omit<CardSurroundings, 'press'> & {
  press: (message: string, post: PressPost) => Promise<void>;
  showCalls: (message: string) => void;
};
type Props = { message: PageMessage; isOwn: boolean; surroundings: MessageSurroundings };

/** Drawn again only when the message or its surroundings changed. */
export const MessageRow = memo(function MessageRow({ message, isOwn, surroundings }: Props) {
  const { sender } = message;
  const at = new Date(message.createdAt);
  return (
    <div className={`message ${isOwn ? 'is-own' : ''}`} data-message={message.id}>
      {!isOwn && <Avatar name={sender.name} id={sender.id} size={36} kind={sender.kind === 'bot' ? 'bot' : 'person'} />}
      <div className="message-main">
        <div className="message-meta">
          {!isOwn && <span className="message-sender">{sender.name}</span>}
          {isOwn && <span className="sr-only">我</span>}
          <time dateTime={message.createdAt} title={formatMoment(at)}>
            {formatTime(at)}
          </time>
          {message.isEdited && !message.isRecalled && message.type !== 'interactive' && <span>已编辑</span>}
          {message.isUrgent && (
            <span className="card-tag" data-tone="red">
              加急
            </span>
          )}
          <button
            type="button"
            className="message-wire"
            tabIndex={-1}
            title="查看通信"
            aria-label="查看这条消息的通信"
            onClick={() => surroundings.showCalls(message.id)}
          >
            <Icon name="wire" size={14} />
          </button>
        </div>
        <MessageBody message={message} surroundings={surroundings} />
      </div>
    </div>
  );
});

function MessageBody({ message, surroundings }: { message: PageMessage; surroundings: MessageSurroundings }) {
  const inside = useMemo(
    () => ({ ...surroundings, press: (post: PressPost) => surroundings.press(message.id, post) }),
    [surroundings, message.id],
  );
  if (message.isRecalled) return <div className="message-recalled">此消息已撤回</div>;
  if (message.type === 'interactive') return <CardView card={message.content as Card} surroundings={inside} />;
  return <PlainMessage message={message} nameOf={surroundings.nameOf} fileUrl={surroundings.fileUrl} />;
}
