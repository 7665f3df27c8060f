/** Feishu's style words (colours, sizes, spacing) as CSS; whatever is not one of them is left out. */
import type { CSSProperties } from 'react';
import type { Card, Flow } from './card-types.ts';

type CustomStyle = NonNullable<Card['config']>['style'];

const TONES = new Set(
  'neutral blue wathet turquoise green lime yellow orange red carmine violet purple indigo grey'.split(' '),
);
const SPACING: Record<string, string> = { small: '4px', medium: '8px', large: '12px', extra_large: '16px' };
const TEXT_SIZES: Record<string, number> = {
  'heading-0': 30,
  'heading-1': 24,
  'heading-2': 20,
  'heading-3': 18,
  'heading-4': 16,
  heading: 16,
  normal: 14,
  notation: 12,
  'xxxx-large': 30,
  'xxx-large': 24,
  'xx-large': 20,
  'x-large': 18,
  large: 16,
  medium: 14,
  small: 12,
  'x-small': 10,
};
const LITERAL_COLOR = /^(#[0-9a-f]{3,8}|rgba?\([\d.,%\s]+\))$/i;

/** The colour family of a name such as `blue`, `blue-600` or `grey`; `fallback` for anything else. */
export function toneOf(color: string | undefined, fallback = 'neutral'): string {
  const family = color?.replace(/-\d+$/, '') ?? '';
  return TONES.has(family) ? family : fallback;
}

/** A CSS colour for text or a background, from Feishu's names, the card's own names, or a literal. */
export function colorOf(color: string | undefined, custom: CustomStyle, use: 'fg' | 'bg'): string | undefined {
  if (!color || color === 'default') return undefined;
  const own = custom?.color?.[color];
  if (own && LITERAL_COLOR.test(own.light_mode ?? '') && LITERAL_COLOR.test(own.dark_mode ?? '')) {
    return `light-dark(${own.light_mode}, ${own.dark_mode})`;
  }
  const family = color.replace(/-\d+$/, '');
  if (TONES.has(family)) return `var(--${family}-${use})`;
  return LITERAL_COLOR.test(color) ? color : undefined;
}

/** A font size in rem; sizes the card names itself are looked up first. */
export function fontSizeOf(size: string | undefined, custom: CustomStyle): string | undefined {
  const own = size ? custom?.text_size?.[size] : undefined;
  const px = TEXT_SIZES[own?.pc ?? own?.default ?? size ?? ''];
  return px ? `${px / 16}rem` : undefined;
}

/** Up to four pixel lengths as Feishu writes them for `margin` and `padding`. */
export function lengthOf(value: string | undefined): string | undefined {
  if (value && SPACING[value]) return SPACING[value];
  return value && /^(-?\d{1,3}px\s*){1,4}$/.test(value) ? value : undefined;
}

/** The layout of what a container holds. */
export function flowStyle(flow: Flow): CSSProperties {
  const horizontal = flow.direction === 'horizontal';
  const along = { left: 'flex-start', center: 'center', right: 'flex-end' }[flow.horizontal_align ?? 'left'];
  const across = { top: 'flex-start', center: 'center', bottom: 'flex-end' }[flow.vertical_align ?? 'top'];
  return {
    display: 'flex',
    flexDirection: horizontal ? 'row' : 'column',
    flexWrap: horizontal ? 'wrap' : 'nowrap',
    gap: lengthOf(horizontal ? flow.horizontal_spacing : flow.vertical_spacing) ?? '8px',
    justifyContent: horizontal ? along : across,
    alignItems: horizontal ? across : flow.horizontal_align && flow.horizontal_align !== 'left' ? along : 'stretch',
    padding: lengthOf(flow.padding),
  };
}
