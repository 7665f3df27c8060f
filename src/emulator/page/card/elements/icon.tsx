/** Icons of a card: the pictures of its own, and stand-ins for Feishu's icon library. */
import { Icon as Drawing, type IconName } from '../../ui/icon.tsx';
import { useCard } from '../card-context.ts';
import type { Icon } from '../card-types.ts';
import { colorOf } from '../style.ts';

/** Feishu's library is not ours to ship: names are matched by a word in them, and the rest gets a dot. */
const STAND_INS: [RegExp, IconName][] = [
  [/time|clock|alarm|history/, 'clock'],
  [/calendar|date/, 'calendar'],
  [/chat|message|comment/, 'chat'],
  [/done|succeed|yes|check/, 'check'],
  [/warn|error|info|help|maybe/, 'warning'],
  [/member|group|user|contact/, 'people'],
  [/doc|file|sheet|book|list|todo/, 'file'],
  [/down/, 'chevron-down'],
  [/right/, 'chevron-right'],
  [/link|share/, 'link'],
  [/search/, 'search'],
  [/more/, 'more'],
];

/** Decorative: the words beside it say what it means. */
export function CardIcon({ icon, size = 16 }: { icon: Icon; size?: number }) {
  const { style, fileUrl } = useCard();
  if (icon.tag === 'custom_icon' && icon.img_key) {
    return <img className="card-icon" src={fileUrl(icon.img_key)} width={size} height={size} alt="" />;
  }
  const name = STAND_INS.find(([pattern]) => pattern.test(icon.token ?? ''))?.[1] ?? 'dot';
  return (
    <span className="card-icon" style={{ color: colorOf(icon.color, style, 'fg') }}>
      <Drawing name={name} size={size} />
    </span>
  );
}
