/** The chart of a digest as a VChart specification that Feishu draws on phones too: one of its documented types, no functions. */
import type { Bar } from './read-digest.ts';

/** From good to bad and away; apart in lightness too, for whoever does not see the colours apart. */
const COLORS = ['#2EA121', '#8AB6FF', '#F76964', '#BBBFC4', '#646A73'];

/** Bars side by side, each stacked of what became of everybody. `/feishu-cards/card-json-v2-components/content-components/chart`. */
export function drawChart({ title, bars }: { title: string; bars: Bar[] }): Record<string, unknown> {
  const values = bars.flatMap(({ name, counts }) => counts.map(({ label, count }) => ({ name, state: label, count })));
  return {
    type: 'bar',
    direction: 'horizontal',
    title: { text: title },
    data: [{ id: 'bars', values }],
    xField: 'count',
    yField: 'name',
    seriesField: 'state',
    stack: true,
    color: COLORS,
    // Wide gaps, since a phone's font is not the one the legend is measured with.
    legends: { visible: true, orient: 'bottom', maxRow: 2, item: { spaceCol: 20, label: { style: { fontSize: 12 } } } },
    axes: [
      { orient: 'left', sampling: false, label: { style: { fontSize: 12 } } },
      { orient: 'bottom', tick: { tickCount: 4 }, label: { style: { fontSize: 12 } } },
    ],
  };
}
