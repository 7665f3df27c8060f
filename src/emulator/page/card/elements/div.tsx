/** Text elements: a div with its short fields, and markdown. */
import type { CSSProperties } from 'react';
import { useCard } from '../card-context.ts';
import type { DivElement, MarkdownElement } from '../card-types.ts';
import { Markdown } from '../markdown.tsx';
import { fontSizeOf } from '../style.ts';
import { TextView } from '../text.tsx';
import { CardIcon } from './icon.tsx';

/** The `div` element; short fields stand two in a row. */
export function DivView({ element }: { element: DivElement }) {
  const fields = element.fields ?? [];
  return (
    <div className="card-div">
      {element.icon && <CardIcon icon={element.icon} />}
      <div className="card-div-text">
        <TextView text={element.text} />
        {fields.length > 0 && (
          <div className="card-fields">
            {fields.map((field, at) => (
              <div className={field.is_short ? 'card-field-short' : 'card-field'} key={at}>
                <TextView text={field.text} />
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** The `markdown` element. */
export function MarkdownView({ element }: { element: MarkdownElement }) {
  const { style } = useCard();
  const look: CSSProperties = {
    fontSize: fontSizeOf(element.text_size, style),
    textAlign: element.text_align as CSSProperties['textAlign'],
  };
  return (
    <div className="card-div" style={look}>
      {element.icon && <CardIcon icon={element.icon} />}
      <div className="card-div-text">
        <Markdown source={element.content ?? ''} />
      </div>
    </div>
  );
}
