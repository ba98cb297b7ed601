import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import type { EChartsCoreOption } from 'echarts/core';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, SVGRenderer]);

/** Drawn twice, for a wide and for a narrow screen, so that lettering keeps its size; CSS shows one. */
const CHART_SIZES = {
  wide: { width: 960, height: 300, fontSize: 13 },
  narrow: { width: 328, height: 240, fontSize: 12 },
} as const;
export type ChartSize = keyof typeof CHART_SIZES;

/** Stand-ins that the renderer is given as colours; each becomes a class, so that CSS decides, also in the dark. */
const TONES = {
  negative: '#010101',
  neutral: '#020202',
  positive: '#030303',
  ink: '#040404',
  rule: '#050505',
  band: '#060606',
  sheet: '#070707',
  down: '#080808',
  holiday: '#090909',
  weekend: '#0a0a0a',
  draft: '#101010',
  consultation: '#111111',
  signed: '#121212',
  'in-effect': '#131313',
  line1: '#0b0b0b',
  line2: '#0c0c0c',
  line3: '#0d0d0d',
  line4: '#0e0e0e',
  line5: '#0f0f0f',
} as const;

const SHADES = ['down', 'holiday', 'weekend', 'draft', 'consultation', 'signed', 'in-effect'] as const;

/** What stands behind a stretch of time. */
interface Shaded {
  readonly shade?: (typeof SHADES)[number];
}

/** Full-height bars behind everything else, on a scale of their own. */
function shades(buckets: readonly Shaded[]): object[] {
  return SHADES.filter((shade) => buckets.some((bucket) => bucket.shade === shade)).map((shade) => ({
    type: 'bar',
    stack: 'shade',
    yAxisIndex: 1,
    barWidth: '100%',
    barGap: '-100%',
    silent: true,
    z: 0,
    data: buckets.map((bucket) => (bucket.shade === shade ? 1 : null)),
    itemStyle: { color: TONES[shade] },
  }));
}

export interface PolarityBar extends Shaded {
  /** What is usual, in articles. */
  readonly usual?: number;
  readonly label: string;
  readonly negative: number;
  readonly neutral: number;
  readonly positive: number;
}

/** Beyond this the gaps between bars are as thin as the line that parts their layers. */
const MANY_BARS = 100;

/** Stacked bars, negative at the foot where its height can be compared from bar to bar. */
export function polarityHistogram(bars: readonly PolarityBar[], size: ChartSize, ariaLabel: string): string {
  const series = (['negative', 'neutral', 'positive'] as const).map((polarity) => ({
    type: 'bar',
    stack: 'polarity',
    // Stated: beside a shade as wide as its bucket nothing would be left for what is reckoned by itself.
    barWidth: '82%',
    barGap: '-100%',
    silent: true,
    // A zero would be drawn as a line on top of the bar below.
    data: bars.map((bar) => (bar[polarity] === 0 ? null : bar[polarity])),
    itemStyle: {
      color: TONES[polarity],
      borderColor: TONES.sheet,
      borderWidth: bars.length > MANY_BARS ? 0 : 1,
    },
  }));
  const behind = shades(bars);
  const usual = bars.some((bar) => bar.usual !== undefined) ? [usualLine(bars)] : [];
  return draw(
    { ...axes(bars, size, { minInterval: 1 }), series: [...behind, ...series, ...usual] },
    size,
    ariaLabel,
  );
}

function usualLine(bars: readonly PolarityBar[]): object {
  return {
    type: 'line',
    symbol: 'none',
    silent: true,
    lineStyle: { color: TONES.ink, width: 1.5, type: [5, 4] },
    data: bars.map(({ usual }) => usual ?? null),
  };
}

/** One line of several, bucket by bucket; `null` is a gap. */
export type ChartLine = readonly (number | null)[];

/** Told apart by their dashes as well, for whoever sees no colours. */
export const LINE_DASHES: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [12, 3, 2, 3], [5, 2]];

/** Lines of up to five series over the same buckets. @param unit  `%` for shares */
export function seriesLines(
  buckets: readonly ({ readonly label: string } & Shaded)[],
  lines: readonly ChartLine[],
  size: ChartSize,
  ariaLabel: string,
  unit: '' | '%' = '',
): string {
  const series = lines.map((data, at) => ({
    type: 'line',
    silent: true,
    symbol: 'none',
    lineStyle: {
      color: TONES[`line${(at % 5) + 1}` as 'line1'],
      width: 2,
      type: (LINE_DASHES[at] ?? []).length === 0 ? 'solid' : LINE_DASHES[at],
    },
    data,
  }));
  const scale = unit === '%' ? { min: 0, max: 100, interval: 25 } : { minInterval: 1 };
  const formatter = unit === '%' ? '{value} %' : undefined;
  return draw(
    { ...axes(buckets, size, scale, formatter), series: [...shades(buckets), ...series] },
    size,
    ariaLabel,
  );
}

export interface ExpectedBar {
  readonly label: string;
  /** One of the two is `null`. */
  readonly counted: number | null;
  readonly expected: number | null;
}

