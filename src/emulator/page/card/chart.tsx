/** A chart of a card, drawn by VChart as Feishu does; the library is fetched with the first chart. */
import { useEffect, useRef, useState } from 'react';
import type { ChartElement } from './card-types.ts';
import { CHART_FONT, chartSpec } from './chart-spec.ts';

const RATIOS: Record<string, string> = { '1:1': '1 / 1', '2:1': '2 / 1', '4:3': '4 / 3', '16:9': '16 / 9' };

export function ChartView({ element }: { element: ChartElement }) {
  const box = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    const dom = box.current;
    if (!dom || !element.chart_spec) return;
    let release = () => {};
    let isGone = false;
    const draw = async () => {
      const spec = JSON.stringify(element.chart_spec);
      // A canvas does not wait for a font: what the chart writes is fetched before it is drawn.
      const [{ VChart }] = await Promise.all([
        import('@visactor/vchart'),
        document.fonts.load(`14px ${CHART_FONT}`, spec),
      ]);
      if (isGone) return;
      const isDark = getComputedStyle(dom).getPropertyValue('color-scheme').trim() === 'dark';
      const chart = new VChart(chartSpec(element, isDark) as never, { dom, animation: false, mode: 'desktop-browser' });
      release = () => chart.release();
      await chart.renderAsync();
      dom.dataset.drawn = 'yes';
    };
    draw().catch((error: unknown) => setFailure(error instanceof Error ? error.message : String(error)));
    return () => {
      isGone = true;
      release();
    };
  }, [element]);
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

function titleOf(spec: Record<string, unknown> | undefined): string {
  const title = spec?.title as { text?: unknown } | undefined;
  return typeof title?.text === 'string' ? title.text : '图表';
}
