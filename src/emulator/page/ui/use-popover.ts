/** A list in the browser's top layer, placed under the button that opens it and walked with the arrow keys. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

const MARGIN_PX = 8;

/** `list` goes on an element with `popover="auto"`; the browser closes it on Escape and on a press elsewhere. */
export function usePopover(opener: RefObject<HTMLElement | null>) {
  const list = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const close = useCallback(() => {
    list.current?.hidePopover();
    opener.current?.focus();
  }, [opener]);
  const toggle = useCallback(() => {
    list.current?.togglePopover();
  }, []);

  useEffect(() => {
    const element = list.current;
    const onToggle = (event: Event) => setIsOpen((event as ToggleEvent).newState === 'open');
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Tab') close();
      else if (element) walk(element, event);
    };
    element?.addEventListener('toggle', onToggle);
    element?.addEventListener('keydown', onKeyDown);
    return () => {
      element?.removeEventListener('toggle', onToggle);
      element?.removeEventListener('keydown', onKeyDown);
    };
  }, [close]);

  useEffect(() => {
    const element = list.current;
    if (!isOpen || !element || !opener.current) return;
    place(element, opener.current.getBoundingClientRect());
    const first = element.querySelector<HTMLElement>('input, [aria-selected="true"], [data-item]');
    first?.focus();
    const hide = (event: Event) => {
      if (!element.contains(event.target as Node)) element.hidePopover();
    };
    document.addEventListener('scroll', hide, { capture: true, passive: true });
    return () => document.removeEventListener('scroll', hide, { capture: true });
  }, [isOpen, opener]);

  return { list, isOpen, toggle, close };
}

/** Moves the focus along the items; in a search box Home and End stay with the text. */
function walk(list: HTMLElement, event: KeyboardEvent): void {
  const items = [...list.querySelectorAll<HTMLElement>('[data-item]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined || (at < 0 && (event.key === 'Home' || event.key === 'End'))) return;
  event.preventDefault();
  items[(next + items.length) % items.length]?.focus();
}

function place(element: HTMLElement, anchor: DOMRect): void {
  element.style.minWidth = `${anchor.width}px`;
  const box = element.getBoundingClientRect();
  const below = anchor.bottom + 4;
  const fits = below + box.height <= window.innerHeight - MARGIN_PX;
  element.style.top = `${fits ? below : Math.max(MARGIN_PX, anchor.top - box.height - 4)}px`;
  element.style.left = `${Math.max(MARGIN_PX, Math.min(anchor.left, window.innerWidth - box.width - MARGIN_PX))}px`;
}
