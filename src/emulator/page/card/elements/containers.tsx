/** Elements that hold others: columns, a panel that folds, a box that can be pressed. */
import type { CSSProperties, KeyboardEvent } from 'react';
import { useCard } from '../card-context.ts';
import type { BoxElement, Column, ColumnSetElement, PanelElement } from '../card-types.ts';
import type { DrawElements } from '../draw-elements.ts';
import { colorOf, flowStyle, lengthOf } from '../style.ts';
import { TextView, wordsOf } from '../text.tsx';
import { useAct } from '../use-act.ts';
import { CardIcon } from './icon.tsx';

/** Columns side by side; `stretch` puts them below each other where the card is narrow. */
export function ColumnSetView({ element, Elements }: { element: ColumnSetElement; Elements: DrawElements }) {
  const { style } = useCard();
  const look: CSSProperties = {
    gap: lengthOf(element.horizontal_spacing) ?? '8px',
    background: colorOf(element.background_style, style, 'bg'),
    justifyContent: { center: 'center', right: 'flex-end' }[element.horizontal_align ?? ''],
  };
  return (
    <div className={`card-columns card-columns-${element.flex_mode ?? 'none'}`} style={look}>
      {(element.columns ?? []).map((column, at) => (
        <ColumnView column={column} Elements={Elements} key={column.element_id ?? at} />
      ))}
    </div>
  );
}

function ColumnView({ column, Elements }: { column: Column; Elements: DrawElements }) {
  const { style } = useCard();
  const width = lengthOf(column.width);
  const isWeighted = column.width === 'weighted' || column.width === undefined;
  const look: CSSProperties = {
    ...flowStyle(column),
    flex: width ? `0 0 ${width}` : isWeighted ? `${column.weight ?? 1} 1 0` : '0 1 auto',
    background: colorOf(column.background_style, style, 'bg'),
    margin: lengthOf(column.margin),
  };
  return (
    <div className="card-column" style={look}>
      <Elements elements={column.elements} />
    </div>
  );
}

/** The `collapsible_panel` element, as the browser's own disclosure. */
export function PanelView({ element, Elements }: { element: PanelElement; Elements: DrawElements }) {
  const { style } = useCard();
  const border = element.border;
  return (
    <details
      className={`card-panel ${border ? 'card-panel-bordered' : ''}`}
      open={element.expanded ?? false}
      style={{ borderColor: colorOf(border?.color, style, 'bg'), borderRadius: lengthOf(border?.corner_radius) }}
    >
      <summary
        className={`card-panel-${element.header?.icon_position ?? 'right'}`}
        style={{
          background: colorOf(element.header?.background_color, style, 'bg'),
          padding: lengthOf(element.header?.padding),
        }}
      >
        <TextView text={element.header?.title} />
        <CardIcon icon={{ token: 'down' }} size={14} />
      </summary>
      <div className="card-panel-body" style={flowStyle(element)}>
        <Elements elements={element.elements} />
      </div>
    </details>
  );
}

/** The `interactive_container` element: pressed anywhere, or with Enter and Space. */
export function BoxView({ element, Elements }: { element: BoxElement; Elements: DrawElements }) {
  const { style } = useCard();
  const { act, isBusy } = useAct(element);
  const press = () => act({ tag: 'interactive_container' }, false);
  const pressByKey = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    void press();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button may not hold other elements, this box does.
    <div
      role="button"
      tabIndex={0}
      className={`card-box ${element.has_border ? 'card-box-bordered' : ''} ${isBusy ? 'is-busy' : ''}`}
      aria-disabled={element.disabled ?? false}
      title={wordsOf(element.hover_tips) || undefined}
      style={{
        ...flowStyle(element),
        background: colorOf(element.background_style, style, 'bg'),
        borderColor: colorOf(element.border_color, style, 'bg'),
        borderRadius: lengthOf(element.corner_radius),
      }}
      onClick={press}
      onKeyDown={pressByKey}
    >
      <Elements elements={element.elements} />
    </div>
  );
}
