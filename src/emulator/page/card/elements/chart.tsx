/** A chart of a card, drawn by VChart as Feishu does; the library is fetched with the first chart. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { ChartElement } from '../card-types.ts';
import { CHART_FONT, chartSpec } from '../chart-spec.ts';

const RATIOS: Record<string, string> = { '1:1': '1 / 1', '2:1': '2 / 1', '4:3': '4 / 3', '16:9': '16 / 9' };

/** Drawn again when its specification or the page's theme changes; a chart that fails says so in its place. */
export function ChartView({ element }: { element: ChartElement }) {
  const box = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState('');
  const theme = usePageTheme();
  // A card that is edited elsewhere brings an equal chart as a new object: that is not drawn again.
  const json = JSON.stringify(element);
  useEffect(() => {
    const dom = box.current;
    const drawn = JSON.parse(json) as ChartElement;
    if (!dom || !drawn.chart_spec) return;
    let release = () => {};
    let isGone = false;
    const draw = async () => {
      // A canvas does not wait for a font: what the chart writes is fetched before it is drawn.
      const [{ VChart }] = await Promise.all([
        import('@visactor/vchart'),
        document.fonts.load(`14px ${CHART_FONT}`, json),
      ]);
      if (isGone) return;
      const isDark = getComputedStyle(dom).getPropertyValue('color-scheme').trim() === 'dark';
      const chart = new VChart(chartSpec(drawn, isDark) as never, { dom, animation: false, mode: 'desktop-browser' });
      release = () => chart.release();
      await chart.renderAsync();
      dom.dataset.drawn = 'yes';
    };
    draw().catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)));
    return () => {
      isGone = true;
      release();
    };
  }, [json, theme]);
  if (failure) return <div className="card-unknown">图表无法显示：{failure}</div>;
  return (
    <div
      className="card-chart"
      role="img"
      aria-label={titleOf(element.chart_spec)}
      style={{
        aspectRatio: RATIOS[element.aspect_ratio ?? ''] ?? '16 / 9',
        height: /^\d{1,3}px$/.test(element.height ?? '') ? element.height : undefined,
      }}
      ref={box}
    />
  );
}

/** The page's theme as it changes: what is on a canvas has to be drawn again. */
function usePageTheme(): string | undefined {
  return useSyncExternalStore(
    (changed) => {
      const observer = new MutationObserver(changed);
      observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
      return () => observer.disconnect();
    },
    () => document.documentElement.dataset.theme,
  );
}

function titleOf(spec: Record<string, unknown> | undefined): string {
  const title = spec?.title as { text?: unknown } | undefined;
  return typeof title?.text === 'string' ? title.text : '图表';
}
