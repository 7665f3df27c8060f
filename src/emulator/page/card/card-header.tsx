/** The coloured head of a card: title, subtitle, state tags, icon. */
import type { Header } from './card-types.ts';
import { CardIcon } from './elements/icon.tsx';
import { lengthOf, toneOf } from './style.ts';
import { TextView, wordsOf } from './text.tsx';

/** At most three state tags, as Feishu allows. */
export function CardHeader({ header }: { header: Header }) {
  const tags = (header.text_tag_list ?? []).slice(0, 3);
  return (
    <header
      className="card-header"
      data-tone={toneOf(header.template, 'none')}
      style={{ padding: lengthOf(header.padding) }}
    >
      {header.icon && <CardIcon icon={header.icon} />}
      <div className="card-heading">
        <div className="card-title-line">
          <h3 className="card-title">
            <TextView text={header.title} />
          </h3>
          {tags.map((tag, at) => (
            <span className="card-tag" data-tone={toneOf(tag.color)} key={at}>
              {wordsOf(tag.text)}
            </span>
          ))}
        </div>
        {header.subtitle && <div className="card-subtitle">{wordsOf(header.subtitle)}</div>}
      </div>
    </header>
  );
}