/** Bars of what was counted, and paler ones of what is expected. */
export function expectedHistogram(bars: readonly ExpectedBar[], size: ChartSize, ariaLabel: string): string {
  const series = (
    [
      ['counted', TONES.neutral],
      ['expected', TONES.band],
    ] as const
  ).map(([kind, color]) => ({
    type: 'bar',
    stack: 'days',
    barCategoryGap: '18%',
    silent: true,
    data: bars.map((bar) => (bar[kind] === 0 ? null : bar[kind])),
    itemStyle: { color },
  }));
  return draw({ ...axes(bars, size, { minInterval: 1 }), series }, size, ariaLabel);
}

export interface ShareBucket extends Shaded {
  readonly label: string;
  /** Per cent; `null` where there was no article: a gap, not a zero. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** With more of them dots hide the line. */
const MOST_DOTS = 45;

/** Between two gaps there is no line to be seen. */
function isAlone(buckets: readonly ShareBucket[], at: number): boolean {
  return [at - 1, at + 1].every((beside) => (buckets[beside]?.share ?? null) === null);
}

/** A line of shares in per cent, with the interval as a pale band. */
export function shareLine(buckets: readonly ShareBucket[], size: ChartSize, ariaLabel: string): string {
  const isDense = buckets.length > MOST_DOTS;
  const invisible = { lineStyle: { opacity: 0 }, symbol: 'none', silent: true };
  const series = [
    { type: 'line', stack: 'band', ...invisible, data: buckets.map(({ low }) => low) },
    {
      type: 'line',
      stack: 'band',
      ...invisible,
      areaStyle: { color: TONES.band, opacity: 1 },
      data: buckets.map(({ low, high }) => (low === null || high === null ? null : high - low)),
    },
    {
      type: 'line',
      silent: true,
      symbolSize: 5,
      symbol: 'circle',
      showAllSymbol: true,
      lineStyle: { color: TONES.negative, width: 2 },
      itemStyle: { color: TONES.negative, borderWidth: 0 },
      data: buckets.map(({ share }, at) => ({
        value: share,
        symbol: isDense && !isAlone(buckets, at) ? 'none' : 'circle',
      })),
    },
  ];
  return draw(
    {
      ...axes(buckets, size, { min: 0, max: 100, interval: 25 }, '{value} %'),
      series: [...shades(buckets), ...series],
    },
    size,
    ariaLabel,
  );
}

function axes(
  buckets: readonly { readonly label: string }[],
  size: ChartSize,
  scale: object,
  formatter?: string,
): object {
  const { fontSize } = CHART_SIZES[size];
  const label = { color: TONES.ink, fontSize, fontFamily: 'inherit' };
  return {
    animation: false,
    grid: {
      left: 4,
      right: 20,
      top: 12,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: buckets.map((bucket) => bucket.label),
      axisLine: { lineStyle: { color: TONES.rule } },
      axisTick: { show: false },
      axisLabel: { ...label, hideOverlap: true },
    },
    yAxis: [
      {
        type: 'value',
        ...scale,
        splitNumber: 4,
        splitLine: { lineStyle: { color: TONES.rule, width: 1 } },
        axisLabel: { ...label, ...(formatter === undefined ? {} : { formatter }) },
      },
      { type: 'value', show: false, min: 0, max: 1 },
    ],
  };
}

function draw(option: EChartsCoreOption, size: ChartSize, ariaLabel: string): string {
  const { width, height } = CHART_SIZES[size];
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    return presentable(chart.renderToSVGString({ useViewBox: true }), size, ariaLabel);
  } finally {
    chart.dispose();
  }
}

/**
 * Makes the renderer's SVG fit for a page whose policy allows no inline style: styles go, colours become classes.
 *
 * What the data say stands in text nodes, which the renderer escapes; only attributes are touched here.
 */
function presentable(svg: string, size: ChartSize, ariaLabel: string): string {
  const { fontSize } = CHART_SIZES[size];
  serial += 1;
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<svg [^>]*?(viewBox="[^"]*")[^>]*>/, (_, viewBox: string) => {
      const label = ariaLabel.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
      return `<svg class="chart ${size}" ${viewBox} role="img" aria-label="${label}" xmlns="http://www.w3.org/2000/svg">`;
    })
    .replace(/<(?!svg)(\w+)([^>]*)>/g, (_, tag: string, attributes: string) => {
      const kept = attributes.replace(/ (style|class|ecmeta_\w+)="[^"]*"/g, '');
      const classes = classesOf(kept);
      const text = tag === 'text' ? ` font-size="${fontSize}"` : '';
      return `<${tag}${classes === '' ? '' : ` class="${classes}"`}${text}${kept}>`;
    })
    .replaceAll('zr0-', `chart-${serial}-`);
}

/** Clip paths are found by id, and one page may hold several charts. */
let serial = 0;

function classesOf(attributes: string): string {
  const found: string[] = [];
  for (const [tone, colour] of Object.entries(TONES)) {
    if (attributes.includes(`fill="${colour}"`)) found.push(`fill-${tone}`);
    if (attributes.includes(`stroke="${colour}"`)) found.push(`stroke-${tone}`);
  }
  return found.join(' ');
}
