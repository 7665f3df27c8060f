/** What Feishu's own markdown tags look like. */
import type { Token } from 'marked';
import type { ReactNode } from 'react';
import { useCard } from './card-context.ts';
import { PersonChip } from './elements/person.tsx';
import type { Tag } from './read-tag.ts';
import { SafeLink } from './safe-link.tsx';
import { colorOf, toneOf } from './style.ts';

/** Emoji that Feishu writes as `:NAME:`; the usual ones. */
export const EMOJI: Record<string, string> = {
  DONE: '✅',
  OK: '👌',
  THUMBSUP: '👍',
  APPLAUSE: '👏',
  HEART: '❤️',
  SMILE: '🙂',
  PRAISE: '💪',
  FIREWORKS: '🎉',
  ROSE: '🌹',
};

/** Draws one tag with what it encloses, which `drawAll` draws. */
export function drawTag(tag: Tag, inner: Token[], drawAll: (tokens: Token[]) => ReactNode): ReactNode {
  const { attributes } = tag;
  switch (tag.name) {
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    case 'font':
      return <Coloured color={attributes.color}>{drawAll(inner)}</Coloured>;
    case 'text_tag':
    case 'number_tag':
      return (
        <span className="card-tag" data-tone={toneOf(attributes.color ?? attributes.background_color)}>
          {drawAll(inner)}
        </span>
      );
    case 'at':
      return <Mention ids={attributes.ids ?? attributes.id ?? attributes.email ?? ''} />;
    case 'person':
      return <PersonChip id={attributes.id ?? ''} hasAvatar={attributes.show_avatar !== 'false'} />;
    case 'a':
      return <SafeLink href={attributes.href ?? ''}>{drawAll(inner)}</SafeLink>;
    case 'link':
      return <SafeLink href={attributes.pc_url || attributes.url || ''}>{drawAll(inner)}</SafeLink>;
    case 'local_datetime':
      return formatInstant(attributes.millisecond ?? '', attributes.format_type ?? '');
    default:
      return inner.map((token) => token.raw).join('');
  }
}

function Coloured({ color, children }: { color: string | undefined; children: ReactNode }) {
  const { style } = useCard();
  return <span style={{ color: colorOf(color, style, 'fg') }}>{children}</span>;
}

function Mention({ ids }: { ids: string }) {
  const { nameOf } = useCard();
  const names = ids.split(',').map((id) => (id === 'all' ? '所有人' : (nameOf(id.trim()) ?? '未知用户')));
  return <span className="card-mention">{names.map((name) => `@${name}`).join(' ')}</span>;
}

function formatInstant(millisecond: string, type: string): string {
  const at = new Date(Number(millisecond));
  if (Number.isNaN(at.getTime())) return '';
  const parts: Intl.DateTimeFormatOptions = type.startsWith('time')
    ? { hour: '2-digit', minute: '2-digit', second: type === 'time_sec' ? '2-digit' : undefined, hour12: false }
    : type.startsWith('week')
      ? { weekday: type === 'week' ? 'long' : 'short' }
      : { year: type === 'date_short' ? undefined : 'numeric', month: 'long', day: 'numeric' };
  return new Intl.DateTimeFormat('zh-CN', { ...parts, timeZone: 'Asia/Shanghai' }).format(at);
}
