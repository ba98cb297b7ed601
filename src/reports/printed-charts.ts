import { BarChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, LegendComponent, SVGRenderer]);

const WIDTH = 640;
const FONT = { color: '#222222', fontFamily: 'Arial, sans-serif', fontSize: 12 } as const;
const RULE = '#cccccc';
/** Told apart by their lightness as well: most offices print in grey. */
const TONES = {
  negative: '#9f2d20',
  neutral: '#b9b9b9',
  positive: '#1f7a5c',
  now: '#0b5f57',
  before: '#b9cfcb',
};

/** A row of values under one name. */
export interface ChartSeries {
  readonly name: string;
  readonly tone: keyof typeof TONES;
  readonly values: readonly number[];
}

/** Bars on top of one another, a pile for each label; a whole SVG document with colours of its own, for print. */
export function stackedBars(labels: readonly string[], series: readonly ChartSeries[]): string {
  return drawn(
    {
      ...frame(),
      xAxis: { type: 'category', data: labels, ...axis(), axisTick: { show: false } },
      yAxis: { type: 'value', minInterval: 1, ...axis() },
      series: series.map((one) => ({ ...bars(one), stack: 'all' })),
    },
    260,
  );
}

/** Bars side by side, a group for each label, the first on top; as above. */
export function groupedBars(labels: readonly string[], series: readonly ChartSeries[]): string {
  return drawn(
    {
      ...frame(),
      xAxis: { type: 'value', minInterval: 1, ...axis() },
      yAxis: { type: 'category', data: labels, inverse: true, ...axis(), axisTick: { show: false } },
      series: series.map(bars),
    },
    70 + 34 * labels.length,
  );
}

function bars({ name, tone, values }: ChartSeries): object {
  return { type: 'bar', name, data: values, itemStyle: { color: TONES[tone] }, silent: true };
}

function axis(): object {
  return {
    axisLabel: { ...FONT, hideOverlap: true },
    axisLine: { lineStyle: { color: RULE } },
    splitLine: { lineStyle: { color: RULE } },
  };
}

function frame(): object {
  return {
    animation: false,
    backgroundColor: '#ffffff',
    legend: { bottom: 0, textStyle: FONT, selectedMode: false, itemWidth: 14, itemHeight: 10 },
    grid: {
      left: 6,
      right: 16,
      top: 12,
      bottom: 34,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
  };
}

/** Without styles, which pages and mails allow nowhere: all that is drawn is in attributes. */
function drawn(option: EChartsCoreOption, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption(option);
    return chart
      .renderToSVGString({ useViewBox: true })
      .replace(/<style[\s\S]*?<\/style>/g, '')
      .replace(/<(\w+)([^>]*)>/g, (_, tag: string, attributes: string) => {
        const font = tag === 'text' ? ` font-size="${FONT.fontSize}" font-family="${FONT.fontFamily}"` : '';
        return `<${tag}${font}${attributes.replace(/ (?:style|class|ecmeta_\w+)="[^"]*"/g, '')}>`;
      });
  } finally {
    chart.dispose();
  }
}
