/** A small menu behind a `···` button. */
import { useRef } from 'react';
import { Icon } from './icon.tsx';
import { usePopover } from './use-popover.ts';

type Item = { words: string; onChoose: () => void };

/** Arrow keys walk the items, Escape closes and gives the focus back to the button. */
export function Menu({ label, items }: { label: string; items: Item[] }) {
  const opener = useRef<HTMLButtonElement>(null);
  const { list, toggle, close, isOpen } = usePopover(opener);
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="icon-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={label}
        title={label}
        onClick={toggle}
      >
        <Icon name="more" />
      </button>
      <div ref={list} popover="auto" className="popover" role="menu" aria-label={label}>
        {isOpen &&
          items.map((item) => (
            <button
              key={item.words}
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-item
              className="popover-item"
              onClick={() => {
                close();
                item.onChoose();
              }}
            >
              {item.words}
            </button>
          ))}
      </div>
    </>
  );
}
