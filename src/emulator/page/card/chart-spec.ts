/** A card's chart specification with what the page adds: colours, fonts, and no HTML. */
import type { ChartElement } from './card-types.ts';

const COLORS: Record<string, [light: string[], dark: string[]]> = {
  brand: [
    ['#3370ff', '#34c2c9', '#ffc60a', '#7f3bf5', '#f76964', '#4e83fd', '#8ab6ff', '#2ea121'],
    ['#4f82e8', '#3bb8bf', '#e0b020', '#a37af7', '#f07f7a', '#7ba6ff', '#355fb3', '#57b44c'],
  ],
};
/** The page's font, for what is drawn on a canvas. */
export const CHART_FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans SC Variable", sans-serif';

/**
 * The specification to hand to VChart. Tooltips are drawn on the canvas: its HTML ones would turn names
 * that people typed into markup.
 */
export function chartSpec(element: ChartElement, isDark: boolean): Record<string, unknown> {
  const spec = element.chart_spec ?? {};
  const [light, dark] = COLORS[element.color_theme ?? 'brand'] ?? COLORS.brand ?? [[], []];
  return {
    color: isDark ? dark : light,
    ...spec,
    theme: { type: isDark ? 'dark' : 'light', fontFamily: CHART_FONT },
    background: 'transparent',
    tooltip: { ...(spec.tooltip as object | undefined), renderMode: 'canvas' },
    customMark: undefined,
  };
}
