/** Messages that are not cards: text, rich text, pictures, files. What people typed is only ever text. */
import { OTHER_MESSAGES } from '../../site/other-messages.ts';
import type { PageMessage } from '../../site/page-api.ts';
import { SafeLink } from '../card/safe-link.tsx';
import { useTenant } from '../hooks/use-tenant.ts';
import { Icon } from '../ui/icon.tsx';

type Props = { message: PageMessage; nameOf: (id: string) => string | undefined; fileUrl: (key: string) => string };
type Content = {
  text?: string;
  title?: string;
  content?: PostPart[][];
  image_key?: string;
  file_key?: string;
  file_name?: string;
};
type PostPart = { tag: string; text?: string; href?: string; user_id?: string; user_name?: string; image_key?: string };

/** By Feishu's message type: `text`, `post`, `image`, `file`. */
export function PlainMessage({ message, nameOf, fileUrl }: Props) {
  const botName = useTenant().bot.name;
  const content = (message.content ?? {}) as Content;
  switch (message.type) {
    case 'text':
      return <div className="bubble">{withLinks(withMention(content.text ?? '', botName))}</div>;
    case 'post':
      return (
        <div className="bubble">
          {content.title && <strong>{content.title}</strong>}
          {(content.content ?? []).map((line, at) => (
            <div key={at}>
              {line.map((part, index) => (
                <PostPartView part={part} nameOf={nameOf} fileUrl={fileUrl} key={index} />
              ))}
            </div>
          ))}
        </div>
      );
    case 'image':
      return <img className="message-image" src={fileUrl(content.image_key ?? '')} alt="图片" />;
    case 'file':
      return (
        <a className="message-file" href={fileUrl(content.file_key ?? '')} download={content.file_name ?? ''}>
          <Icon name="file" size={28} />
          <span>{content.file_name ?? '文件'}</span>
        </a>
      );
    case 'interactive':
      return null;
    default:
      return <div className="bubble">{OTHER_MESSAGES[message.type] ?? `（不支持的消息类型：${message.type}）`}</div>;
  }
}

function PostPartView({ part, nameOf, fileUrl }: { part: PostPart } & Omit<Props, 'message'>) {
  if (part.tag === 'a') return <SafeLink href={part.href ?? ''}>{part.text}</SafeLink>;
  if (part.tag === 'at')
    return (
      <span className="card-mention">
        @{part.user_id === 'all' ? '所有人' : (nameOf(part.user_id ?? '') ?? part.user_name ?? '未知用户')}
      </span>
    );
  if (part.tag === 'img') return <img className="message-image" src={fileUrl(part.image_key ?? '')} alt="图片" />;
  return <>{part.text ?? ''}</>;
}

/** Addresses become links; everything else stays the text it is. */
function withLinks(text: string) {
  return text.split(/(https?:\/\/[\w\-./?%&=+#:~@!$'()*,;[\]]+)/).map((piece, at) =>
    at % 2 === 1 ? (
      <SafeLink href={piece} key={at}>
        {piece}
      </SafeLink>
    ) : (
      piece
    ),
  );
}

/** In a text Feishu writes a mention as `@_user_1`; here it can only be the bot. */
export function withMention(text: string, botName: string): string {
  return text.replace(/@_user_\d+/g, `@${botName}`);
}
